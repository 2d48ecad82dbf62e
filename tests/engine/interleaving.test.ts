// Any calls, in any order and all at once: never two sessions, never an unexpected failure, never a session that is lost.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '../../src-main/engine/store/store.ts';
import { openEngine } from './engine-in-process.ts';

const step = fc.oneof(
  fc.constantFrom(
    { name: 'session.start', input: { source: 'rehearsal' } },
    { name: 'session.start', input: { source: 'replay', path: '/nowhere/at/all.jsonl', speed: 1 } },
    { name: 'session.stop', input: {} },
    { name: 'resume the newest', input: {} },
    { name: 'close the newest', input: {} },
    { name: 'break.set', input: { active: true } },
    { name: 'marker.add', input: {} },
    { name: 'live.get', input: {} },
    { name: 'sessions.list', input: { limit: 10 } },
    { name: 'data.erase', input: {} },
  ),
);
const moves = fc.array(
  fc.record({ step, wait: fc.constantFrom(0, 0, 1, 20), restart: fc.constantFrom(false, false, false, true) }),
  { minLength: 3, maxLength: 14 },
);
const foreseen = new Set([
  'ok',
  'SESSION_RUNNING',
  'SESSION_LEFT_OPEN',
  'NO_SESSION',
  'NO_RECORDING',
  'SESSION_NOT_FOUND',
  'ENGINE_AWAY',
]);

test('any interleaving of calls leaves at most one session open, and it is the one that is live or offered', async () => {
  const play = fc.asyncProperty(moves, async (played) => {
    const store = openStore(':memory:');
    let engine = await openEngine({ store, rate: 20 });
    const replies: Promise<{ name: string; code: string }>[] = [];
    for (const { step, wait, restart } of played) {
      const newest = store.sessions(1)[0]?.id ?? '0199a000-0000-7000-8000-000000000000';
      const name = step.name
        .replace('resume the newest', 'session.resume')
        .replace('close the newest', 'session.close');
      const input = name === step.name ? step.input : { sessionId: newest };
      replies.push(engine.ask(name, input).then((reply) => ({ name, code: reply.ok ? 'ok' : reply.error.code })));
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      if (!restart) continue;
      await engine.host.dispose();
      engine = await openEngine({ store, rate: 20 });
    }
    for (const { code, name } of await Promise.all(replies))
      expect([name, foreseen.has(code) ? '' : code]).toEqual([name, '']);
    const open = store.sessions(100).filter((session) => session.stoppedAt === null);
    expect(open.length).toBeLessThanOrEqual(1);
    const { live } = await engine.call('live.get', {});
    expect(live.session?.id ?? live.resumable?.sessionId).toBe(open[0]?.id);
    for (const session of store.sessions(100)) {
      if (session.stoppedAt !== null) expect(store.summary(session.id)).not.toBeNull();
    }
    expect(engine.errors).toEqual([]);
    await engine.close();
  });
  await fc.assert(play, { numRuns: 25 });
}, 60_000);
