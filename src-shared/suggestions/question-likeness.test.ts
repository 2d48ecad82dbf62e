import { describe, expect, test } from 'vitest';
import { askingIntent, questionLikeness, questionShape, sameQuestionFrom } from './question-likeness.ts';
import { knownParaphrases, type ParaphraseGroup, unseenParaphrases } from './question-paraphrases.ts';
import { analysisOf } from './sample-events.ts';

type Figures = { pairRecall: number; pairPrecision: number; falsePairs: string[]; groupsFound: number; groups: number };

/** Counts pairs over all groups, and the groups of which three wordings hang together. */
function measure(groups: readonly ParaphraseGroup[]): Figures {
  const all = groups.flatMap((group, id) =>
    group.texts.map((text) => ({
      id,
      text,
      shape: questionShape(text, group.intent, analysisOf({ intent: group.intent })),
    })),
  );
  let same = 0;
  let found = 0;
  let wrong = 0;
  const falsePairs: string[] = [];
  const degree = new Map<string, number>();
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      const linked = questionLikeness(a.shape, b.shape) >= sameQuestionFrom;
      if (a.id === b.id) same += 1;
      if (linked && a.id === b.id) {
        found += 1;
        for (const one of [a, b]) degree.set(one.text, (degree.get(one.text) ?? 0) + 1);
      }
      if (linked && a.id !== b.id) {
        wrong += 1;
        falsePairs.push(`${a.text} = ${b.text}`);
      }
    }
  }
  const groupsFound = groups.filter((group) => group.texts.some((text) => (degree.get(text) ?? 0) >= 2)).length;
  return {
    pairRecall: found / same,
    pairPrecision: found / (found + wrong),
    falsePairs,
    groupsFound,
    groups: groups.length,
  };
}

const say = (name: string, figures: Figures) =>
  console.log(
    `questions (${name}): pair recall ${figures.pairRecall.toFixed(2)}, pair precision ${figures.pairPrecision.toFixed(2)}, ` +
      `${figures.groupsFound} of ${figures.groups} groups found; false pairs: ${figures.falsePairs.join(' | ') || 'none'}`,
  );

describe('likeness of questions', () => {
  test('most wordings of one question are linked, and almost none of two questions', () => {
    const figures = measure(knownParaphrases);
    say('known', figures);
    expect(figures.pairRecall).toBeGreaterThan(0.7);
    expect(figures.pairPrecision).toBeGreaterThan(0.95);
  });

  test('on wordings that no rule was made for, links stay right even where they are missed', () => {
    const figures = measure(unseenParaphrases);
    say('unseen', figures);
    expect(figures.pairPrecision).toBeGreaterThan(0.85);
    expect(figures.groupsFound).toBeGreaterThanOrEqual(figures.groups * 0.35);
  });

  test('likeness does not depend on which question came first', () => {
    const shapes = knownParaphrases.flatMap((group) =>
      group.texts.map((text) => questionShape(text, group.intent, analysisOf())),
    );
    for (const a of shapes) for (const b of shapes) expect(questionLikeness(a, b)).toBe(questionLikeness(b, a));
  });

  test('a message asks when its asking intents together reach one half', () => {
    expect(askingIntent(analysisOf({ intent: 'price', intentScore: 0.8 }))).toBe('price');
    expect(askingIntent(analysisOf({ intent: 'chat', intentScore: 0.9 }))).toBeNull();
    const torn = analysisOf({ intent: 'price', intentScore: 0.4 });
    torn.intent.scores.question = 0.35;
    expect(askingIntent(torn)).toBe('price');
  });
});
