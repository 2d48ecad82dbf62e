import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openChildren } from './children.mjs';
import { run } from './steps.mjs';

const lives = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** A program that ignores a polite end and has a child of its own; it prints the child's number. */
const stubborn = `
process.on('SIGTERM', () => {});
const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
console.log(child.pid);
setInterval(() => {}, 1000);
`;

async function startStubborn(children: ReturnType<typeof openChildren>) {
  const child = children.start('stubborn', process.execPath, ['-e', stubborn], {
    graceMs: 200,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout!, 'data');
  return [child.pid as number, Number(String(line))] as const;
}

it.runIf(process.platform !== 'win32')('a program that ignores the polite end goes with its children', async () => {
  const children = openChildren();
  const pids = await startStubborn(children);
  expect(pids.map(lives)).toEqual([true, true]);
  await children.stop();
  // Killed programs stay listed until the system's first program has read their end.
  await expect.poll(() => pids.map(lives), { timeout: 5_000 }).toEqual([false, false]);
});

it('programs end in reverse order, and ending twice is harmless', async () => {
  const children = openChildren();
  const order: string[] = [];
  for (const name of ['first', 'second']) {
    const child = children.start(name, process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(1)'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.on('exit', () => order.push(name));
    await once(child.stdout!, 'data');
  }
  await Promise.all([children.stop(), children.stop()]);
  expect(order).toEqual(['second', 'first']);
});

describe.runIf(process.platform !== 'win32')('a script', () => {
  it.each([
    ['crashes', "throw new Error('planned')"],
    ['is killed', "process.kill(process.pid, 'SIGKILL')"],
  ])('that %s leaves none of its programs behind', async (_how, end) => {
    const script = `
      import { openChildren } from ${JSON.stringify(join(import.meta.dirname, 'children.mjs'))};
      const child = openChildren().start('x', process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      console.log(child.pid);
      setTimeout(() => { ${end}; }, 300);`;
    const { code, output } = await run(process.execPath, ['--input-type=module', '-e', script]);
    expect(code).not.toBe(0);
    const pid = Number.parseInt(output, 10);
    expect(pid).toBeGreaterThan(1);
    await expect.poll(() => lives(pid), { timeout: 8_000 }).toBe(false);
  });
});
