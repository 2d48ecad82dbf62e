// Events of a session made by hand, for tests and measurements: ids are counted, so that a run repeats exactly.
import { type EmotionScores, type IntentLabel, intentLabels, type TextAnalysis, toReading } from '../emotion/labels.ts';
import type { DanmakuAnalyzed, DanmakuMetadata, DanmakuReceived, LiveEvent, MessageType } from '../live-event.ts';

const sessionId = '00000000-0000-7000-8000-00000000aaaa';
const roomId = '00000000-0000-7000-8000-00000000bbbb';

/** An id that depends on its number alone. */
export const sampleId = (number: number, kind = 1): string =>
  `00000000-0000-7000-8${kind.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;

/** Ids counted from 1, as an engine's `newId`. */
export function countedIds(kind = 9): () => string {
  let last = 0;
  return () => sampleId(++last, kind);
}

const neutral: EmotionScores = {
  happy: 0.03,
  sad: 0.03,
  angry: 0.03,
  fear: 0.02,
  surprise: 0.02,
  disgust: 0.02,
  neutral: 0.85,
};

/** Scores in which one emotion has `share`, neutral most of the rest and each other label one hundredth. */
export function scoresOf(label: keyof EmotionScores, share = 0.8): EmotionScores {
  const low: EmotionScores = {
    happy: 0.01,
    sad: 0.01,
    angry: 0.01,
    fear: 0.01,
    surprise: 0.01,
    disgust: 0.01,
    neutral: 0,
  };
  if (label === 'neutral') return { ...low, neutral: 0.94 };
  return { ...low, [label]: share, neutral: 0.95 - share };
}

export type AnalysisSketch = {
  intent?: IntentLabel;
  intentScore?: number;
  purchase?: number;
  abuse?: number;
  sentiment?: number;
  scores?: EmotionScores;
  certain?: boolean;
  entities?: TextAnalysis['entities'];
};

/** A whole text analysis from what a test cares about; the other intents share the rest. */
export function analysisOf(sketch: AnalysisSketch = {}): TextAnalysis {
  const label = sketch.intent ?? 'chat';
  const share = sketch.intentScore ?? 0.85;
  const rest = (1 - share) / (intentLabels.length - 1);
  const scores = Object.fromEntries(intentLabels.map((intent) => [intent, intent === label ? share : rest]));
  return {
    lane: 'encoder',
    emotion: toReading(sketch.scores ?? neutral),
    certain: sketch.certain ?? true,
    sentiment: sketch.sentiment ?? 0,
    intent: { label, scores: scores as TextAnalysis['intent']['scores'], purchase: sketch.purchase ?? 0.02 },
    abuse: sketch.abuse ?? 0.02,
    entities: sketch.entities ?? [],
  };
}

export type MessageSketch = {
  text?: string;
  viewer?: string;
  kind?: MessageType;
  metadata?: Partial<DanmakuMetadata>;
  platformEventId?: string;
};

/** Makes events with counted ids; `danmaku` gives the message and, when a sketch is there, its analysis. */
export function createSampler() {
  let count = 0;
  const base = (atMs: number) => ({ id: sampleId(++count), sessionId, at: atMs, receivedAt: atMs });
  function message(atMs: number, sketch: MessageSketch): DanmakuReceived {
    const head = base(atMs);
    return {
      ...head,
      type: 'danmaku.received',
      roomId,
      decodedAt: atMs,
      danmaku: {
        platform: 'bilibili',
        source: 'simulator',
        platformRoomId: '1',
        platformEventId: sketch.platformEventId ?? `e${count}`,
        messageType: sketch.kind ?? 'comment',
        platformUserId: sketch.viewer ?? `u${count}`,
        username: sketch.viewer ?? `viewer${count}`,
        content: sketch.text ?? '',
        at: atMs,
        metadata: { raw_type: 'SAMPLE', ...sketch.metadata },
      },
    };
  }
  function analysis(atMs: number, danmakuId: string, sketch: AnalysisSketch): DanmakuAnalyzed {
    return { ...base(atMs), type: 'danmaku.analyzed', danmakuId, analysis: analysisOf(sketch), inferredAt: atMs };
  }
  return {
    base,
    message,
    analysis,
    /** The message and its analysis, 5 ms later. */
    comment(atMs: number, text: string, viewer: string, sketch: AnalysisSketch = {}): LiveEvent[] {
      const received = message(atMs, { text, viewer });
      return [received, analysis(atMs + 5, received.id, sketch)];
    },
  };
}

/** Numbers in [0, 1) from a seed, the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
