// Sends danmaku to the text model in small batches, keeps them while inference is away, sheds the oldest when full.
import type { TextAnalysis } from '@app/shared/emotion/labels';
import type { DanmakuReceived } from '@app/shared/live-event';

export type TextLane = {
  add(event: DanmakuReceived): void;
  /** An answer of inference; `analyses` are in the order of the request's texts. */
  answer(requestId: number, analyses: TextAnalysis[], inferredAt: number): void;
  /** Inference was started anew: what it had not answered is asked again. */
  again(): void;
  readonly waiting: number;
  /** How many were shed since this was last asked: a dead model must not make an event of every message. */
  takeShed(): number;
  close(): void;
};

/** How many messages wait behind a request, and how long its oldest one has waited. */
export type TextLaneLoad = { waiting: number; waitedMs: number };

export type TextLaneOptions = {
  ask(requestId: number, texts: string[], load: TextLaneLoad): void;
  onAnalysis(event: DanmakuReceived, analysis: TextAnalysis, inferredAt: number): void;
};

type Waiting = { event: DanmakuReceived; sinceMs: number };

const batchLimit = 64;
const queueLimit = 2_000;
const answerWithinMs = 2_000;

/** Makes a lane with one request under way at a time, so that a slow model makes batches, not queues. */
export function makeTextLane(options: TextLaneOptions): TextLane {
  let queue: Waiting[] = [];
  let asked: { requestId: number; events: Waiting[]; timer: NodeJS.Timeout } | null = null;
  let lastId = 0;
  let shed = 0;

  const ask = () => {
    if (asked || queue.length === 0) return;
    const events = queue.splice(0, batchLimit);
    lastId += 1;
    send({ requestId: lastId, events });
  };
  const send = ({ requestId, events }: { requestId: number; events: Waiting[] }) => {
    asked = { requestId, events, timer: setTimeout(again, answerWithinMs) };
    options.ask(
      requestId,
      events.map(({ event }) => event.danmaku.content),
      { waiting: queue.length, waitedMs: Math.max(0, performance.now() - (events[0]?.sinceMs ?? 0)) },
    );
  };
  // Under the same number, so that the answer of a slow model still counts: otherwise it would be asked for ever.
  const again = () => {
    if (!asked) return;
    clearTimeout(asked.timer);
    send(asked);
  };
  const trim = () => {
    const over = queue.length - queueLimit;
    if (over <= 0) return;
    queue.splice(0, over);
    shed += over;
  };
  return {
    add(event) {
      queue.push({ event, sinceMs: performance.now() });
      trim();
      ask();
    },
    answer(requestId, analyses, inferredAt) {
      if (!asked || asked.requestId !== requestId) return;
      const { events, timer } = asked;
      clearTimeout(timer);
      asked = null;
      events.forEach(({ event }, index) => {
        const analysis = analyses[index];
        if (analysis) options.onAnalysis(event, analysis, inferredAt);
      });
      ask();
    },
    again,
    get waiting() {
      return queue.length + (asked?.events.length ?? 0);
    },
    takeShed() {
      const count = shed;
      shed = 0;
      return count;
    },
    close() {
      if (asked) clearTimeout(asked.timer);
      asked = null;
      queue = [];
    },
  };
}
