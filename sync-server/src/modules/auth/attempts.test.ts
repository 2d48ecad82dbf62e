import { expect, test } from 'vitest';
import { countAttempts, guardLogins, networkOf } from './attempts.ts';

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

test('many strangers shut out other strangers, and never the address where the account signed in before', () => {
  const guard = guardLogins();
  expect(guard.mayTry('a', '10.0.0.1', 0)).toBe(true);
  guard.succeeded('a', '10.0.0.1');
  for (let index = 0; index < 300; index += 1) guard.mayTry('a', `203.0.113.${index}`, 1);
  expect(guard.mayTry('a', '198.51.100.1', 2)).toBe(false);
  expect(guard.mayTry('a', '10.0.0.1', 2)).toBe(true);
  expect(guard.mayTry('b', '198.51.100.1', 2)).toBe(true);
});

test('one network of IPv6 is one address', () => {
  const guard = guardLogins();
  for (let index = 0; index < 10; index += 1) guard.mayTry('a', `2001:db8:1:2:${index}::1`, 0);
  expect(guard.mayTry('a', '2001:db8:1:2::ffff', 1)).toBe(false);
  expect(guard.mayTry('a', '2001:db8:1:3::1', 1)).toBe(true);
  expect(['::1', '2001:db8::1', '::ffff:10.0.0.1', '10.0.0.1'].map(networkOf)).toEqual([
    '0:0:0:0',
    '2001:db8:0:0',
    '::ffff:10.0.0.1',
    '10.0.0.1',
  ]);
});
