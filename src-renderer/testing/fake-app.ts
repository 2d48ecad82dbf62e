import type { Input, Output, Pushes, PushName, Reply, RequestName } from '@app/shared/ipc';
import { emptyLiveView, type LiveView } from '@app/shared/view';
import {
  liveFixture,
  pairingFixture,
  reportFixture,
  sessionId,
  sessionRowFixture,
  settingsFixture,
  systemFixture,
} from './fixtures.ts';

type Answers = { [N in RequestName]?: (input: Input<N>) => Output<N> | Promise<Output<N>> };

/** Something a fake answer throws to be answered with a code. */
export class FakeFailure extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A `window.app` that answers from fixtures, remembers every call and can push. */
export type FakeApp = {
  calls: { name: RequestName; input: unknown }[];
  callsOf<N extends RequestName>(name: N): Input<N>[];
  push<N extends PushName>(name: N, payload: Pushes[N]): void;
};

function defaults(live: LiveView): Answers {
  let settings = settingsFixture;
  return {
    'live.get': () => ({ live, danmaku: [] }),
    'settings.get': () => ({ settings }),
    'system.get': () => systemFixture,
    'pairing.get': () => pairingFixture,
    'obs.get': () => ({ state: 'connected', skippedShare: 0.002, fps: 60, cpuPercent: 9, streaming: true }),
    'sessions.list': () => ({ sessions: [sessionRowFixture] }),
    'sessions.get': () => ({ report: reportFixture }),
    'session.start': () => ({ sessionId }),
    'session.stop': () => ({ sessionId }),
    'danmaku.search': () => ({ rows: [] }),
    'replay.choose': () => ({ path: null }),
    'settings.set': (patch) => {
      settings = {
        ...settings,
        ...patch,
        overlay: { ...settings.overlay, ...patch.overlay },
        devices: { ...settings.devices, ...patch.devices },
        obs: { ...settings.obs, ...patch.obs },
        retention: { ...settings.retention, ...patch.retention },
      };
      return { settings };
    },
    'hotkey.set': ({ action, accelerator }) => {
      settings = { ...settings, hotkeys: { ...settings.hotkeys, [action]: accelerator } };
      return { settings };
    },
  };
}

/** Puts a fake bridge into the page; `live` is `null` for a page that is off air. */
export function installFakeApp(options: { live?: LiveView | null; answers?: Answers } = {}): FakeApp {
  const live = options.live === null ? emptyLiveView : (options.live ?? liveFixture(Date.now()));
  const answers = { ...defaults(live), ...options.answers } as Record<
    string,
    ((input: unknown) => unknown) | undefined
  >;
  const listeners = new Set<(name: string, payload: unknown) => void>();
  const calls: FakeApp['calls'] = [];
  const request = async (name: string, input: unknown): Promise<Reply<unknown>> => {
    calls.push({ name: name as RequestName, input });
    try {
      return { ok: true, data: (await answers[name]?.(input)) ?? {} };
    } catch (error) {
      const code = error instanceof FakeFailure ? error.code : 'INTERNAL';
      return { ok: false, error: { code, message: code } };
    }
  };
  const onPush = (listener: (name: string, payload: unknown) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  Object.assign(window, { app: { request, onPush } });
  return {
    calls,
    callsOf: <N extends RequestName>(name: N) =>
      calls.filter((call) => call.name === name).map((call) => call.input as Input<N>),
    push(name, payload) {
      for (const listener of listeners) listener(name, payload);
    },
  };
}
