import type { SyncState } from '@app/shared/sync';
import type { Tx } from '../../db/database.ts';

/** The server's hybrid clock: its time, counter 0, node 0. */
export const serverHlc = (nowMs: number): string => `${Math.floor(nowMs).toString(16).padStart(12, '0')}-0000-00000000`;

/** Where this server stands with a device. */
export async function readSyncState(tx: Tx, deviceId: string, epoch: string, nowMs: number): Promise<SyncState> {
  const [row] = await tx.query<{ last_seq: number }>(
    'SELECT last_seq FROM sync_devices WHERE organization_id = $1 AND id = $2',
    [tx.organizationId, deviceId],
  );
  return { epoch, expected_seq: (row?.last_seq ?? 0) + 1, server_hlc: serverHlc(nowMs) };
}
