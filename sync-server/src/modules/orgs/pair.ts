// A streamer's app redeems a code: the streamer (new, or known from before), the device, the consent given by pairing.
import type { PairReply, User } from '@app/shared/api';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { OpenHandlers } from '../../http/handlers.ts';
import { appendAudit } from '../audit/audit.ts';
import { openFamily } from '../auth/refresh.ts';
import { appendConsent } from '../consents/consents.ts';
import { readSyncState } from '../sync/sync-state.ts';
import { makeUser } from '../users/make-user.ts';
import { toUser, type UserRecord, userColumns } from '../users/user-record.ts';
import { type InviteRecord, redeem } from './invites.ts';
import { type OrganizationRecord, toOrganization } from './setup.ts';

/** POST /v2/pair: everything or nothing; the code is spent only when it worked. */
export function pair(deps: Deps): OpenHandlers['devices.pair'] {
  return async ({ body }) => {
    const epoch = await deps.epoch();
    return redeem(deps, body.code, ['streamer'], async (tx, invite): Promise<PairReply> => {
      const user = await streamerOf(deps, tx, invite);
      const deviceId = deps.newId();
      const now = new Date(deps.nowMs());
      await tx.query(
        'INSERT INTO devices (organization_id, id, user_id, name, os, app_version, created_at, last_seen) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)',
        [tx.organizationId, deviceId, user.id, body.device_name, body.os, body.app_version, now],
      );
      await tx.query('INSERT INTO sync_devices (organization_id, id) VALUES ($1, $2)', [tx.organizationId, deviceId]);
      const by = { userId: user.id, deviceId };
      await appendConsent(deps, tx, by, {
        kind: 'session_summary',
        granted: true,
        notice_version: body.notice_version,
        region: body.region,
      });
      await appendAudit(deps, tx, { actorId: user.id, action: 'device.paired', targetId: deviceId });
      const [row] = await tx.query<OrganizationRecord>('SELECT * FROM organizations WHERE id = $1', [
        tx.organizationId,
      ]);
      const sync = await readSyncState(tx, deviceId, epoch, deps.nowMs());
      return {
        ...(await openFamily(deps, tx, user, deviceId)),
        device_id: deviceId,
        organization: toOrganization(row!),
        sync,
      };
    });
  };
}

async function streamerOf(deps: Deps, tx: Tx, invite: InviteRecord): Promise<User> {
  if (invite.user_id === null)
    return makeUser(deps, tx, { username: invite.username, role: 'streamer', passwordHash: null });
  const [row] = await tx.query<UserRecord>(
    `SELECT ${userColumns('u')} FROM users u WHERE u.organization_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
    [tx.organizationId, invite.user_id],
  );
  if (!row) throw new ApiFailure('CODE_NOT_VALID', 'The streamer of this code has left the organization.');
  return toUser(row);
}
