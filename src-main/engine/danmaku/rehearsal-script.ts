// What happens in the rehearsal room and when: scenes, one after the other, then from the start again.
import * as corpus from './rehearsal-lines.ts';

export const sceneNames = [
  'opening',
  'chat',
  'same_question',
  'gifts',
  'shopping',
  'superchat',
  'newcomers',
  'praise',
  'trolls',
  'negative',
  'lull',
  'distress',
] as const;
export type SceneName = (typeof sceneNames)[number];
/** `pace` multiplies the room's rate. */
export type Scene = { name: SceneName; seconds: number; pace: number };

/**
 * About eleven minutes in which every kind of thing happens that a card can answer. The first minute and a half is dense,
 * so that somebody who only looks in sees a question asked again, thanks to give and a wish to buy.
 */
export const usualScript: readonly Scene[] = [
  { name: 'opening', seconds: 5, pace: 1.2 },
  { name: 'same_question', seconds: 25, pace: 1 },
  { name: 'gifts', seconds: 18, pace: 1 },
  { name: 'shopping', seconds: 27, pace: 1 },
  { name: 'praise', seconds: 30, pace: 1 },
  { name: 'chat', seconds: 20, pace: 1 },
  { name: 'newcomers', seconds: 25, pace: 1.3 },
  { name: 'superchat', seconds: 25, pace: 1 },
  { name: 'trolls', seconds: 20, pace: 1.2 },
  { name: 'same_question', seconds: 60, pace: 1 },
  { name: 'lull', seconds: 90, pace: 0.04 },
  { name: 'negative', seconds: 35, pace: 1.1 },
  { name: 'chat', seconds: 40, pace: 1 },
  { name: 'same_question', seconds: 60, pace: 1 },
  { name: 'gifts', seconds: 30, pace: 1.3 },
  { name: 'distress', seconds: 25, pace: 0.7 },
  { name: 'shopping', seconds: 35, pace: 1 },
  { name: 'superchat', seconds: 25, pace: 1 },
  { name: 'chat', seconds: 60, pace: 0.9 },
];

export type LineKind = keyof typeof mixes.chat;

const mixes = {
  opening: mix({ greetings: 60, smalltalk: 15, shortReactions: 20, praise: 5 }),
  chat: mix({ smalltalk: 50, shortReactions: 28, praise: 7, questions: 7, requests: 4, greetings: 4 }),
  same_question: mix({ smalltalk: 50, shortReactions: 32, praise: 8, requests: 5, greetings: 5 }),
  gifts: mix({ smalltalk: 40, shortReactions: 40, praise: 15, requests: 5 }),
  shopping: mix({ purchases: 36, prices: 9, questions: 12, smalltalk: 22, shortReactions: 18, praise: 3 }),
  superchat: mix({ smalltalk: 42, shortReactions: 38, praise: 20 }),
  newcomers: mix({ newcomers: 35, greetings: 15, smalltalk: 25, shortReactions: 22, questions: 3 }),
  praise: mix({ praise: 55, shortReactions: 25, smalltalk: 20 }),
  trolls: mix({ trolls: 45, smalltalk: 30, shortReactions: 20, praise: 5 }),
  negative: mix({ negatives: 60, questions: 8, smalltalk: 15, shortReactions: 17 }),
  lull: mix({ smalltalk: 70, shortReactions: 30 }),
  distress: mix({ smalltalk: 60, shortReactions: 30, praise: 10 }),
} satisfies Record<SceneName, Record<string, number>>;

const pools = {
  greetings: corpus.greetings,
  smalltalk: corpus.smalltalk,
  shortReactions: corpus.shortReactions,
  praise: corpus.praise,
  prices: corpus.prices,
  purchases: corpus.purchases,
  questions: corpus.questions,
  requests: corpus.requests,
  newcomers: corpus.newcomers,
  trolls: corpus.trolls,
  negatives: corpus.negatives,
};

function mix(shares: Partial<Record<keyof typeof pools, number>>) {
  return {
    greetings: 0,
    smalltalk: 0,
    shortReactions: 0,
    praise: 0,
    prices: 0,
    purchases: 0,
    questions: 0,
    requests: 0,
    newcomers: 0,
    trolls: 0,
    negatives: 0,
    ...shares,
  };
}

/** The kind of line that comes at `luck` (0 to below 1) in this scene. */
export function kindAt(scene: SceneName, luck: number): LineKind {
  const shares = Object.entries(mixes[scene]) as [LineKind, number][];
  let left = luck * shares.reduce((sum, [, share]) => sum + share, 0);
  for (const [kind, share] of shares) {
    left -= share;
    if (left < 0) return kind;
  }
  return 'smalltalk';
}

/** All lines of a kind. */
export const linesOf = (kind: LineKind): readonly string[] => pools[kind];
