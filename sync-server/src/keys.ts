// The one secret of the server: an Ed25519 key that signs access tokens. Other secrets are derived from it.
import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { StartFailure } from './config.ts';

export type Keys = {
  signing: KeyObject;
  verifying: KeyObject;
  keyId: string;
  /** Secret for successor refresh tokens and for hashes of short codes. */
  refreshSecret: Buffer;
  codeSecret: Buffer;
  csrfSecret: Buffer;
};

/** Takes the key given as PEM, else the one in the data folder, which is made when it is not there (mode 0600). */
export async function openKeys(pem: string | null, dataDir: string): Promise<Keys> {
  const signing = readKey(pem ?? (await readOrMake(join(dataDir, 'keys', 'signing-key.pem'))));
  if (signing.asymmetricKeyType !== 'ed25519')
    throw new StartFailure('AUTH_SIGNING_KEY must be an Ed25519 private key.');
  const verifying = createPublicKey(signing);
  const seed = signing.export({ format: 'der', type: 'pkcs8' });
  const derive = (label: string) => Buffer.from(hkdfSync('sha256', seed, 'timao-sync', label, 32));
  return {
    signing,
    verifying,
    keyId: (await calculateJwkThumbprint(await exportJWK(verifying))).slice(0, 16),
    refreshSecret: derive('refresh'),
    codeSecret: derive('code'),
    csrfSecret: derive('csrf'),
  };
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new StartFailure('The signing key cannot be read: AUTH_SIGNING_KEY must be PKCS8 PEM.');
  }
}

async function readOrMake(path: string): Promise<string> {
  const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found !== null) return found;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  // wx: of two servers that start at once, one makes the key and the other reads it.
  await writeFile(path, pem, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(path, 'utf8');
}
