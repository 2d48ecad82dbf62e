import { describe, expect, test } from 'vitest';
import { dangerLines, harmlessLines } from './distress-lines.ts';
import { distressFrom, distressScore } from './distress-rules.ts';

describe('rules for words of danger', () => {
  const found = (list: readonly string[]) => list.filter((line) => distressScore(line) >= distressFrom);

  test('at least nine of ten statements are found, and no harmless line is', () => {
    const [hits, alarms] = [found(dangerLines), found(harmlessLines)];
    console.log(
      `distress: ${hits.length} of ${dangerLines.length} statements, ${alarms.length} of ${harmlessLines.length} harmless lines`,
    );
    expect(hits.length).toBeGreaterThanOrEqual(dangerLines.length * 0.9);
    expect(alarms).toEqual([]);
  });

  test('laughter or a game beside the words keeps them below the threshold', () => {
    expect(distressScore('我想自杀')).toBeGreaterThanOrEqual(distressFrom);
    expect(distressScore('我想自杀哈哈哈哈')).toBeLessThan(distressFrom);
    expect(distressScore('这把队友让我想自杀')).toBeLessThan(distressFrom);
  });

  test('marks and spaces between the characters do not hide the words', () => {
    expect(distressScore('我…真的，不 想 活 了。')).toBeGreaterThanOrEqual(distressFrom);
  });
});
