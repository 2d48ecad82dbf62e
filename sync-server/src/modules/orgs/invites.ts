// Invites: one code, one use, 24 hours.
import type { Invite, UserRole } from '@app/shared/api';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { MemberHandlers, OpenHandlers } from '../../http/handlers.ts';
import { pageById } from '../../http/paging.ts';
import { appendAudit } from '../audit/audit.ts';
import { hashPassword } from '../auth/passwords.ts';
import { makeUser } from '../users/make-user.ts';
import { hashCode, makeCode, readCode } from './invite-codes.ts';
import { type OrganizationRecord, toOrganization } from './setup.ts';

const lifeMs = 24 * 3_600_000;

export type InviteRecord = {
  id: string;
  role: UserRole;
  username: string;
  user_id: string | null;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
};
const columns = 'id, role, username, user_id, created_at, expires_at, used_at';
const toInvite = (row: InviteRecord): Invite => ({
  id: row.id,
  role: row.role,
  username: row.username,
  user_id: row.user_id,
  created_at: row.created_at.toISOString(),
  expires_at: row.expires_at.toISOString(),
  used_at: row.used_at?.toISOString() ?? null,
});
const notValid = () => new ApiFailure('CODE_NOT_VALID', 'This code has been used, has run out or never was.');

/** Spends a code for someone of these roles, or fails with CODE_NOT_VALID without telling which it was. */
export async function redeem<T>(
  deps: Deps,
  typed: string,
  roles: readonly UserRole[],
  work: (tx: Tx, invite: InviteRecord) => Promise<T>,
): Promise<T> {
  const code = readCode(typed);
  if (code === null) throw notValid();
  const codeHash = hashCode(deps.keys.codeSecret, code);
  const [place] = await deps.database.query<{ id: string | null }>('SELECT organization_of_invite($1) AS id', [
    codeHash,
  ]);
  if (!place?.id) throw notValid();
  return deps.database.inOrganization(place.id, async (tx) => {
    const [invite] = await tx.query<InviteRecord>(
      `UPDATE invites SET used_at = $3 WHERE organization_id = $1 AND code_hash = $2 AND used_at IS NULL AND expires_at > $3
         AND role = ANY($4::user_role_enum[]) RETURNING ${columns}`,
      [tx.organizationId, codeHash, new Date(deps.nowMs()), roles],
    );
    if (!invite) throw notValid();
    return work(tx, invite);
  });
}

/** An invited admin or assistant becomes a person with a password. */
export function acceptInvite(deps: Deps): OpenHandlers['auth.acceptInvite'] {
  return async ({ body }) => {
    const passwordHash = await hashPassword(body.password);
    return redeem(deps, body.code, ['agency_admin', 'assistant'], async (tx, invite) => {
      const user = await makeUser(deps, tx, { username: invite.username, role: invite.role, passwordHash });
      await appendAudit(deps, tx, { actorId: user.id, action: 'invite.accepted', targetId: invite.id });
      const [row] = await tx.query<OrganizationRecord>('SELECT * FROM organizations WHERE id = $1', [
        tx.organizationId,
      ]);
      return { user, organization: toOrganization(row!) };
    });
  };
}

/** Making, listing and taking back invites. */
export function inviteHandlers(deps: Deps): Pick<MemberHandlers, 'invites.make' | 'invites.list' | 'invites.remove'> {
  return {
    async 'invites.make'({ body, caller, tx }) {
      const who = 'user_id' in body ? await oneMoreDevice(tx, body.user_id) : { ...body, user_id: null };
      if (who.user_id === null) await refuseTakenName(tx, who.username);
      const code = makeCode();
      const now = deps.nowMs();
      const [row] = await tx.query<InviteRecord>(
        `INSERT INTO invites (organization_id, id, code_hash, role, username, user_id, created_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${columns}`,
        [
          tx.organizationId,
          deps.newId(),
          hashCode(deps.keys.codeSecret, code),
          who.role,
          who.username,
          who.user_id,
          caller.userId,
          new Date(now),
          new Date(now + lifeMs),
        ],
      );
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'invite.made', targetId: row!.id });
      return { ...toInvite(row!), code };
    },
    async 'invites.list'({ query, tx }) {
      const since = new Date(deps.nowMs() - 30 * 86_400_000);
      return pageById(query, toInvite, (before, limit) =>
        tx.query<InviteRecord>(
          `SELECT ${columns} FROM invites WHERE organization_id = $1 AND created_at > $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
          [tx.organizationId, since, before, limit],
        ),
      );
    },
    async 'invites.remove'({ params, caller, tx }) {
      const rows = await tx.query(
        'DELETE FROM invites WHERE organization_id = $1 AND id = $2 AND used_at IS NULL RETURNING 1',
        [tx.organizationId, params.id],
      );
      if (rows.length === 0) throw new ApiFailure('NOT_FOUND', 'There is no such open invite.');
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'invite.removed', targetId: params.id });
    },
  };
}

async function oneMoreDevice(tx: Tx, userId: string) {
  const [row] = await tx.query<{ username: string }>(
    "SELECT username FROM users WHERE organization_id = $1 AND id = $2 AND role = 'streamer' AND deleted_at IS NULL",
    [tx.organizationId, userId],
  );
  if (!row) throw new ApiFailure('NOT_FOUND', 'There is no such streamer.');
  return { role: 'streamer' as const, username: row.username, user_id: userId };
}

async function refuseTakenName(tx: Tx, username: string): Promise<void> {
  const rows = await tx.query(
    'SELECT 1 FROM users WHERE organization_id = $1 AND lower(username) = lower($2) AND deleted_at IS NULL',
    [tx.organizationId, username],
  );
  if (rows.length > 0) throw new ApiFailure('USERNAME_TAKEN', 'This name is in use in the organization.');
}
