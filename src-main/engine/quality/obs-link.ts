// The link to OBS (obs-websocket 5): its figures once a second while connected, and a patient way back when it is gone.
import { type ObsView, emptyObsView as off } from '@app/shared/view';
import { EventSubscription, OBSWebSocket, OBSWebSocketError } from 'obs-websocket-js/json';

export type ObsLink = {
  readonly view: ObsView;
  /** Follows the settings: connects, connects anew, or lets go. */
  apply(settings: { enabled: boolean; port: number }): void;
  stop(): Promise<void>;
};

export type ObsLinkOptions = {
  password(): string | null;
  onChange(view: ObsView): void;
  random(): number;
};

const everyMs = 1_000;
const answerWithinMs = 3_000;
const backOffMs = { first: 1_000, most: 30_000 };
/** obs-websocket closes with this code when the password is wrong or missing. */
const authenticationFailed = 4009;

type Counters = { skipped: number; total: number };

/** The share of frames skipped since the counters were read last; null for no new frames or counters that began anew. */
export function skippedShare(before: Counters | null, now: Counters): number | null {
  if (!before) return null;
  const total = now.total - before.total;
  const skipped = now.skipped - before.skipped;
  return total > 0 && skipped >= 0 ? Math.min(1, skipped / total) : null;
}

/** Makes a link that is off until `apply` turns it on; it only ever speaks to this machine. */
export function makeObsLink({ password, onChange, random }: ObsLinkOptions): ObsLink {
  let view = off;
  let wanted: { port: number } | null = null;
  let socket: OBSWebSocket | null = null;
  let timer: NodeJS.Timeout | null = null;
  let waitMs = backOffMs.first;
  let generation = 0;
  let before: { rendering: Counters; output: Counters } | null = null;

  const become = (next: ObsView) => {
    if (JSON.stringify(next) === JSON.stringify(view)) return;
    view = next;
    onChange(view);
  };
  const after = (ms: number, work: () => void) => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(work, ms);
  };

  async function letGo(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    before = null;
    const old = socket;
    socket = null;
    await old?.disconnect().catch(() => undefined);
  }

  function lost(from: OBSWebSocket, state: 'away' | 'refused'): void {
    if (from !== socket || !wanted) return;
    socket = null;
    before = null;
    become({ ...off, state });
    void from.disconnect().catch(() => undefined);
    after(waitMs * (0.75 + random() / 2), connect);
    waitMs = Math.min(backOffMs.most, waitMs * 2);
  }

  function connect(): void {
    if (!wanted) return;
    const own = new OBSWebSocket();
    socket = own;
    if (view.state === 'off') become({ ...off, state: 'connecting' });
    own.on('ConnectionClosed', (error) => lost(own, error.code === authenticationFailed ? 'refused' : 'away'));
    own
      .connect(`ws://127.0.0.1:${wanted.port}`, password() ?? undefined, { eventSubscriptions: EventSubscription.None })
      .then(
        () => {
          waitMs = backOffMs.first;
          ask(own);
        },
        (error: unknown) => {
          // Without a password the library itself refuses a challenge, before OBS can.
          const isRefused =
            error instanceof OBSWebSocketError
              ? error.code === authenticationFailed
              : /password|auth/i.test(String(error));
          lost(own, isRefused ? 'refused' : 'away');
        },
      );
  }

  function ask(own: OBSWebSocket): void {
    if (own !== socket) return;
    // A socket that sleeps with the machine does not close: no answer in time counts as gone.
    const late = setTimeout(() => lost(own, 'away'), answerWithinMs);
    Promise.all([own.call('GetStats'), own.call('GetStreamStatus')])
      .then(([stats, stream]) => {
        if (own !== socket) return;
        const rendering = { skipped: stats.renderSkippedFrames, total: stats.renderTotalFrames };
        const output = { skipped: stats.outputSkippedFrames, total: stats.outputTotalFrames };
        const shares = [
          skippedShare(before?.rendering ?? null, rendering),
          skippedShare(before?.output ?? null, output),
        ];
        const known = shares.filter((share) => share !== null);
        before = { rendering, output };
        become({
          state: 'connected',
          skippedShare: known.length === 0 ? null : Math.round(Math.max(...known) * 1_000) / 1_000,
          fps: Math.round(stats.activeFps),
          cpuPercent: Math.round(stats.cpuUsage),
          streaming: stream.outputActive,
        });
        after(everyMs, () => ask(own));
      })
      .catch(() => lost(own, 'away'))
      .finally(() => clearTimeout(late));
  }

  return {
    get view() {
      return view;
    },
    apply({ enabled, port }) {
      wanted = enabled ? { port } : null;
      waitMs = backOffMs.first;
      generation += 1;
      const own = generation;
      void letGo().then(() => {
        // Settings that change again while the old connection closes: the newest alone counts.
        if (own !== generation) return;
        become(wanted ? { ...off, state: 'connecting' } : off);
        connect();
      });
    },
    async stop() {
      generation += 1;
      wanted = null;
      await letGo();
    },
  };
}
