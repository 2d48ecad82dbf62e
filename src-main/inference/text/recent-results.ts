// Results of the newest different texts: a room says 哈哈哈 and 666 all evening, and the same words get the same answer.

export type RecentResults<V> = {
  /** The kept value, which thereby becomes the newest. */
  get(key: string): V | undefined;
  /** Keeps a value; the one unused for the longest is dropped when there are too many. */
  set(key: string, value: V): void;
  readonly size: number;
  /** How often `get` found something, and how often not. */
  readonly counts: { readonly hits: number; readonly misses: number };
};

/** Makes a bounded memory of at most `limit` values. */
export function makeRecentResults<V>(limit: number): RecentResults<V> {
  const kept = new Map<string, V>();
  const counts = { hits: 0, misses: 0 };
  return {
    get(key) {
      const value = kept.get(key);
      if (value === undefined) {
        counts.misses += 1;
        return undefined;
      }
      counts.hits += 1;
      kept.delete(key);
      kept.set(key, value);
      return value;
    },
    set(key, value) {
      kept.delete(key);
      kept.set(key, value);
      if (kept.size > limit) kept.delete(kept.keys().next().value!);
    },
    get size() {
      return kept.size;
    },
    counts,
  };
}
