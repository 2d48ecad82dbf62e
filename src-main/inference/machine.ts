// What this machine says of itself: how busy its processors are and what memory programs can still have.
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';

/** Share of all processors busy since the last call, 0 to 1; null at the first. */
export function makeCpuMeter(): () => number | null {
  let before: { busy: number; total: number } | null = null;
  return () => {
    let busy = 0;
    let total = 0;
    for (const { times } of cpus()) {
      const work = times.user + times.nice + times.sys + times.irq;
      busy += work;
      total += work + times.idle;
    }
    const last = before;
    before = { busy, total };
    return last && total > last.total ? (busy - last.busy) / (total - last.total) : null;
  };
}

/** Bytes that programs can still have without swapping; null where the system has no such figure (only Linux tells it to Node). */
export async function availableBytes(): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kib = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kib ? Number(kib) * 1024 : null;
}
