import type { Clock } from '../../src-main/engine/danmaku/clock.ts';

/** A clock that stands still until it is moved; timers run in order of their time. */
export type FakeClock = Clock & { advance(ms: number): void; waiting(): number };

export function createFakeClock(start = 1_790_000_000_000): FakeClock {
  let now = start;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > end) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = end;
    },
    waiting: () => timers.size,
  };
}

/** Waits for sockets to do their part; fails with the name of what did not happen. */
export async function until(what: string, condition: () => boolean, timeoutMs = 5_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`This did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
