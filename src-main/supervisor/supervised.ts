// Keeps one part running: restarts it with back-off, gives up after three quick deaths, says which state it is in.
import type { PartState } from '@app/shared/view';

export type Startable = {
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
};

export type Supervised<C extends Startable> = {
  readonly state: PartState;
  /** The running child, or null while there is none. */
  readonly child: C | null;
  /** When the part went away, in epoch ms; null while it runs. */
  readonly awaySince: number | null;
  start(): void;
  /** The part has said that it works. */
  ready(): void;
  /** It cannot work, and another start would not change that. */
  giveUp(): void;
  /** Starts it again after it was given up or is stuck. */
  restart(): void;
  /** Ends it for good: `polite` asks, and it is killed if it has not ended within the time. */
  stop(polite: (child: C) => void, withinMs: number): Promise<void>;
};

export type SupervisedOptions<C extends Startable> = {
  launch(): C;
  onState(state: PartState): void;
  onBack(awaySince: number): void;
  now?: () => number;
  backOffMs?: readonly number[];
};

/** A part that dies this soon after its start counts towards giving up. */
const quickDeathMs = 10_000;

/** Makes a part that is restarted when it dies; nothing happens before `start`. */
export function supervise<C extends Startable>(options: SupervisedOptions<C>): Supervised<C> {
  const now = options.now ?? Date.now;
  const backOffMs = options.backOffMs ?? [100, 500, 1_500];
  let state: PartState = 'starting';
  let child: C | null = null;
  let awaySince: number | null = null;
  let startedAt = 0;
  let quickDeaths = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | null = null;

  const become = (next: PartState) => {
    if (state === next) return;
    state = next;
    options.onState(next);
  };
  const launch = () => {
    timer = null;
    startedAt = now();
    const started = options.launch();
    child = started;
    started.onExit(() => {
      if (child === started) died();
    });
  };
  const died = () => {
    child = null;
    if (stopping) return;
    awaySince ??= now();
    quickDeaths = now() - startedAt < quickDeathMs ? quickDeaths + 1 : 1;
    if (quickDeaths > backOffMs.length) return become('failed');
    become('restarting');
    timer = setTimeout(launch, backOffMs[quickDeaths - 1]);
  };
  return {
    get state() {
      return state;
    },
    get child() {
      return child;
    },
    get awaySince() {
      return awaySince;
    },
    start: launch,
    ready() {
      become('running');
      if (awaySince !== null) {
        const since = awaySince;
        awaySince = null;
        options.onBack(since);
      }
    },
    giveUp() {
      quickDeaths = backOffMs.length;
      startedAt = now();
      become('failed');
    },
    restart() {
      if (timer) clearTimeout(timer);
      quickDeaths = 0;
      const old = child;
      child = null;
      old?.kill();
      awaySince ??= now();
      become('restarting');
      launch();
    },
    async stop(polite, withinMs) {
      stopping = true;
      if (timer) clearTimeout(timer);
      const last = child;
      if (!last) return;
      await new Promise<void>((resolve) => {
        const kill = setTimeout(() => {
          last.kill();
          resolve();
        }, withinMs);
        last.onExit(() => {
          clearTimeout(kill);
          resolve();
        });
        polite(last);
      });
      child = null;
    },
  };
}
