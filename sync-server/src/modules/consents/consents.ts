// The consent ledger. Entries are added, never changed; the newest of a kind counts.
import type { Consent, ConsentKind, Region } from '@app/shared/api';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { MemberHandlers } from '../../http/handlers.ts';
import { pageById } from '../../http/paging.ts';
import { appendAudit } from '../audit/audit.ts';
import { eraseSessions } from '../sync/session-store.ts';

type Entry = { kind: ConsentKind; granted: boolean; notice_version: number; region: Region };
export type ConsentRecord = Entry & { id: string; version: number; at: Date };
const columns = 'id, kind, granted, notice_version, version, region, at';
/** The entry as the API tells of it. */
export const toConsent = (row: ConsentRecord): Consent => ({ ...row, at: row.at.toISOString() });

/** Adds an entry to the ledger of one streamer. */
export async function appendConsent(
  deps: Deps,
  tx: Tx,
  by: { userId: string; deviceId: string },
  entry: Entry,
): Promise<Consent> {
  // Two devices of one streamer that decide at once are put in order.
  await tx.query('SELECT 1 FROM users WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE', [
    tx.organizationId,
    by.userId,
  ]);
  const [row] = await tx.query<ConsentRecord>(
    `INSERT INTO consents (organization_id, id, user_id, device_id, kind, granted, notice_version, version, region, at)
     SELECT $1, $2, $3, $4, $5::consent_kind_enum, $6, $7,
       coalesce((SELECT max(version) FROM consents WHERE organization_id = $1 AND user_id = $3 AND kind = $5::consent_kind_enum), 0) + 1, $8, $9
     RETURNING ${columns}`,
    [
      tx.organizationId,
      deps.newId(),
      by.userId,
      by.deviceId,
      entry.kind,
      entry.granted,
      entry.notice_version,
      entry.region,
      new Date(deps.nowMs()),
    ],
  );
  return toConsent(row!);
}

/** Whether the newest entry of this kind is a grant. */
export async function hasConsent(tx: Tx, userId: string, kind: ConsentKind): Promise<boolean> {
  const [row] = await tx.query<{ granted: boolean }>(
    'SELECT granted FROM consents WHERE organization_id = $1 AND user_id = $2 AND kind = $3 ORDER BY version DESC LIMIT 1',
    [tx.organizationId, userId, kind],
  );
  return row?.granted === true;
}

/** The newest entry of each kind of one streamer. */
export async function currentConsents(tx: Tx, userId: string): Promise<Consent[]> {
  const rows = await tx.query<ConsentRecord>(
    `SELECT DISTINCT ON (kind) ${columns} FROM consents WHERE organization_id = $1 AND user_id = $2 ORDER BY kind, version DESC`,
    [tx.organizationId, userId],
  );
  return rows.map(toConsent);
}

/** Reading and adding to one's own ledger; withdrawal deletes what was synced on the strength of the grant. */
export function consentHandlers(deps: Deps): Pick<MemberHandlers, 'consents.list' | 'consents.set'> {
  return {
    'consents.list': async ({ query, caller, tx }) =>
      pageById(query, toConsent, (before, limit) =>
        tx.query<ConsentRecord>(
          `SELECT ${columns} FROM consents WHERE organization_id = $1 AND user_id = $2 AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
          [tx.organizationId, caller.userId, before, limit],
        ),
      ),
    async 'consents.set'({ body, caller, tx }) {
      if (body.granted && body.kind === 'wellbeing_summary' && body.region === 'eu') {
        throw new ApiFailure('CONSENT_NOT_OFFERED', 'Wellbeing summaries are not synced from the EU.');
      }
      const consent = await appendConsent(deps, tx, { userId: caller.userId, deviceId: caller.deviceId! }, body);
      const erased =
        body.granted || body.kind !== 'session_summary' ? 0 : await eraseSessions(tx, { userId: caller.userId });
      await appendAudit(deps, tx, {
        actorId: caller.userId,
        action: body.granted ? 'consent.granted' : 'consent.withdrawn',
        targetId: consent.id,
      });
      return { ...consent, deleted_rows: erased };
    },
  };
}
