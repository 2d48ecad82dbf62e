// What a newcomer sees in the rehearsal room: its lines through the real decoder, text model and suggestion engine.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suggestion } from '@app/shared/live-event';
import { makeUuidv7 } from '@app/shared/uuid';
import { afterAll, describe, expect, test } from 'vitest';
import { openRehearsalRoom } from '../../src-main/engine/danmaku/rehearsal-room.ts';
import { replaySession } from '../../src-main/engine/report/replay-session.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';
import { openTextModel } from '../../src-main/inference/text/text.ts';

const startAt = 1_790_000_000_000;
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-cards-'));
const model = await openTextModel(await openModelFiles(join(import.meta.dirname, '..', '..', 'models')));

afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true });
});

async function rehearse(seed: number, seconds: number): Promise<Suggestion[]> {
  const rows = openRehearsalRoom({ seed, startAt }).until(startAt + seconds * 1_000);
  const path = join(folder, `${seed}.jsonl`);
  const lines = rows.map(({ at, message }) => JSON.stringify({ at, text: JSON.stringify(message) }));
  writeFileSync(path, `${lines.join('\n')}\n`);
  const newId = makeUuidv7(() => startAt, randomBytes);
  const result = await replaySession({ path, speed: 'max', newId, analyze: (text) => model.analyze(text) });
  expect(result?.unreadable).toBe(0);
  return result?.suggestions.map(({ suggestion }) => suggestion) ?? [];
}

const secondOf = (cards: readonly Suggestion[], trigger: Suggestion['trigger']): number => {
  const card = cards.find((each) => each.trigger === trigger);
  return card ? (card.createdAt - startAt) / 1_000 : Number.POSITIVE_INFINITY;
};

describe('the first minutes of a rehearsal', () => {
  test.each([1, 2, 3, 5, 8, 13, 21, 34, 55, 89])(
    'with seed %i: a repeated question within 30 s, thanks within 60 s, wishes to buy within 90 s, newcomers later',
    async (seed) => {
      const cards = await rehearse(seed, 150);
      expect(secondOf(cards, 'repeated_question')).toBeLessThan(30);
      expect(secondOf(cards, 'gift_thanks')).toBeLessThan(60);
      expect(secondOf(cards, 'purchase_intent')).toBeLessThan(90);
      expect(secondOf(cards, 'newcomers')).toBeLessThan(150);
    },
  );

  test('no card of the first minutes quotes one sentence that three viewers copied from each other', async () => {
    for (const seed of [4, 7, 11]) {
      const questions = (await rehearse(seed, 150)).filter((card) => card.trigger === 'repeated_question');
      for (const card of questions) expect(card.evidence.quotes.length).toBeGreaterThan(1);
    }
  });
});
