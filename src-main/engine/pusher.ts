// Sends what changed to the windows: at most twenty times a second, a card at once.
import type { PushMessage } from '@app/shared/links';
import type { LiveView, OverlayView } from '@app/shared/view';
import { emptyLiveView } from '@app/shared/view';
import type { LiveViewBuilder } from './view/live-view.ts';

export type PushTo = (push: PushMessage) => void;

export type Pusher = {
  changed(builder: LiveViewBuilder, urgent: boolean): void;
  /** Between sessions: this is the whole view now. */
  reset(view: LiveView): void;
  stop(): void;
};

const everyMs = 50;
/** Below this an age is no news; above it, it is told in steps. */
const staleStepsSeconds = [10, 20, 30, 60, 120, 300];

/** The overlay's part of the live page; it changes seldom, so that the overlay draws seldom. */
export function toOverlay(view: LiveView, now: number): OverlayView {
  const { session, connector, storage } = view;
  const age = connector.lastEventAt === null ? 0 : (now - connector.lastEventAt) / 1000;
  const stale = session ? (staleStepsSeconds.findLast((step) => age >= step) ?? null) : null;
  const hasGap = connector.state === 'reconnecting' || connector.state === 'error' || storage.state !== 'ok';
  return {
    connector: session ? connector.state : 'off',
    staleSeconds: stale,
    quality: !session ? 'off' : hasGap ? 'gap' : 'good',
    load: view.load.state,
    live: session !== null,
    onBreak: session?.breakSince != null,
    cards: view.cards,
  };
}

/** Makes a pusher over a link to main. */
export function makePusher(push: PushTo, now: () => number): Pusher {
  let timer: NodeJS.Timeout | null = null;
  let waiting: LiveViewBuilder | null = null;
  let sentAt = 0;
  let lastOverlay = '';

  const pushOverlay = (view: LiveView) => {
    const payload = toOverlay(view, now());
    const text = JSON.stringify(payload);
    if (text === lastOverlay) return;
    lastOverlay = text;
    push({ name: 'overlay.changed', payload });
  };
  const send = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    const builder = waiting;
    waiting = null;
    if (!builder) return;
    sentAt = now();
    pushOverlay(builder.view());
    const payload = builder.changes();
    if (Object.keys(payload).length > 0) push({ name: 'live.changed', payload });
  };
  return {
    changed(builder, urgent) {
      waiting = builder;
      if (urgent) return send();
      // Never longer than one step, also when somebody sets the clock back.
      timer ??= setTimeout(send, Math.min(everyMs, Math.max(0, everyMs - (now() - sentAt))));
    },
    reset(view) {
      if (timer) clearTimeout(timer);
      timer = null;
      waiting = null;
      push({ name: 'live.changed', payload: { ...emptyLiveView, ...view } });
      pushOverlay(view);
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
