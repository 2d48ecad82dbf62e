// The streamer's state from voice, face and own words: a confidence-weighted log-opinion pool with a personal
// baseline, hysteresis and abstention. How its numbers were fitted, and on what: docs/decisions/fusion.md.
import type { EmotionObserved } from '../live-event.ts';
import { fittedFusion } from './fusion-numbers.ts';
import { byEmotion, type EmotionLabel, type EmotionScores, emotionLabels, type UncertainReason } from './labels.ts';
import { deriveMood } from './valence-arousal.ts';

/** What the pool listens to; behaviour has no emotion scores. */
export const fusedSources = ['text', 'voice', 'face'] as const;
export type FusedSource = (typeof fusedSources)[number];

/** How far each source is believed; the label shares it was calibrated on; its mean log-scores over ordinary moments. */
export type FusionNumbers = {
  reliability: Record<FusedSource, number>;
  share: Record<FusedSource, EmotionScores>;
  typicalLog: Record<FusedSource, EmotionScores>;
};

/** One reading of one source. `scores` is null when there was nothing to read; `quality` 0 to 1 weighs it. */
export type FusionInput = {
  source: FusedSource;
  atMs: number;
  scores: EmotionScores | null;
  quality: number;
  reason: UncertainReason | null;
};

/** Mean log-scores of one source for this streamer, kept between sessions. */
export type Baseline = { count: number; meanLog: EmotionScores };
export type Baselines = Record<FusedSource, Baseline>;

type Heard = { atMs: number; scores: EmotionScores | null; quality: number; reason: UncertainReason | null };

export type FusionState = {
  heard: Record<FusedSource, Heard | null>;
  /** Times of the newest readings of each source, so that one that comes twice counts once. */
  times: Record<FusedSource, readonly number[]>;
  baselines: Baselines;
  label: EmotionLabel | null;
  challenger: { label: EmotionLabel; sinceMs: number } | null;
  nowMs: number;
  numbers: FusionNumbers;
};

/** The fused state. `label` is null when uncertain; `valence` and `arousal` (-1 to 1) are derived from the scores, not read. */
export type FusedEmotion = {
  label: EmotionLabel | null;
  certain: boolean;
  reason: UncertainReason | null;
  confidence: number;
  scores: EmotionScores;
  valence: number;
  arousal: number;
  weight: number;
};

const tauMs: Record<FusedSource, number> = { text: 10_000, voice: 6_000, face: 1_500 };
const leadNeeded = 0.12;
const leadMs = 2_000;
const leastConfidence = 0.45;
/** Of one source: how decided it is, times its freshness and quality. */
const leastWeight = 0.3;
const evidenceCap = 3;
/** Readings of a few seconds at 5 a second: a repeat that comes later than this is stale anyway. */
const timesKept = 32;
/** How many readings the prior counts for: ten minutes of faces at 5 a second, of utterances and sentences about as long. */
const priorCount: Record<FusedSource, number> = { text: 60, voice: 60, face: 3_000 };
/** From here on the mean stays this slow: about an hour, so that a bad evening does not become the normal face. */
const baselineCount: Record<FusedSource, number> = { text: 400, voice: 400, face: 18_000 };
/** Below this a score is noise; it also bounds the logarithm. */
const leastScore = 1e-3;

/** What a reading usual for this person means: mostly calm. Above the abstention limit, so that a usual face is no riddle. */
const prior: EmotionScores = {
  happy: 0.15,
  sad: 0.07,
  angry: 0.07,
  fear: 0.07,
  surprise: 0.07,
  disgust: 0.07,
  neutral: 0.5,
};

const logOf = (score: number): number => Math.log(Math.max(score, leastScore));
const priorLog = byEmotion((label) => Math.log(prior[label]));

/** A streamer without a history: each source is taken to read this person as it reads most. */
export function newBaselines({ typicalLog }: FusionNumbers = fittedFusion): Baselines {
  const ofSource = (source: FusedSource): Baseline => ({ count: 0, meanLog: typicalLog[source] });
  return { text: ofSource('text'), voice: ofSource('voice'), face: ofSource('face') };
}

/** Opens the pool, with the streamer's saved baselines when there are any. */
export function createFusion(baselines?: Baselines, numbers: FusionNumbers = fittedFusion): FusionState {
  return {
    heard: { text: null, voice: null, face: null },
    times: { text: [], voice: [], face: [] },
    baselines: baselines ?? newBaselines(numbers),
    label: null,
    challenger: null,
    nowMs: 0,
    numbers,
  };
}

/** Reasons that say there was nothing fit to read. */
const unreadable: readonly UncertainReason[] = [
  'too_few_clips',
  'too_short',
  'no_speech',
  'background_sound',
  'singing',
  'other_voice',
  'no_face',
  'too_dark',
  'several_faces',
  'face_too_small',
  'turned_away',
  'mouth_covered',
  'drawn_face',
  'no_device',
];

/** An observed emotion as an input of the pool; null for sources that the pool does not listen to. */
export function toFusionInput(event: EmotionObserved): FusionInput | null {
  if (event.source === 'behavior') return null;
  const readable = event.emotion !== null && (event.reason === null || !unreadable.includes(event.reason));
  return {
    source: event.source,
    atMs: event.at,
    scores: readable ? event.emotion!.scores : null,
    // Flat scores already weigh little by their entropy; an abstaining model counts half on top.
    quality: readable ? (event.certain ? 1 : 0.5) : 0,
    reason: event.reason,
  };
}

