// What becomes of each row of a push. Pure: it is told what stands and answers statuses and the end state.
import {
  type PushResult,
  type RejectCode,
  type SessionSummary,
  type SyncChange,
  sessionSummary,
  sessionSummarySchema,
} from '@app/shared/sync';
import type { Stored } from './session-store.ts';

export type Ledger = {
  lastSeq: number;
  deviceId: string;
  hasConsent: boolean;
  rows: Map<string, Stored>;
  erased: Set<string>;
};
export type Accepted = { change: SyncChange; summary: SessionSummary | null; order: string; result: PushResult };
export type Judgement = { results: PushResult[]; accepted: Accepted[] };

/** How far a device's clock may run ahead before its rows are ordered by the server's. */
const aheadMs = 5 * 60_000;

/** The clock value that orders a row: as sent, or held at now + 5 min when the device's clock runs ahead. */
export function orderOf(hlc: string, nowMs: number): string {
  const latest = nowMs + aheadMs;
  return Number.parseInt(hlc.slice(0, 12), 16) > latest
    ? `${latest.toString(16).padStart(12, '0')}${hlc.slice(12)}`
    : hlc;
}

/** Judges the rows in order; a row up to `lastSeq` has had its effect and has none again. */
export function judge(changes: SyncChange[], ledger: Ledger, nowMs: number): Judgement {
  const rows = new Map(ledger.rows);
  const erased = new Set(ledger.erased);
  const accepted: Accepted[] = [];
  const results = changes.map((change): PushResult => {
    const fault = findFault(change);
    if (fault && 'code' in fault) return { seq: change.seq, status: 'rejected', ...fault };
    const stored = rows.get(change.id);
    if (stored && stored.deviceId !== ledger.deviceId) return { seq: change.seq, status: 'rejected', code: 'ID_TAKEN' };
    if (change.seq <= ledger.lastSeq) {
      const isKnown = stored !== undefined || erased.has(change.id) || change.op === 'delete';
      return isKnown || ledger.hasConsent
        ? { seq: change.seq, status: 'duplicate' }
        : { seq: change.seq, status: 'rejected', code: 'NO_CONSENT' };
    }
    if (change.op === 'delete') {
      const result: PushResult = { seq: change.seq, status: erased.has(change.id) ? 'duplicate' : 'applied' };
      if (result.status === 'applied') accepted.push({ change, summary: null, order: change.hlc, result });
      rows.delete(change.id);
      erased.add(change.id);
      return result;
    }
    if (!ledger.hasConsent) return { seq: change.seq, status: 'rejected', code: 'NO_CONSENT' };
    if (erased.has(change.id)) return { seq: change.seq, status: 'stale' };
    const order = orderOf(change.hlc, nowMs);
    if (stored?.hlc === change.hlc) return { seq: change.seq, status: 'duplicate' };
    if (stored && stored.order >= order) return { seq: change.seq, status: 'stale' };
    const result: PushResult = { seq: change.seq, status: 'applied' };
    accepted.push({ change, summary: fault!.summary, order, result });
    rows.set(change.id, { deviceId: ledger.deviceId, hlc: change.hlc, order });
    return result;
  });
  return { results, accepted };
}

type Fault = { code: RejectCode; field?: string };

function findFault(change: SyncChange): Fault | { summary: SessionSummary } | null {
  if (change.kind !== 'session_summary') return { code: 'UNKNOWN_KIND', field: 'kind' };
  if (change.op === 'delete') return change.data === undefined ? null : { code: 'UNKNOWN_FIELD', field: 'data' };
  if (change.schema !== sessionSummarySchema) return { code: 'UNKNOWN_SCHEMA', field: 'schema' };
  const parsed = sessionSummary.safeParse(change.data);
  if (!parsed.success) {
    const issue = parsed.error.issues.find((one) => one.code === 'unrecognized_keys') ?? parsed.error.issues[0]!;
    const isUnknown = issue.code === 'unrecognized_keys';
    // The names of unknown fields are the device's own words: only the place is told.
    return { code: isUnknown ? 'UNKNOWN_FIELD' : 'BAD_DATA', field: ['data', ...issue.path].join('.') };
  }
  return parsed.data.session_id === change.id ? { summary: parsed.data } : { code: 'ID_MISMATCH', field: 'id' };
}
