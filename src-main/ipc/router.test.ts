import { IpcFailure } from '@app/shared/ipc';
import { expect, test } from 'vitest';
import { dispatch, type Handlers } from './router.ts';

const bugs: string[] = [];
const handlers = new Proxy({} as Handlers, {
  get: (_target, name) => () => {
    if (name === 'help.ask') throw new IpcFailure('NO_SESSION', 'no session');
    if (name === 'marker.add') throw new Error('secret detail');
    return { called: name };
  },
});
const call = (name: string, input: unknown, kind: 'workstation' | 'overlay' | 'capture' = 'workstation') =>
  dispatch(handlers, name, input, { kind }, (bug) => bugs.push(bug));
const code = (reply: Awaited<ReturnType<typeof call>>) => (reply.ok ? 'ok' : reply.error.code);

test('names that every object has are not routes', async () => {
  for (const name of ['toString', '__proto__', 'constructor', 'hasOwnProperty', '']) {
    expect(code(await call(name, {}))).toBe('UNKNOWN_ROUTE');
  }
});

test('the overlay cannot start sessions or erase data, and the workstation cannot feed frames', async () => {
  expect(code(await call('session.start', { source: 'rehearsal' }, 'overlay'))).toBe('NOT_ALLOWED');
  expect(code(await call('data.erase', {}, 'overlay'))).toBe('NOT_ALLOWED');
  expect(code(await call('capture.audio', { seq: 1, atMs: 1, samples: new Float32Array(1) }))).toBe('NOT_ALLOWED');
  expect(code(await call('live.get', {}, 'capture'))).toBe('NOT_ALLOWED');
});

test('unknown fields and wrong types are refused with the name of the call', async () => {
  const reply = await call('break.set', { active: 'yes' });
  expect(reply).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  expect(code(await call('marker.add', { extra: 1 }))).toBe('BAD_INPUT');
  expect(code(await call('capture.frame', { seq: 1, atMs: 1, width: 2, height: 2, rgb: [1] }, 'capture'))).toBe(
    'BAD_INPUT',
  );
});

test('a failure of life keeps its code, a bug tells the window nothing but is heard of', async () => {
  expect(code(await call('help.ask', {}))).toBe('NO_SESSION');
  const reply = await call('marker.add', {});
  expect(JSON.stringify(reply)).not.toContain('secret detail');
  expect(bugs).toEqual(['marker.add']);
});
