// How the lanes did lately: counts that fade within about a minute.
import type { TextLaneView } from '@app/shared/view';

const fadeMs = 60_000;

export type LaneFigures = {
  /** Counts messages that were answered together in `tookMs`, so many of them by the fast lane. */
  note(atMs: number, messages: number, fast: number, tookMs: number): void;
  read(): Pick<TextLaneView, 'msPerMessage' | 'fastShare'>;
};

/** Makes empty figures; both are null before the first message. */
export function makeLaneFigures(): LaneFigures {
  let lastAt = 0;
  let messages = 0;
  let fast = 0;
  let ms = 0;
  return {
    note(atMs, count, fastCount, tookMs) {
      const kept = Math.exp(-Math.max(0, atMs - lastAt) / fadeMs);
      lastAt = atMs;
      messages = messages * kept + count;
      fast = fast * kept + fastCount;
      ms = ms * kept + tookMs;
    },
    read: () => ({
      msPerMessage: messages > 0 ? ms / messages : null,
      fastShare: messages > 0 ? Math.min(1, fast / messages) : null,
    }),
  };
}
