import { expect, test } from 'vitest';
import { zoomAfter } from './zoom.ts';

const press = (key: string, change = {}) => ({
  type: 'keyDown',
  key,
  control: true,
  meta: false,
  alt: false,
  ...change,
});

test('Ctrl and plus lead to 200 % and no further, minus to 75 %, zero back to 100 %', () => {
  let zoom = 1;
  for (let i = 0; i < 20; i++) zoom = zoomAfter(press('='), zoom)!;
  expect(zoom).toBe(2);
  for (let i = 0; i < 20; i++) zoom = zoomAfter(press('-'), zoom)!;
  expect(zoom).toBe(0.75);
  expect(zoomAfter(press('0'), zoom)).toBe(1);
});

test('a plain plus, AltGr and letting go of a key do not zoom', () => {
  expect(zoomAfter(press('+', { control: false }), 1)).toBeNull();
  expect(zoomAfter(press('+', { alt: true }), 1)).toBeNull();
  expect(zoomAfter(press('+', { type: 'keyUp' }), 1)).toBeNull();
  expect(zoomAfter(press('a'), 1)).toBeNull();
});
