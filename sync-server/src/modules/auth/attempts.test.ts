import { expect, test } from 'vitest';
import { countAttempts } from './attempts.ts';

test('the tenth failure blocks, and one success before it begins anew', () => {
  const attempts = countAttempts();
  for (let round = 0; round < 9; round += 1) attempts.failed('a', round);
  expect(attempts.isBlocked('a', 10)).toBe(false);
  attempts.cleared('a');
  for (let round = 0; round < 9; round += 1) attempts.failed('a', round);
  expect(attempts.isBlocked('a', 10)).toBe(false);
  attempts.failed('a', 10);
  expect(attempts.isBlocked('a', 10)).toBe(true);
  expect(attempts.isBlocked('b', 10)).toBe(false);
});

test('failures are forgotten one by one after 15 minutes', () => {
  const attempts = countAttempts(2);
  attempts.failed('a', 0);
  attempts.failed('a', 60_000);
  expect(attempts.isBlocked('a', 900_000 - 1)).toBe(true);
  expect(attempts.isBlocked('a', 900_000)).toBe(false);
});

test('a flood of names does not grow memory: the oldest name is forgotten', () => {
  const attempts = countAttempts(1, 100);
  for (let index = 0; index < 1_000; index += 1) attempts.failed(`name ${index}`, 0);
  expect(attempts.isBlocked('name 999', 1)).toBe(true);
  expect(attempts.isBlocked('name 900', 1)).toBe(true);
  expect(attempts.isBlocked('name 899', 1)).toBe(false);
});
