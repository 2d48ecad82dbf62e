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

/** Lets an account be tried, or not. Every try counts from its beginning, so that guesses sent at once are counted too. */
export type LoginGuard = {
  /** False: too many tries, from this address or from all those where nobody of this account ever signed in. */
  mayTry(account: string, address: string, nowMs: number): boolean;
  succeeded(account: string, address: string): void;
};

const mostFromOne = 10;
const mostFromStrangers = 100;
const mostKnown = 10_000;

/**
 * Ten tries from one address, a hundred from all strange ones, in 15 minutes. A stranger who fails on purpose shuts out
 * themselves and, with many addresses, other strangers; never an address where the account signed in before.
 */
export function guardLogins(): LoginGuard {
  const fromOne = countAttempts(mostFromOne);
  const fromStrangers = countAttempts(mostFromStrangers);
  const known = new Set<string>();
  const placeOf = (account: string, address: string) => `${account} ${networkOf(address)}`;
  return {
    mayTry(account, address, nowMs) {
      const place = placeOf(account, address);
      const isStrange = !known.has(place);
      if (fromOne.isBlocked(place, nowMs) || (isStrange && fromStrangers.isBlocked(account, nowMs))) return false;
      fromOne.failed(place, nowMs);
      if (isStrange) fromStrangers.failed(account, nowMs);
      return true;
    },
    succeeded(account, address) {
      const place = placeOf(account, address);
      fromOne.cleared(place);
      known.delete(place);
      known.add(place);
      const oldest = known.values().next().value;
      if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
    },
  };
}

/** What counts as one address: of IPv6 its first 64 bits, since one caller has all that follow. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const head = (address.split('::')[0] ?? '').split(':').filter(Boolean);
  return [...head, '0', '0', '0', '0'].slice(0, 4).join(':');
}
