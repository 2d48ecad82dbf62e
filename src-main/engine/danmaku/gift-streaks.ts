// Gift streaks as a state machine: open, update, closed by the end flag or by time. Pure: time is given to it.

/**
 * One gift message of a streak. `delta`: the message adds `count` (Bilibili). `total`: `count` is what the streak has
 * reached (Douyin, Kuaishou), so only what it adds to the last one counts.
 */
export type GiftStep = {
  key: string;
  at: number;
  mode: 'delta' | 'total';
  count: number;
  /** Value of one gift in cents; null where it is not known. */
  unitCents: number | null;
  end: boolean;
};

export type GiftStreak = {
  key: string;
  count: number;
  /** Null as soon as a part of it has no known value. */
  cents: number | null;
  openedAt: number;
  updatedAt: number;
  closed: boolean;
};

export type StepResult = {
  /** What this message adds; the sum over all messages is what was given. */
  added: number;
  addedCents: number | null;
  streak: GiftStreak;
  change: 'opened' | 'updated' | 'closed' | 'late';
};

export type GiftStreaks = {
  step(step: GiftStep): StepResult;
  /** Closes what has been still for too long, and gives it; forgets what was closed long ago. */
  expire(now: number): GiftStreak[];
  size(): number;
};

const mostStreaks = 20_000;

/** Streaks close after `timeoutMs` without a message (10 s) and are remembered `rememberMs` after that (60 s). */
export function createGiftStreaks(options: { timeoutMs?: number; rememberMs?: number } = {}): GiftStreaks {
  const { timeoutMs = 10_000, rememberMs = 60_000 } = options;
  const streaks = new Map<string, GiftStreak>();

  function touch(streak: GiftStreak): void {
    // Set anew, so that the map stays in order of last use.
    streaks.delete(streak.key);
    streaks.set(streak.key, streak);
    if (streaks.size > mostStreaks) streaks.delete(streaks.keys().next().value ?? '');
  }

  return {
    step(step) {
      const found = streaks.get(step.key);
      const known = found && step.at - found.updatedAt <= timeoutMs + rememberMs ? found : undefined;
      const before = known?.count ?? 0;
      const added = step.mode === 'delta' ? Math.max(0, step.count) : Math.max(0, step.count - before);
      const addedCents = step.unitCents === null ? null : added * step.unitCents;
      const cents = known ? known.cents : 0;
      const wasOver = known !== undefined && (known.closed || step.at - known.updatedAt > timeoutMs);
      const streak: GiftStreak = {
        key: step.key,
        count: before + added,
        cents: cents === null || addedCents === null ? null : cents + addedCents,
        openedAt: known?.openedAt ?? step.at,
        updatedAt: Math.max(known?.updatedAt ?? step.at, step.at),
        closed: wasOver || step.end,
      };
      touch(streak);
      const change = wasOver ? 'late' : step.end ? 'closed' : known ? 'updated' : 'opened';
      return { added, addedCents, streak, change };
    },
    expire(now) {
      const over: GiftStreak[] = [];
      for (const streak of [...streaks.values()]) {
        const still = now - streak.updatedAt;
        if (still > timeoutMs + rememberMs) streaks.delete(streak.key);
        if (streak.closed || still <= timeoutMs) continue;
        streak.closed = true;
        over.push({ ...streak });
      }
      return over;
    },
    size: () => streaks.size,
  };
}
