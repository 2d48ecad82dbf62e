import type { Settings } from '@app/shared/settings';
import type { LiveView, OverlayView, SystemView } from '@app/shared/view';
import { useEffect, useState } from 'react';
import { onPush, request } from '../../app-api.ts';

export type OverlayState = { view: OverlayView; settings: Settings | null; system: SystemView | null };

const offAir: OverlayView = {
  connector: 'off',
  staleSeconds: null,
  quality: 'off',
  load: 'unknown',
  live: false,
  onBreak: false,
  cards: [],
};

/** What the overlay can know from the live page until the first push of its own. */
export const firstView = (live: LiveView): OverlayView => ({
  connector: live.connector.state,
  staleSeconds: null,
  quality: live.session ? 'good' : 'off',
  load: live.load.state,
  live: live.session !== null,
  onBreak: live.session?.breakSince != null,
  cards: live.cards,
});

/** The overlay's state: read once, then changed by pushes only, so that nothing runs in between. */
export function useOverlayState(): OverlayState {
  const [state, setState] = useState<OverlayState>({ view: offAir, settings: null, system: null });
  useEffect(() => {
    let pushed = false;
    const put = (change: Partial<OverlayState>) => setState((old) => ({ ...old, ...change }));
    const stops = [
      onPush('overlay.changed', (view) => {
        pushed = true;
        put({ view });
      }),
      onPush('settings.changed', (settings) => put({ settings })),
      onPush('system.changed', (system) => put({ system })),
    ];
    // The bar says "off air" until an answer comes; a call that fails is repaired by the next push.
    request('settings.get', {}).then(
      ({ settings }) => put({ settings }),
      () => undefined,
    );
    request('system.get', {}).then(
      (system) => put({ system }),
      () => undefined,
    );
    request('live.get', {}).then(
      ({ live }) => !pushed && put({ view: firstView(live) }),
      () => undefined,
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, []);
  return state;
}
