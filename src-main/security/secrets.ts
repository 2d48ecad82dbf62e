// Secrets on disk, encrypted by the system's safe store; the database holds none.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';

const plainMark = 'plain:';

export type SecretFile = { all(): Record<string, string>; set(name: string, value: string | null): void };

/**
 * Opens the file; what cannot be decrypted now (another user, a locked keyring) is left out, and stays in the file.
 * `plainNames` may be kept readable by this user where there is no safe store: what opens only a rehearsal's own server.
 */
export function openSecretFile(path: string, plainNames: readonly string[] = []): SecretFile {
  const stored: Record<string, string> = existsSync(path) ? readJson(path) : {};
  return {
    all() {
      const open: Record<string, string> = {};
      for (const [name, value] of Object.entries(stored)) {
        if (value.startsWith(plainMark)) {
          open[name] = Buffer.from(value.slice(plainMark.length), 'base64').toString('utf8');
          continue;
        }
        try {
          open[name] = safeStorage.decryptString(Buffer.from(value, 'base64'));
        } catch {
          // Asked for again by the part that needs it.
        }
      }
      return open;
    },
    set(name, value) {
      if (value === null) delete stored[name];
      else if (safeStorage.isEncryptionAvailable()) stored[name] = safeStorage.encryptString(value).toString('base64');
      else if (plainNames.includes(name)) stored[name] = plainMark + Buffer.from(value).toString('base64');
      else return; // without a safe store a secret lives until the app ends, and pairing is asked for again
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const next = `${path}.new`;
      writeFileSync(next, JSON.stringify(stored), { mode: 0o600 });
      renameSync(next, path);
    },
  };
}

function readJson(path: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {};
  }
}
