// Refresh tokens: opaque, stored hashed, one use each, in families. A second use after the grace ends the family.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { TokenReply, User } from '@app/shared/api';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import { appendAudit } from '../audit/audit.ts';
import { toUser, type UserRecord, userColumns } from '../users/user-record.ts';
import { accessSeconds, signAccess } from './access-token.ts';

const graceMs = 10_000;
const webDays = 30;
const deviceDays = 90;

const sha256 = (text: string) => createHash('sha256').update(text).digest();
const form = /^rt1\.([0-9a-f]{32})\.[\w-]{43}$/;
const toToken = (organizationId: string, secret: Buffer) =>
  `rt1.${organizationId.replaceAll('-', '')}.${secret.toString('base64url')}`;

function organizationOf(token: string): string {
  const hex = form.exec(token)?.[1];
  if (!hex) throw ended();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
const ended = () => new ApiFailure('SESSION_ENDED', 'This sign-in has ended. Sign in again.');

/** Begins a family for a fresh authentication and answers its first tokens. */
export async function openFamily(deps: Deps, tx: Tx, user: User, deviceId: string | null): Promise<TokenReply> {
  const familyId = deps.newId();
  const now = deps.nowMs();
  await tx.query(
    'INSERT INTO refresh_families (organization_id, id, user_id, device_id, created_at) VALUES ($1, $2, $3, $4, $5)',
    [tx.organizationId, familyId, user.id, deviceId, new Date(now)],
  );
  const token = toToken(tx.organizationId, randomBytes(32));
  await store(deps, tx, familyId, token, deviceId);
  return toReply(deps, user, familyId, deviceId, token);
}

async function store(deps: Deps, tx: Tx, familyId: string, token: string, deviceId: string | null): Promise<void> {
  const now = deps.nowMs();
  const expires = new Date(now + (deviceId ? deviceDays : webDays) * 86_400_000);
  await tx.query(
    'INSERT INTO refresh_tokens (organization_id, id, family_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [tx.organizationId, deps.newId(), familyId, sha256(token), new Date(now), expires],
  );
}

async function toReply(
  deps: Deps,
  user: User,
  familyId: string,
  deviceId: string | null,
  token: string,
): Promise<TokenReply> {
  const claims = {
    sub: user.id,
    org: user.organization_id,
    role: user.role,
    fam: familyId,
    dev: deviceId ?? undefined,
  };
  const access = await signAccess(deps.keys, claims, deps.nowMs(), deps.newId());
  return { access_token: access, refresh_token: token, expires_in: accessSeconds, user };
}

type Found = UserRecord & {
  token_id: string;
  family_id: string;
  device_id: string | null;
  used_at: Date | null;
  expires_at: Date;
  gone: boolean;
};

/**
 * Trades a refresh token for the next. The successor is derived from the token, so that within 10 s of its use a lost
 * answer or a racing tab is given the same one; later, the use of a spent token ends the family.
 */
export async function refresh(deps: Deps, token: string): Promise<TokenReply> {
  const reply = await deps.database.inOrganization(organizationOf(token), async (tx) => {
    const found = await find(tx, token);
    const now = deps.nowMs();
    if (!found || found.gone || found.expires_at.getTime() <= now) return null;
    if (found.used_at && now - found.used_at.getTime() > graceMs) {
      await endFamily(tx, found.family_id, 'reuse', new Date(now));
      await appendAudit(deps, tx, { actorId: found.id, action: 'refresh_token.reused', targetId: found.family_id });
      return null;
    }
    const successor = toToken(tx.organizationId, createHmac('sha256', deps.keys.refreshSecret).update(token).digest());
    if (!found.used_at) {
      await tx.query('UPDATE refresh_tokens SET used_at = $3 WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        found.token_id,
        new Date(now),
      ]);
      await store(deps, tx, found.family_id, successor, found.device_id);
    }
    return toReply(deps, toUser(found), found.family_id, found.device_id, successor);
  });
  if (!reply) throw ended();
  return reply;
}

// The token's own row is locked: of two that come at once, the second reads what the first wrote.
async function find(tx: Tx, token: string): Promise<Found | undefined> {
  const [found] = await tx.query<Found>(
    `SELECT ${userColumns('u')}, t.id AS token_id, t.family_id, t.used_at, t.expires_at, f.device_id,
       (f.revoked_at IS NOT NULL OR u.deleted_at IS NOT NULL OR d.revoked_at IS NOT NULL) AS gone
     FROM refresh_tokens t
     JOIN refresh_families f ON f.organization_id = t.organization_id AND f.id = t.family_id
     JOIN users u ON u.organization_id = f.organization_id AND u.id = f.user_id
     LEFT JOIN devices d ON d.organization_id = f.organization_id AND d.id = f.device_id
     WHERE t.organization_id = $1 AND t.token_hash = $2 FOR UPDATE OF t`,
    [tx.organizationId, sha256(token)],
  );
  return found;
}

/** Ends one family; its access tokens stop at once, since every request asks for it. */
export async function endFamily(tx: Tx, familyId: string, reason: string, at: Date): Promise<void> {
  await tx.query(
    'UPDATE refresh_families SET revoked_at = $3, revoke_reason = $4 WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL',
    [tx.organizationId, familyId, at, reason],
  );
}

/** Ends the family of this refresh token, if there is one. */
export async function endByToken(deps: Deps, token: string): Promise<void> {
  await deps.database.inOrganization(organizationOf(token), async (tx) => {
    const found = await find(tx, token);
    if (found) await endFamily(tx, found.family_id, 'logout', new Date(deps.nowMs()));
  });
}
