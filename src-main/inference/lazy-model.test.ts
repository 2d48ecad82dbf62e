import { expect, test } from 'vitest';
import { lazyModel } from './lazy-model.ts';
import { ModelFailure } from './model-files.ts';

function setUp(open: () => Promise<{ close(): void }>) {
  const states: string[] = [];
  const model = lazyModel('text', open, () => states.push(model.view.state));
  return { model, states };
}

test('a model is opened once, however many ask at the same time, and closed once', async () => {
  let opened = 0;
  let closed = 0;
  const { model, states } = setUp(async () => {
    opened += 1;
    return {
      close() {
        closed += 1;
      },
    };
  });
  expect(model.view.state).toBe('idle');
  const got = await Promise.all([model.get(), model.get(), model.get()]);
  expect(new Set(got).size).toBe(1);
  await model.close();
  expect([opened, closed, states]).toEqual([1, 1, ['loading', 'ready']]);
});

test.each([
  [new ModelFailure('MODEL_DAMAGED', 'a'), 'damaged'],
  [new ModelFailure('MODEL_MISSING', 'a'), 'missing'],
  [new ModelFailure('MODEL_UNKNOWN', 'a'), 'missing'],
  [new Error('no memory'), 'failed'],
])('what cannot be opened is a state that the windows show: %s', async (failure, state) => {
  const { model, states } = setUp(() => Promise.reject(failure));
  expect(await model.get()).toBeNull();
  expect(states).toEqual(['loading', state]);
  await model.close();
});

test('a model that nobody asked for is not opened in order to be closed', async () => {
  const { model, states } = setUp(() => Promise.reject(new Error('opened')));
  await model.close();
  expect(states).toEqual([]);
});
