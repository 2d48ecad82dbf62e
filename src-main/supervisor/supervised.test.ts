import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Startable, supervise } from './supervised.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Fake = Startable & { die(): void; killed: boolean };
function makeFake(): Fake {
  const listeners: ((code: number | null) => void)[] = [];
  const fake: Fake = {
    killed: false,
    onExit: (listener) => void listeners.push(listener),
    kill: () => {
      fake.killed = true;
    },
    die() {
      for (const listener of listeners) listener(1);
    },
  };
  return fake;
}
function setUp() {
  const children: Fake[] = [];
  const states: string[] = [];
  const back: number[] = [];
  const part = supervise({
    launch: () => {
      const child = makeFake();
      children.push(child);
      return child;
    },
    onState: (state) => states.push(state),
    onBack: (since) => back.push(since),
  });
  part.start();
  part.ready();
  return { part, children, states, back };
}

test('a part that dies is back well within three seconds, and the gap is told from the moment of its death', () => {
  const { part, children, states, back } = setUp();
  vi.advanceTimersByTime(60_000);
  const diedAt = Date.now();
  children[0]!.die();
  expect(part.child).toBeNull();
  vi.advanceTimersByTime(200);
  expect(children).toHaveLength(2);
  part.ready();
  expect(back).toEqual([diedAt]);
  expect(states).toEqual(['running', 'restarting', 'running']);
});

test('a part that dies at once again and again is given up after three restarts, and can be started by hand', () => {
  const { part, children } = setUp();
  for (let i = 0; i < 4; i++) {
    children.at(-1)!.die();
    vi.advanceTimersByTime(2_000);
  }
  expect(part.state).toBe('failed');
  expect(children).toHaveLength(4);
  part.restart();
  expect(children).toHaveLength(5);
  part.ready();
  expect(part.state).toBe('running');
});

test('a long-lived part that dies rarely is never given up', () => {
  const { part, children } = setUp();
  for (let i = 0; i < 20; i++) {
    vi.advanceTimersByTime(3_600_000);
    children.at(-1)!.die();
    vi.advanceTimersByTime(2_000);
    part.ready();
  }
  expect(part.state).toBe('running');
});

test('a part that does not end when asked is killed, and is not started again', async () => {
  const { part, children } = setUp();
  const stopped = part.stop(() => undefined, 500);
  await vi.advanceTimersByTimeAsync(600);
  await stopped;
  expect(children[0]!.killed).toBe(true);
  children[0]!.die();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(children).toHaveLength(1);
});
