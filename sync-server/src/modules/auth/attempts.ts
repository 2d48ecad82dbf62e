/** Counts failures per account in a sliding window, in this process; holds at most `accounts` names. */
export type Attempts = {
  isBlocked(key: string, nowMs: number): boolean;
  failed(key: string, nowMs: number): void;
  cleared(key: string): void;
};

const windowMs = 15 * 60_000;

/** `most` failures within 15 minutes block an account until the oldest of them is 15 minutes old. */
export function countAttempts(most = 10, accounts = 10_000): Attempts {
  const failures = new Map<string, number[]>();
  const recent = (key: string, nowMs: number) => (failures.get(key) ?? []).filter((at) => at > nowMs - windowMs);
  return {
    isBlocked: (key, nowMs) => recent(key, nowMs).length >= most,
    failed(key, nowMs) {
      const times = [...recent(key, nowMs), nowMs].slice(-most);
      failures.delete(key);
      failures.set(key, times);
      const oldest = failures.keys().next().value;
      if (failures.size > accounts && oldest !== undefined) failures.delete(oldest);
    },
    cleared: (key) => void failures.delete(key),
  };
}
