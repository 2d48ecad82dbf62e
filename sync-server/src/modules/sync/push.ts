// POST /v2/sync/push: one transaction for a batch, so that its rows, its sequence and its trace stand or fall together.
import { type PushReply, type PushRequest, type PushResult, pushLimits } from '@app/shared/sync';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { Caller, MemberHandlers } from '../../http/handlers.ts';
import { hasConsent } from '../consents/consents.ts';
import { type Accepted, judge } from './judge.ts';
import { eraseSessions, findSessions, logChanges, writeSessions } from './session-store.ts';
import { readSyncState, serverHlc } from './sync-state.ts';

/** The device's side of sync. */
export function syncHandlers(deps: Deps): Pick<MemberHandlers, 'sync.push' | 'sync.state'> {
  return {
    'sync.state': async ({ caller, tx }) => readSyncState(tx, caller.deviceId!, await deps.epoch(), deps.nowMs()),
    async 'sync.push'({ body, caller, tx }) {
      const nowMs = deps.nowMs();
      const applied = await push(tx, caller, body, await deps.epoch(), nowMs);
      countRows(deps, applied);
      const sentMs = body.sent_at ? Date.parse(body.sent_at) : null;
      return {
        acked_through: applied.lastSeq,
        results: applied.results,
        server_hlc: serverHlc(nowMs),
        clock_offset_ms: sentMs === null ? null : Math.round(nowMs - sentMs),
        next_batch_hint: pushLimits.maxChanges,
      } satisfies PushReply;
    },
  };
}

type Applied = { lastSeq: number; results: PushResult[]; accepted: Accepted[] };

async function push(tx: Tx, caller: Caller, batch: PushRequest, epoch: string, nowMs: number): Promise<Applied> {
  const deviceId = caller.deviceId!;
  if (batch.device_id !== deviceId) throw new ApiFailure('FORBIDDEN', 'This token belongs to another device.');
  const now = new Date(nowMs);
  await holdConsent(tx, caller.userId);
  const lastSeq = await lockDevice(tx, deviceId, now);
  const place = { epoch, expected_seq: lastSeq + 1 };
  if (batch.epoch !== epoch)
    throw new ApiFailure('EPOCH_CHANGED', 'The server was restored: push everything again from expected_seq.', place);
  if (batch.first_seq > lastSeq + 1)
    throw new ApiFailure('SEQ_GAP', 'Rows are missing before this batch: push from expected_seq.', place);
  const known = await findBatch(tx, deviceId, batch);
  if (known) return { lastSeq, results: known, accepted: [] };

  const found = await findSessions(tx, [...new Set(batch.changes.map((change) => change.id))]);
  const ledger = { lastSeq, deviceId, hasConsent: await hasConsent(tx, caller.userId, 'session_summary'), ...found };
  const { results, accepted } = judge(batch.changes, ledger, nowMs);
  await applyRows(tx, { userId: caller.userId, deviceId }, accepted, now);
  const reached = Math.max(lastSeq, batch.first_seq + batch.changes.length - 1);
  await tx.query('UPDATE sync_devices SET last_seq = $3 WHERE organization_id = $1 AND id = $2', [
    tx.organizationId,
    deviceId,
    reached,
  ]);
  await rememberBatch(tx, deviceId, batch, results, now);
  return { lastSeq: reached, results, accepted };
}

// A withdrawal waits for this push and then deletes what it brought, or this push waits and then sees the withdrawal.
async function holdConsent(tx: Tx, userId: string): Promise<void> {
  await tx.query('SELECT 1 FROM users WHERE organization_id = $1 AND id = $2 FOR SHARE', [tx.organizationId, userId]);
}

async function lockDevice(tx: Tx, deviceId: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ last_seq: number }>(
    'SELECT last_seq FROM sync_devices WHERE organization_id = $1 AND id = $2 FOR UPDATE',
    [tx.organizationId, deviceId],
  );
  await tx.query('UPDATE devices SET last_seen = $3 WHERE organization_id = $1 AND id = $2', [
    tx.organizationId,
    deviceId,
    now,
  ]);
  return row!.last_seq;
}

async function findBatch(tx: Tx, deviceId: string, batch: PushRequest): Promise<PushResult[] | null> {
  const [row] = await tx.query<{ rejected: PushResult[] }>(
    'SELECT rejected FROM applied_batches WHERE organization_id = $1 AND id = $2 AND device_id = $3 AND first_seq = $4 AND last_seq = $5',
    [tx.organizationId, batch.batch_id, deviceId, batch.first_seq, batch.first_seq + batch.changes.length - 1],
  );
  if (!row) return null;
  const rejected = new Map(row.rejected.map((result) => [result.seq, result]));
  return batch.changes.map((change) => rejected.get(change.seq) ?? { seq: change.seq, status: 'duplicate' });
}

async function rememberBatch(
  tx: Tx,
  deviceId: string,
  batch: PushRequest,
  results: PushResult[],
  now: Date,
): Promise<void> {
  const rejected = JSON.stringify(results.filter((result) => result.status === 'rejected'));
  await tx.query(
    `INSERT INTO applied_batches (organization_id, id, device_id, first_seq, last_seq, rejected, applied_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      tx.organizationId,
      batch.batch_id,
      deviceId,
      batch.first_seq,
      batch.first_seq + batch.changes.length - 1,
      rejected,
      now,
    ],
  );
}

// Each id is written once, as it stands at the end of the batch; the change log holds every step.
async function applyRows(
  tx: Tx,
  by: { userId: string; deviceId: string },
  accepted: Accepted[],
  now: Date,
): Promise<void> {
  const revisions = await logChanges(
    tx,
    accepted.map(({ change }) => ({ id: change.id, op: change.op })),
  );
  const ends = new Map<string, Accepted & { rev: number }>();
  accepted.forEach((one, index) => {
    one.result.rev = revisions[index]!;
    ends.set(one.change.id, { ...one, rev: revisions[index]! });
  });
  const writes = [...ends.values()].flatMap(({ summary, change, order, rev }) =>
    summary ? [{ summary, hlc: change.hlc, order, rev }] : [],
  );
  await writeSessions(tx, by, writes, now);
  const ids = [...ends.values()].filter((end) => end.summary === null).map((end) => end.change.id);
  if (ids.length > 0) await eraseSessions(tx, { userId: by.userId, ids });
}

function countRows(deps: Deps, applied: Applied): void {
  for (const { status } of applied.results) deps.metrics.pushedRows.inc({ status });
  for (const { summary } of applied.accepted) {
    if (!summary) continue;
    const { comment, gift, follow, share, like } = summary.danmaku;
    deps.metrics.danmaku.inc({ platform: summary.platform }, comment + gift + follow + share + like);
    for (const card of summary.suggestions) deps.metrics.suggestions.inc({ type: card.type }, card.shown);
  }
}
