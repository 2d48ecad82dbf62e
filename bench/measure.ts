// What every bench shares: medians, processes and their memory, and how a program is started and waited for.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A figure beside its reference from the same run; `ratio` is figure / reference, the median of the pairs. */
export type Figure = { unit: string; value: number; reference: number; ratio: number; runs: number; bar?: string };

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Runs figure and reference in turn, A B A B …, and gives medians and the median of the ratios of the pairs. */
export async function pairs(
  runs: number,
  unit: string,
  figure: () => Promise<number> | number,
  reference: () => Promise<number> | number,
): Promise<Figure> {
  const values: number[] = [];
  const references: number[] = [];
  for (let run = 0; run < runs; run++) {
    values.push(await figure());
    references.push(await reference());
  }
  const ratios = values.map((value, index) => value / references[index]!);
  return { unit, value: median(values), reference: median(references), ratio: median(ratios), runs };
}

export type Running = {
  child: ChildProcess;
  waitFor(pattern: RegExp, withinMs: number): Promise<number>;
  stop(): Promise<void>;
};

/** Starts a program; `waitFor` resolves with the milliseconds from its start to the first line that matches. */
export function start(command: string, args: string[], env: NodeJS.ProcessEnv, cwd: string): Running {
  const startedAt = performance.now();
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const check of waiting) check();
    });
  }
  return {
    child,
    waitFor(pattern, withinMs) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`no ${pattern} within ${withinMs} ms: ${output.slice(-1_500)}`)),
          withinMs,
        );
        const check = () => {
          if (!pattern.test(output)) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(performance.now() - startedAt);
        };
        waiting.add(check);
        check();
      });
    },
    async stop() {
      if (child.exitCode !== null || child.pid === undefined) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** Proportional memory (PSS) of a process and all below it in MiB, as Linux counts it. */
export function treePssMib(pid: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    if (stat) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (one: number): boolean =>
    one === pid || (parents.has(one) && parents.get(one) !== 0 && isBelow(parents.get(one)!));
  let kib = 0;
  for (const one of parents.keys()) {
    if (isBelow(one)) kib += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`) ?? '')?.[1] ?? 0);
  }
  return kib / 1024;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the process ended meanwhile
  }
}
