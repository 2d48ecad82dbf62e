// The one state of the workstation: what main and the engine said, which page is open, and the last call that failed.
import type { Input, Output, RequestName } from '@app/shared/ipc';
import type { Settings } from '@app/shared/settings';
import {
  emptyLiveView,
  emptyObsView,
  type LiveView,
  type ObsView,
  type PairingView,
  type SystemView,
} from '@app/shared/view';
import { wordsFor } from '@app/shared/words/words';
import { create } from 'zustand';
import { codeOf, onPush, request } from './app-api.ts';
import { type DanmakuList, emptyDanmaku, mergeDanmaku, rebuildDanmaku } from './danmaku-list.ts';

export type Page = 'live' | 'history' | 'settings' | 'pairing';
export type Boot = { state: 'reading' } | { state: 'ready' } | { state: 'failed'; code: string };

export type AppState = {
  boot: Boot;
  live: LiveView;
  danmaku: DanmakuList;
  settings: Settings | null;
  system: SystemView | null;
  pairing: PairingView | null;
  obs: ObsView;
  page: Page;
  /** The session whose report is open on the history page. */
  reportId: string | null;
  /** The session that was just stopped: its report is offered, not forced. */
  endedId: string | null;
  /** The code of the last call that failed; shown until it is closed. */
  problem: string | null;
  /** A short thing to say in passing, such as "marked". */
  notice: { text: string; key: number } | null;
};

const first: AppState = {
  boot: { state: 'reading' },
  live: emptyLiveView,
  danmaku: emptyDanmaku,
  settings: null,
  system: null,
  pairing: null,
  obs: emptyObsView,
  page: 'live',
  reportId: null,
  endedId: null,
  problem: null,
  notice: null,
};

export const useApp = create<AppState>()(() => ({ ...first }));
const set = useApp.setState;

function applyLive(change: Partial<LiveView>): void {
  set((state) => {
    const live = { ...state.live, ...change };
    const isNew = live.session !== null && live.session.id !== state.live.session?.id;
    return isNew ? { live, danmaku: emptyDanmaku, endedId: null } : { live };
  });
}

/** Reads everything once; `boot` says how it went. Settings and system are main's and may come although the engine is away. */
export async function readAll(): Promise<void> {
  set({ boot: { state: 'reading' } });
  const optional = <T>(promise: Promise<T>, use: (value: T) => void) => promise.then(use, () => undefined);
  const others = [
    optional(request('settings.get', {}), ({ settings }) => set({ settings })),
    optional(request('system.get', {}), (system) => set({ system })),
    optional(request('pairing.get', {}), (pairing) => set({ pairing })),
    optional(request('obs.get', {}), (obs) => set({ obs })),
  ];
  try {
    const { live, danmaku } = await request('live.get', {});
    set((state) => ({ live, danmaku: rebuildDanmaku(state.danmaku, danmaku), boot: { state: 'ready' } }));
  } catch (error) {
    set({ boot: { state: 'failed', code: codeOf(error) } });
  }
  await Promise.all(others);
}

/** Connects the state to the pushes and reads it; the returned function disconnects it. */
export function startApp(): () => void {
  const stops = [
    onPush('live.changed', applyLive),
    onPush('live.danmaku', (push) => set((state) => ({ danmaku: mergeDanmaku(state.danmaku, push) }))),
    onPush('system.changed', (system) => {
      const engineCameBack = useApp.getState().boot.state === 'failed' && system.processes.engine === 'running';
      set({ system });
      if (engineCameBack) void readAll();
    }),
    onPush('settings.changed', (settings) => set({ settings })),
    onPush('pairing.changed', (pairing) => set({ pairing })),
    onPush('obs.changed', (obs) => set({ obs })),
    onPush('hotkey.pressed', ({ action, code }) => {
      const { pressed } = wordsFor(useApp.getState().settings?.language ?? 'zh');
      if (code) set({ problem: code });
      else say(pressed[action]);
    }),
  ];
  void readAll();
  return () => {
    for (const stop of stops) stop();
  };
}

/** Makes a call whose failure the page shows as a sentence; null then. The sentence of an earlier call goes. */
export async function act<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N> | null> {
  set({ problem: null });
  try {
    return await request(name, input);
  } catch (error) {
    set({ problem: codeOf(error) });
    return null;
  }
}

/** Changes settings through main and shows what main made of them. */
export async function saveSettings(patch: Input<'settings.set'>): Promise<boolean> {
  const reply = await act('settings.set', patch);
  if (reply) set({ settings: reply.settings });
  return reply !== null;
}

export const openPage = (page: Page): void => set({ page, reportId: null, problem: null });
export const openReport = (reportId: string | null): void => set({ page: 'history', reportId });
export const closeProblem = (): void => set({ problem: null });
export const say = (text: string): void => set({ notice: { text, key: Date.now() } });

/** Puts the state back to its beginning; for tests. */
export const resetApp = (): void => set({ ...first }, true);
