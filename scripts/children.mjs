// Programs that live as long as the script that started them: ended in reverse order, with all their own children,
// also after Ctrl-C, a crash of the script, or its being killed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { killTree } from './kill-tree.mjs';

const windows = process.platform === 'win32';

const groupLives = (child) => {
  try {
    process.kill(-child.pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Resolves when `condition` holds or `limitMs` is over, and says which. */
async function waitFor(condition, limitMs) {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}

const ended = (child) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** Asks a program to end, ends what is left of it and of its children after `graceMs`. */
async function stopOne({ child, graceMs }) {
  if (!ended(child)) {
    if (windows) killTree(child.pid);
    else child.kill('SIGTERM');
    await waitFor(() => ended(child), graceMs);
  }
  if (windows || child.pid === undefined) return;
  // Helpers of an ended program (Electron's zygotes, a database's workers) get a moment to go by themselves.
  if (await waitFor(() => !groupLives(child), 500)) return;
  killTree(child.pid, 'SIGKILL');
  await waitFor(() => !groupLives(child), 300);
}

/** Starts the program that looks after the others when this script is killed; `tell` keeps it up to date. */
function openReaper() {
  const reaper = spawn(process.execPath, [join(import.meta.dirname, 'reaper.mjs')], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    windowsHide: true,
  });
  reaper.on('error', () => undefined);
  reaper.stdin.on('error', () => undefined);
  reaper.unref();
  reaper.stdin.unref();
  return { tell: (line) => reaper.stdin.write(`${line}\n`), close: () => reaper.stdin.end() };
}

/**
 * @typedef {import('node:child_process').SpawnOptions & { graceMs?: number }} StartOptions
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 */

/**
 * A list of started programs. `start(name, command, args, options)` spawns one in a process group of its own;
 * `stop()` ends all, last started first; calling it twice is harmless. What is left at exit is killed.
 */
export function openChildren() {
  const started = [];
  let stopping = null;
  let reaper = null;
  const killAll = () => {
    for (const { child } of [...started].reverse()) if (child.pid !== undefined) killTree(child.pid, 'SIGKILL');
  };
  process.on('exit', killAll);
  return {
    /** @type {(name: string, command: string, args: string[], options?: StartOptions) => ChildProcess} */
    start(name, command, args, { graceMs = 5_000, ...options } = {}) {
      const child = spawn(command, args, { ...options, detached: !windows });
      started.push({ name, child, graceMs });
      if (child.pid !== undefined) {
        reaper ??= openReaper();
        reaper.tell(`+${child.pid}`);
        child.once('exit', () => reaper.tell(`-${child.pid}`));
      }
      return child;
    },
    /** True once it was asked to stop: what the programs say from then on is no failure. */
    get stopping() {
      return stopping !== null;
    },
    stop() {
      stopping ??= (async () => {
        for (const entry of [...started].reverse()) await stopOne(entry);
        process.off('exit', killAll);
        reaper?.close();
      })();
      return stopping;
    },
  };
}

/** Ends `children` and then this program on Ctrl-C, a closed terminal or a polite kill; a second Ctrl-C does not wait. */
export function stopOnSignals(children) {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  let asked = false;
  const end = (code) => process.exit(code);
  const onSignal = (signal) => {
    if (asked) return end(codes[signal]);
    asked = true;
    children.stop().then(
      () => end(codes[signal]),
      () => end(1),
    );
  };
  for (const signal of Object.keys(codes)) process.on(signal, onSignal);
  return () => {
    for (const signal of Object.keys(codes)) process.off(signal, onSignal);
  };
}
