// The last hour of a session in steps of ten seconds.
import type { EmotionLabel } from '@app/shared/emotion/labels';
import type { TimelineMark, TimelinePoint } from '@app/shared/view';

const stepMs = 10_000;
const pointLimit = 360;
const markLimit = 200;

export type Timeline = {
  danmaku(at: number): void;
  gift(at: number): void;
  sentiment(at: number, value: number): void;
  /** The fused reading now; the curve of a step is the mean of its certain readings. */
  emotion(at: number, label: EmotionLabel | null, curve: TimelinePoint['curve']): void;
  speech(fromAt: number, toAt: number): void;
  mark(mark: TimelineMark): void;
  /** Closed steps and the one under way, oldest first. */
  view(now: number): { points: TimelinePoint[]; marks: TimelineMark[] };
};

type Step = TimelinePoint & { sentiments: number; curves: number; speechMs: number };

/** Opens a timeline; times before `startedAt` count to the first step. */
export function makeTimeline(startedAt: number): Timeline {
  const steps: Step[] = [];
  let marks: TimelineMark[] = [];
  let heardSpeech = false;
  const first = Math.floor(startedAt / stepMs) * stepMs;

  const stepOf = (time: number): Step => {
    const at = Math.max(first, Math.floor(time / stepMs) * stepMs);
    let last = steps.at(-1)?.at ?? first - stepMs;
    while (last < at) {
      last += stepMs;
      steps.push({
        at: last,
        danmaku: 0,
        sentiment: null,
        emotion: null,
        curve: null,
        speech: null,
        gifts: 0,
        sentiments: 0,
        curves: 0,
        speechMs: 0,
      });
      if (steps.length > pointLimit) steps.shift();
      // After a long absence only the hour that can be seen is filled in.
      if (at - last > pointLimit * stepMs) last = at - pointLimit * stepMs;
    }
    return steps.findLast((step) => step.at <= at) ?? steps[0]!;
  };
  const mark = (next: TimelineMark) => {
    marks = [...marks, next].slice(-markLimit);
  };
  return {
    danmaku(at) {
      stepOf(at).danmaku += 1;
    },
    gift(at) {
      stepOf(at).gifts += 1;
    },
    sentiment(at, value) {
      const step = stepOf(at);
      step.sentiment = ((step.sentiment ?? 0) * step.sentiments + value) / (step.sentiments + 1);
      step.sentiments += 1;
    },
    emotion(at, label, curve) {
      const step = stepOf(at);
      step.emotion = label;
      if (!curve) return;
      const { valence, arousal } = step.curve ?? curve;
      const weight = 1 / (step.curves + 1);
      step.curve = {
        valence: valence + weight * (curve.valence - valence),
        arousal: arousal + weight * (curve.arousal - arousal),
      };
      step.curves += 1;
    },
    speech(fromAt, toAt) {
      heardSpeech = true;
      for (let at = fromAt; at < toAt; ) {
        const end = Math.min(toAt, (Math.floor(at / stepMs) + 1) * stepMs);
        stepOf(at).speechMs += end - at;
        at = end;
      }
    },
    mark,
    view(now) {
      stepOf(now);
      const points = steps.map(({ sentiments: _count, curves: _curves, speechMs, ...point }) => ({
        ...point,
        speech: heardSpeech ? Math.min(1, speechMs / stepMs) : null,
      }));
      return { points, marks };
    },
  };
}
