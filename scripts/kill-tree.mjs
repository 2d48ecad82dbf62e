import { spawnSync } from 'node:child_process';

/** Signals a program that leads a process group, and all in that group; on Windows it ends the program's tree. */
export function killTree(pid, signal) {
  try {
    if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/t', '/f']);
    else process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
