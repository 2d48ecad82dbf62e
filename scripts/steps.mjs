// What every script prints: one line a step with the time since the start, and one sentence when something fails.
import { spawn } from 'node:child_process';

const startedAt = performance.now();
const clock = () => `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s`;

/** Seconds since this program started, as a number. */
export const secondsSoFar = () => (performance.now() - startedAt) / 1000;

let stream = process.stdout;

/** From now on progress goes to stderr: for programs whose stdout is a result. */
export function sayOnStderr() {
  stream = process.stderr;
}

/** Prints one progress line, Chinese first, with the time since the start. */
export function say(zh, en) {
  stream.write(`${clock()}  ${zh} · ${en}\n`);
}

/** A failure a person can do something about: both sentences say what to do next. */
export class Problem extends Error {
  constructor(zh, en) {
    super(`${zh}\n           ${en}`);
    this.name = 'Problem';
  }
}

const reasons = {
  EACCES: ['没有权限', 'permission denied'],
  EPERM: ['没有权限', 'not permitted'],
  EROFS: ['文件系统是只读的', 'the file system is read-only'],
  ENOSPC: ['磁盘已满', 'the disk is full'],
};

/** A sentence for what the system refuses, which is no fault of the program; else the whole stack. */
function explain(error) {
  const [zh, en] = reasons[error?.code] ?? [];
  if (!zh) return error instanceof Error ? error.stack : String(error);
  const path = error.path ?? '';
  return new Problem(`无法写入 ${path}：${zh}。`, `Cannot write ${path}: ${en}.`).message;
}

/** Prints a failure: the sentence of a Problem alone, the whole stack of a fault of the program. */
export function complain(error) {
  const text = error instanceof Problem ? error.message : explain(error);
  process.stderr.write(`${clock()}  ✗ ${text}\n`);
}

/**
 * Runs a program to its end and returns its exit code and the last of what it printed.
 * `show` passes the output on to the screen; past `timeoutMs` the program is ended and `timedOut` is true.
 */
export function run(command, args, { cwd, env = process.env, timeoutMs = 600_000, show = false } = {}) {
  return new Promise((resolve) => {
    const windowsScript = process.platform === 'win32' && !command.includes('\\');
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], shell: windowsScript });
    let output = '';
    let timedOut = false;
    const keep = (stream) => (chunk) => {
      output = (output + chunk).slice(-20_000);
      if (show) stream.write(chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: -1, output: `${output}${error.message}`, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? -1, output, timedOut });
    });
  });
}

/** The last lines of a program's output, for a failure sentence. */
export const lastLines = (output, count = 8) => output.trim().split('\n').slice(-count).join('\n           ');
