import { newBaselines } from '@app/shared/emotion/fusion';
import { expect, test } from 'vitest';
import { makeEmotionBaseline } from './emotion-baseline.ts';

function safeStore() {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (name: string) => kept.get(name) ?? null,
    set: (name: string, value: string | null) => void (value === null ? kept.delete(name) : kept.set(name, value)),
  };
}
const learnt = () => {
  const baselines = newBaselines();
  return { ...baselines, face: { ...baselines.face, count: 40 } };
};

test('what was learnt of a streamer is there at the next session, and gone once forgotten', () => {
  const store = safeStore();
  makeEmotionBaseline(store).save(learnt());
  expect(makeEmotionBaseline(store).read()).toEqual(learnt());
  makeEmotionBaseline(store).forget();
  expect(makeEmotionBaseline(store).read()).toBeNull();
});

test('a session that read nothing does not overwrite what earlier ones learnt', () => {
  const store = safeStore();
  makeEmotionBaseline(store).save(learnt());
  makeEmotionBaseline(store).save(newBaselines());
  expect(makeEmotionBaseline(store).read()?.face.count).toBe(40);
});

test('what other models taught, or what cannot be read, counts as nothing', () => {
  const store = safeStore();
  makeEmotionBaseline(store).save(learnt());
  const [name] = [...store.kept.keys()];
  store.set(name!, store.get(name!)!.replace('"typical":"', '"typical":" '));
  expect(makeEmotionBaseline(store).read()).toBeNull();
  store.set(name!, '{"baselines":');
  expect(makeEmotionBaseline(store).read()).toBeNull();
});
