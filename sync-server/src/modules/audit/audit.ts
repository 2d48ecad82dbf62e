// The audit log of an organization: append-only by grant, each row chained to the one before by hash.
import { createHash } from 'node:crypto';
import type { Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';

export type AuditAct = { actorId: string | null; action: string; targetId: string | null };
type Link = {
  seq: number;
  id: string;
  at: Date;
  actor_id: string | null;
  action: string;
  target_id: string | null;
  prev_hash: Buffer;
  hash: Buffer;
};

const start = Buffer.alloc(32);

function hashOf(link: Omit<Link, 'hash'>): Buffer {
  const text = JSON.stringify([link.seq, link.id, link.at.toISOString(), link.actor_id, link.action, link.target_id]);
  return createHash('sha256').update(link.prev_hash).update(text).digest();
}

/** Appends one row in the transaction of the act itself. */
export async function appendAudit(deps: Pick<Deps, 'nowMs' | 'newId'>, tx: Tx, act: AuditAct): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('audit ' || $1, 0))", [tx.organizationId]);
  const [last] = await tx.query<Link>(
    'SELECT seq, hash FROM audit_log WHERE organization_id = $1 ORDER BY seq DESC LIMIT 1',
    [tx.organizationId],
  );
  const link = {
    seq: (last?.seq ?? 0) + 1,
    id: deps.newId(),
    at: new Date(deps.nowMs()),
    actor_id: act.actorId,
    action: act.action,
    target_id: act.targetId,
    prev_hash: last?.hash ?? start,
  };
  await tx.query(
    `INSERT INTO audit_log (organization_id, id, seq, at, actor_id, action, target_id, prev_hash, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.organizationId,
      link.id,
      link.seq,
      link.at,
      link.actor_id,
      link.action,
      link.target_id,
      link.prev_hash,
      hashOf(link),
    ],
  );
}

/** The first `seq` whose row was changed or whose predecessor is missing, or null when the chain is whole. */
export async function findBrokenAudit(tx: Tx): Promise<number | null> {
  const links = await tx.query<Link>('SELECT * FROM audit_log WHERE organization_id = $1 ORDER BY seq', [
    tx.organizationId,
  ]);
  let previous: Pick<Link, 'seq' | 'hash'> = { seq: 0, hash: start };
  for (const link of links) {
    const fits =
      link.seq === previous.seq + 1 && link.prev_hash.equals(previous.hash) && link.hash.equals(hashOf(link));
    if (!fits) return link.seq;
    previous = link;
  }
  return null;
}
