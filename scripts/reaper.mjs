// Started beside a script that starts programs; ends those programs when the script was killed and could not.
// Reads "+PID" for a started one and "-PID" for one that ended; the end of the input is the end of the script.
import { createInterface } from 'node:readline';
import { killTree } from './kill-tree.mjs';

const living = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const pid = Number(line.slice(1));
    if (line.startsWith('+')) living.add(pid);
    else living.delete(pid);
  })
  .on('close', () => {
    const pids = [...living].reverse();
    const signalAll = (signal) => {
      for (const pid of pids) killTree(pid, signal);
    };
    signalAll('SIGTERM');
    // A database closes its files in this time; a program that does not listen is ended.
    if (pids.length > 0) setTimeout(signalAll, 4_000, 'SIGKILL');
  });