function learn(source: FusedSource, baseline: Baseline, scores: EmotionScores): Baseline {
  // A plain mean, so that the order of readings does not matter; capped, so that a person may change.
  const count = Math.min(baselineCount[source], baseline.count + 1);
  const rate = 1 / (priorCount[source] + count);
  const meanLog = byEmotion((label) => {
    const old = baseline.meanLog[label];
    return scores[label] === 0 ? old : old + rate * (logOf(scores[label]) - old);
  });
  return { count, meanLog };
}

/** How much of a reading is left now: 1 when it is new and good. */
function freshness(source: FusedSource, heard: Heard | null, nowMs: number): number {
  if (!heard?.scores || heard.quality <= 0) return 0;
  // A clock that runs ahead must not keep a reading fresh for ever: age counts from arrival at the latest.
  const age = Math.max(0, nowMs - heard.atMs);
  return Math.exp(-age / tauMs[source]) * Math.min(1, heard.quality);
}

/** 1 for a reading that is sure of one label, 0 for one that leaves all open. */
function decidedness(scores: EmotionScores): number {
  let entropy = 0;
  let classes = 0;
  for (const label of emotionLabels) {
    const score = scores[label];
    if (score <= 0) continue;
    classes += 1;
    entropy -= score * Math.log(score);
  }
  return Math.max(0, 1 - entropy / Math.log(Math.max(2, classes)));
}

function pool(state: FusionState, nowMs: number): { scores: EmotionScores; weight: number } {
  const logits: EmotionScores = { ...priorLog };
  const { reliability, share, typicalLog } = state.numbers;
  let weight = 0;
  for (const source of fusedSources) {
    const heard = state.heard[source];
    const left = freshness(source, heard, nowMs);
    if (left === 0) continue;
    const scores = heard!.scores!;
    weight += left * decidedness(scores);
    for (const label of emotionLabels) {
      // A class that the model lacks says nothing about it.
      if (scores[label] === 0) continue;
      const own = state.baselines[source].meanLog[label] - typicalLog[source][label];
      const evidence = logOf(scores[label]) - Math.log(share[source][label]) - own;
      logits[label] += reliability[source] * left * Math.max(-evidenceCap, Math.min(evidenceCap, evidence));
    }
  }
  const top = Math.max(...emotionLabels.map((label) => logits[label]));
  const raised = byEmotion((label) => Math.exp(logits[label] - top));
  const sum = emotionLabels.reduce((total, label) => total + raised[label], 0);
  return { scores: byEmotion((label) => raised[label] / sum), weight };
}

function leader(scores: EmotionScores): EmotionLabel {
  let best: EmotionLabel = 'neutral';
  for (const label of emotionLabels) if (scores[label] > scores[best]) best = label;
  return best;
}

/** Follows the leader: at once from nothing, else after it led by 0.12 for 2 s. */
function follow(state: FusionState, nowMs: number): FusionState {
  const now = Math.max(state.nowMs, nowMs);
  const { scores, weight } = pool(state, now);
  const best = leader(scores);
  const decided = scores[best] >= leastConfidence && weight >= leastWeight;
  if (!decided) return { ...state, nowMs: now, challenger: null };
  if (state.label === null || state.label === best) return { ...state, nowMs: now, label: best, challenger: null };
  if (scores[best] - scores[state.label] < leadNeeded) return { ...state, nowMs: now, challenger: null };
  const challenger = state.challenger?.label === best ? state.challenger : { label: best, sinceMs: now };
  if (now - challenger.sinceMs < leadMs) return { ...state, nowMs: now, challenger };
  return { ...state, nowMs: now, label: best, challenger: null };
}

/** The state after a reading. One that was heard before, or is older than the newest 32 of its source, changes nothing but the clock. */
export function nextFusion(state: FusionState, input: FusionInput, nowMs: number): FusionState {
  const { source } = input;
  const times = state.times[source];
  const late = times.length >= timesKept && input.atMs < times[0]!;
  if (late || times.includes(input.atMs) || !Number.isFinite(input.atMs)) return follow(state, nowMs);
  const nextTimes = [...times, input.atMs].sort((a, b) => a - b).slice(-timesKept);
  const baselines =
    input.scores && input.quality > 0
      ? { ...state.baselines, [source]: learn(source, state.baselines[source], input.scores) }
      : state.baselines;
  const { scores, quality, reason } = input;
  const newest = nextTimes.at(-1) === input.atMs;
  const atMs = Math.min(input.atMs, Math.max(state.nowMs, nowMs));
  const heard = newest ? { ...state.heard, [source]: { atMs, scores, quality, reason } } : state.heard;
  return follow({ ...state, times: { ...state.times, [source]: nextTimes }, baselines, heard }, nowMs);
}

function reasonOf(state: FusionState, weight: number): UncertainReason {
  const heard = fusedSources.map((source) => state.heard[source]).filter((one) => one !== null);
  if (heard.length === 0) return 'no_device';
  if (weight >= leastWeight) return 'low_confidence';
  // The newest source that says why it cannot read is the one the streamer can do something about.
  const told = heard.filter((one) => one.reason !== null).sort((a, b) => b.atMs - a.atMs)[0];
  return told?.reason ?? 'low_confidence';
}

/** What the pool says now; readings that nobody renewed have faded by their age. */
export function readFusion(state: FusionState, nowMs: number): FusedEmotion {
  const current = follow(state, nowMs);
  const { scores, weight } = pool(current, current.nowMs);
  const certain = scores[leader(scores)] >= leastConfidence && weight >= leastWeight && current.label !== null;
  const label = certain ? current.label : null;
  return {
    label,
    certain,
    reason: certain ? null : reasonOf(current, weight),
    confidence: scores[label ?? leader(scores)],
    scores,
    ...deriveMood(scores),
    weight,
  };
}
