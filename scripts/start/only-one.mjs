// One rehearsal a folder: a second one would build into the same files and stop at the same database.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../steps.mjs';

function readPid(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}

/** Whether a program with this number runs; on Linux it must be a start script, since numbers are given out again. */
function runs(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
  } catch {
    return false;
  }
}

/** Takes the folder for this program by the file at `path`; throws a Problem while another one that lives has it. Returns how to give it back. */
export function takePlace(path, { pid = process.pid, alive = runs } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(path, String(pid), { flag: 'wx' });
      return () => {
        if (readPid(path) === pid) rmSync(path, { force: true });
      };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const other = readPid(path);
    if (alive(other)) {
      throw new Problem(
        `这个文件夹里已经有一个演练在运行（进程 ${other}）。请先在它的终端按 Ctrl-C，再启动。`,
        `A rehearsal is already running from this folder (process ${other}). Press Ctrl-C in its terminal first.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new Problem(
    '另一个演练正在启动。请稍后重试。',
    'Another rehearsal is starting right now. Try again in a moment.',
  );
}
