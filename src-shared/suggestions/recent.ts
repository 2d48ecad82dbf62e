/** A list of the newest things of a time window, oldest first, never longer than `limit`. */
export class Recent<T> {
  #items: { at: number; value: T }[] = [];
  #start = 0;
  readonly windowMs: number;
  readonly limit: number;

  constructor(windowMs: number, limit: number) {
    this.windowMs = windowMs;
    this.limit = limit;
  }

  get size(): number {
    return this.#items.length - this.#start;
  }

  add(value: T, nowMs: number): void {
    this.#items.push({ at: nowMs, value });
    this.prune(nowMs);
  }

  /** Forgets what is older than the window, and the oldest above the limit. */
  prune(nowMs: number): void {
    while (this.#start < this.#items.length) {
      const tooMany = this.size > this.limit;
      if (!tooMany && this.#items[this.#start]!.at > nowMs - this.windowMs) break;
      this.#start += 1;
    }
    // Cutting the front only now and then keeps each step constant on average.
    if (this.#start > 64 && this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start);
      this.#start = 0;
    }
  }

  /** The values of the last `ms` (at most the window), oldest first. */
  since(nowMs: number, ms: number = this.windowMs): T[] {
    const values: T[] = [];
    for (let i = this.#start; i < this.#items.length; i += 1) {
      const item = this.#items[i]!;
      if (item.at > nowMs - ms) values.push(item.value);
    }
    return values;
  }

  clear(): void {
    this.#items = [];
    this.#start = 0;
  }
}
