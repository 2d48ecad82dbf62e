// Back-pressure: a frame is dropped here, where it is cheap, while the last two are not acknowledged.

export type FrameGate = {
  /** The number for the next frame, or null when it must be dropped. */
  next(): number | null;
  acknowledge(seq: number): void;
  readonly dropped: number;
};

/** A gate that lets at most `limit` frames be under way. */
export function makeFrameGate(limit: number): FrameGate {
  let sent = 0;
  let acknowledged = 0;
  let dropped = 0;
  return {
    next() {
      if (sent - acknowledged >= limit) {
        dropped += 1;
        return null;
      }
      sent += 1;
      return sent;
    },
    acknowledge(seq) {
      if (seq <= sent) acknowledged = Math.max(acknowledged, seq);
    },
    get dropped() {
      return dropped;
    },
  };
}
