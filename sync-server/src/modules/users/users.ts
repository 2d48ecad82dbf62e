import type { Device, UserRow } from '@app/shared/api';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { MemberHandlers } from '../../http/handlers.ts';
import { pageById } from '../../http/paging.ts';
import { appendAudit } from '../audit/audit.ts';
import { currentConsents } from '../consents/consents.ts';
import { insertOrganization, makeSetupLink, type OrganizationRecord, toOrganization } from '../orgs/setup.ts';
import { logAccess } from '../sessions/sessions.ts';
import { lastErased } from '../sync/session-store.ts';
import { toUser, type UserRecord, userColumns } from './user-record.ts';

type DeviceRecord = Omit<Device, 'created_at' | 'last_seen' | 'revoked_at'> & {
  created_at: Date;
  last_seen: Date | null;
  revoked_at: Date | null;
};
const deviceColumns = 'id, name, os, app_version, created_at, last_seen, revoked_at';
const toDevice = (row: DeviceRecord): Device => ({
  ...row,
  created_at: row.created_at.toISOString(),
  last_seen: row.last_seen?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
});

type ListRecord = UserRecord & { devices: number; last_seen: Date | null; last_session_at: Date | null };
const toUserRow = (row: ListRecord): UserRow => ({
  ...toUser(row),
  devices: row.devices,
  last_seen: row.last_seen?.toISOString() ?? null,
  last_session_at: row.last_session_at?.toISOString() ?? null,
});

type Names = 'me.get' | 'orgs.make' | 'orgs.get' | 'users.list' | 'users.get' | 'users.remove' | 'devices.revoke';

/** People, their devices and their organization. */
export function userHandlers(deps: Deps): Pick<MemberHandlers, Names> {
  return {
    async 'me.get'({ caller, tx }) {
      const user = await findUser(tx, caller.userId);
      const [device] = await tx.query<DeviceRecord>(
        `SELECT ${deviceColumns} FROM devices WHERE organization_id = $1 AND id = $2`,
        [tx.organizationId, caller.deviceId],
      );
      return { user: toUser(user), organization: await findOrganization(tx), device: device ? toDevice(device) : null };
    },
    async 'orgs.get'({ params, tx }) {
      if (params.id !== tx.organizationId) throw new ApiFailure('NOT_FOUND', 'There is no such organization.');
      return findOrganization(tx);
    },
    async 'orgs.make'({ body, caller, tx }) {
      const id = deps.newId();
      // One transaction for both organizations: the new one, then back to the caller's own for the audit.
      const enter = (organizationId: string) => tx.query("SELECT set_config('app.org', $1, true)", [organizationId]);
      await enter(id);
      const organization = await insertOrganization({ ...tx, organizationId: id }, body.slug, body.name);
      const { link, expiresAt } = await makeSetupLink(deps, tx.query, id);
      await enter(tx.organizationId);
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'organization.made', targetId: id });
      return { organization, setup_link: link, expires_at: expiresAt.toISOString() };
    },
    'users.list': async ({ query, tx }) =>
      pageById(query, toUserRow, (before, limit) =>
        tx.query<ListRecord>(
          `SELECT ${userColumns('u')},
             (SELECT count(*) FROM devices d WHERE d.organization_id = u.organization_id AND d.user_id = u.id AND d.revoked_at IS NULL) AS devices,
             (SELECT max(d.last_seen) FROM devices d WHERE d.organization_id = u.organization_id AND d.user_id = u.id) AS last_seen,
             (SELECT max(s.started_at) FROM live_sessions s WHERE s.organization_id = u.organization_id AND s.user_id = u.id) AS last_session_at
           FROM users u WHERE u.organization_id = $1 AND u.deleted_at IS NULL AND ($2::user_role_enum IS NULL OR u.role = $2)
             AND ($3::uuid IS NULL OR u.id < $3) ORDER BY u.id DESC LIMIT $4`,
          [tx.organizationId, query.role ?? null, before, limit],
        ),
      ),
    async 'users.get'({ params, caller, tx }) {
      const user = await findUser(tx, params.id);
      if (user.role === 'streamer')
        await logAccess(deps, tx, caller, { subjectId: user.id, what: 'streamer', sessionId: null });
      const devices = await tx.query<DeviceRecord>(
        `SELECT ${deviceColumns} FROM devices WHERE organization_id = $1 AND user_id = $2 ORDER BY created_at DESC LIMIT 50`,
        [tx.organizationId, user.id],
      );
      const consents = await currentConsents(tx, user.id);
      const erasedAt = await lastErased(tx, user.id);
      return {
        ...toUser(user),
        devices: devices.map(toDevice),
        consents,
        erased_at: erasedAt?.toISOString() ?? null,
      };
    },
    async 'users.remove'({ params, caller, tx }) {
      const user = await findUser(tx, params.id);
      if (user.role === 'super_admin' && caller.role !== 'super_admin')
        throw new ApiFailure('FORBIDDEN', 'Only a super_admin may remove another.');
      await refuseLastAdmin(tx, user);
      const now = new Date(deps.nowMs());
      await tx.query('UPDATE users SET deleted_at = $3 WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        user.id,
        now,
      ]);
      await tx.query(
        'UPDATE devices SET revoked_at = $3 WHERE organization_id = $1 AND user_id = $2 AND revoked_at IS NULL',
        [tx.organizationId, user.id, now],
      );
      // A code in their pocket would let them in again under another name.
      await tx.query('DELETE FROM invites WHERE organization_id = $1 AND created_by = $2 AND used_at IS NULL', [
        tx.organizationId,
        user.id,
      ]);
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'user.removed', targetId: user.id });
    },
    async 'devices.revoke'({ params, caller, tx }) {
      const isAdmin = caller.role === 'super_admin' || caller.role === 'agency_admin';
      const rows = await tx.query(
        'UPDATE devices SET revoked_at = $3 WHERE organization_id = $1 AND id = $2 AND revoked_at IS NULL AND ($4 OR user_id = $5) RETURNING 1',
        [tx.organizationId, params.id, new Date(deps.nowMs()), isAdmin, caller.userId],
      );
      if (rows.length === 0) throw new ApiFailure('NOT_FOUND', 'There is no such device.');
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'device.revoked', targetId: params.id });
    },
  };
}

async function findUser(tx: Tx, id: string): Promise<UserRecord> {
  const [row] = await tx.query<UserRecord>(
    `SELECT ${userColumns('u')} FROM users u WHERE u.organization_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
    [tx.organizationId, id],
  );
  if (!row) throw new ApiFailure('NOT_FOUND', 'There is no such person.');
  return row;
}

async function findOrganization(tx: Tx) {
  const [row] = await tx.query<OrganizationRecord>('SELECT * FROM organizations WHERE id = $1', [tx.organizationId]);
  return toOrganization(row!);
}

// Two admins who remove each other at once: the lock lets the second see that it would be the last.
async function refuseLastAdmin(tx: Tx, user: UserRecord): Promise<void> {
  if (user.role !== 'super_admin' && user.role !== 'agency_admin') return;
  const admins = await tx.query<{ id: string }>(
    "SELECT id FROM users WHERE organization_id = $1 AND role IN ('super_admin', 'agency_admin') AND deleted_at IS NULL ORDER BY id FOR UPDATE",
    [tx.organizationId],
  );
  if (admins.length <= 1) throw new ApiFailure('LAST_ADMIN', 'An organization keeps at least one admin.');
}
