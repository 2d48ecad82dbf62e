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
  close(): void;
};

export type TextLaneOptions = {
  ask(requestId: number, texts: string[]): void;
  onAnalysis(event: DanmakuReceived, analysis: TextAnalysis, inferredAt: number): void;
  onShed(count: number): void;
};

const batchLimit = 64;
const queueLimit = 2_000;
const answerWithinMs = 2_000;

/** Makes a lane with one request under way at a time, so that a slow model makes batches, not queues. */
export function makeTextLane(options: TextLaneOptions): TextLane {
  let queue: DanmakuReceived[] = [];
  let asked: { requestId: number; events: DanmakuReceived[]; timer: NodeJS.Timeout } | null = null;
  let lastId = 0;

  const ask = () => {
    if (asked || queue.length === 0) return;
    const events = queue.splice(0, batchLimit);
    lastId += 1;
    const timer = setTimeout(again, answerWithinMs);
    asked = { requestId: lastId, events, timer };
    options.ask(
      lastId,
      events.map((event) => event.danmaku.content),
    );
  };
  const again = () => {
    if (!asked) return;
    clearTimeout(asked.timer);
    queue = [...asked.events, ...queue];
    asked = null;
    trim();
    ask();
  };
  const trim = () => {
    const over = queue.length - queueLimit;
    if (over <= 0) return;
    queue.splice(0, over);
    options.onShed(over);
  };
  return {
    add(event) {
      queue.push(event);
      trim();
      ask();
    },
    answer(requestId, analyses, inferredAt) {
      if (!asked || asked.requestId !== requestId) return;
      const { events, timer } = asked;
      clearTimeout(timer);
      asked = null;
      events.forEach((event, index) => {
        const analysis = analyses[index];
        if (analysis) options.onAnalysis(event, analysis, inferredAt);
      });
      ask();
    },
    again,
    get waiting() {
      return queue.length + (asked?.events.length ?? 0);
    },
    close() {
      if (asked) clearTimeout(asked.timer);
      asked = null;
      queue = [];
    },
  };
}
