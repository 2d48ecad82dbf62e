// Hybrid logical clock (Kulkarni et al. 2014): order of text is order of making, also when the wall clock steps back.

export type Hlc = { next(): string; see(other: string): void };

/** A clock for one device; `node` are its eight hex digits, `nowMs` the wall clock. */
export function makeHlc(node: string, nowMs: () => number, last = ''): Hlc {
  let time = 0;
  let counter = 0;
  const see = (other: string) => {
    const [ms, count] = other.split('-').map((part) => Number.parseInt(part, 16));
    if (ms === undefined || count === undefined || Number.isNaN(ms + count)) return;
    if (ms > time || (ms === time && count > counter)) {
      time = ms;
      counter = count;
    }
  };
  see(last);
  return {
    see,
    next() {
      const wall = nowMs();
      if (wall > time) {
        time = wall;
        counter = 0;
      } else if (counter === 0xffff) {
        time += 1; // the counter carries into the time instead of overflowing
        counter = 0;
      } else {
        counter += 1;
      }
      return `${time.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${node}`;
    },
  };
}
