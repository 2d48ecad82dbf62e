// What the engine answers to windows, by name. Thin: each line asks the part that owns the matter.
import {
  type EngineRequestName,
  engineRequests,
  IpcFailure,
  type Output,
  type Parsed,
  type Reply,
} from '@app/shared/ipc';
import { settings } from '@app/shared/settings';
import type { PairingView } from '@app/shared/view';
import type { Logger } from '../process/logger.ts';
import type { EngineConfig } from './config.ts';
import type { Host } from './host.ts';
import type { ObsLink } from './quality/obs-link.ts';
import { makeReport, toSessionRow } from './report/report.ts';
import type { LiveSession } from './session/live-session.ts';
import type { Store } from './store/store.ts';
import type { Pairing, Secrets } from './sync/pairing.ts';
import { ServerFailure } from './sync/server-call.ts';
import { summaryConsent, type Uploader } from './sync/uploader.ts';
import { recentRows } from './view/recent-rows.ts';
import type { VoiceProfile } from './voice-profile.ts';

export type EngineHandlers = {
  [N in EngineRequestName]: (input: Parsed<N>) => Promise<Output<N>> | Output<N>;
};

export type CallParts = {
  host: Host;
  store: Store;
  pairing: Pairing;
  uploader: Uploader;
  config: EngineConfig;
  now(): number;
  pairingView(): PairingView;
  /** The streamer's voice baseline: it goes with an erase. */
  voice: Pick<VoiceProfile, 'view' | 'exported' | 'forget'>;
  obs: ObsLink;
  /** Inference is told the catalogue of the settings. */
  tellCatalogue(): void;
  keep: Secrets;
};

const done: Record<string, never> = {};

/** One handler a route; a missing one does not compile. */
export function makeCalls(parts: CallParts): EngineHandlers {
  const { host, store, pairing, uploader, config, now, pairingView, voice, obs, tellCatalogue, keep } = parts;
  const onAir = (): LiveSession => {
    if (!host.session) throw new IpcFailure('NO_SESSION', 'no session is running');
    return host.session;
  };
  const onCard = (suggestionId: string): LiveSession => {
    const session = onAir();
    const card = session.card(suggestionId);
    if (card === 'unknown') throw new IpcFailure('SUGGESTION_NOT_FOUND', suggestionId);
    if (card === 'closed') throw new IpcFailure('CARD_GONE', suggestionId);
    return session;
  };
  let pairingNow = false;
  return {
    'live.get': () => host.live(),
    'session.start': async (input) => ({ sessionId: await host.start(input) }),
    'session.stop': async () => ({ sessionId: await host.stop() }),
    'session.resume': async ({ sessionId, part }) => ({ sessionId: await host.resume(sessionId, part) }),
    'session.close': async ({ sessionId }) => {
      await host.closeLeft(sessionId);
      return { sessionId };
    },
    'sessions.list': ({ limit }) => ({
      sessions: store.sessions(limit).map((session) => toSessionRow(session, store)),
    }),
    async 'sessions.get'({ sessionId }) {
      const session = store.session(sessionId);
      if (!session) throw new IpcFailure('SESSION_NOT_FOUND', sessionId);
      return { report: await makeReport(session, store) };
    },
    async 'danmaku.search'({ query, limit }) {
      const found = await store.search(query, limit);
      return { rows: recentRows(found).map((row, index) => ({ ...row, sessionId: found[index]!.sessionId })) };
    },
    'suggestion.accept'({ suggestionId }) {
      onCard(suggestionId).record({ type: 'suggestion.closed', at: now(), suggestionId, outcome: 'accepted' });
      return done;
    },
    'suggestion.dismiss'({ suggestionId }) {
      onCard(suggestionId).record({ type: 'suggestion.closed', at: now(), suggestionId, outcome: 'dismissed' });
      return done;
    },
    'suggestion.rate'({ suggestionId, rating }) {
      const session = onAir();
      // A card may be rated after it left the screen, but only while its session is on air.
      if (session.card(suggestionId) === 'unknown') throw new IpcFailure('SUGGESTION_NOT_FOUND', suggestionId);
      session.record({ type: 'suggestion.rated', at: now(), suggestionId, rating });
      return done;
    },
    'suggestion.shown'({ suggestionId, shownAt }) {
      host.session?.shown(suggestionId, shownAt);
      return done;
    },
    'question.answered'({ danmakuIds }) {
      onAir().record({ type: 'question.answered', at: now(), danmakuIds });
      return done;
    },
    'break.set'({ active }) {
      const session = onAir();
      if ((session.builder.view().session?.breakSince != null) !== active) {
        session.record({ type: 'break', at: now(), active });
      }
      return done;
    },
    'marker.add': () => {
      onAir().record({ type: 'marker', at: now() });
      return done;
    },
    'help.ask': () => {
      onAir().record({ type: 'help.asked', at: now() });
      return done;
    },
    'settings.get': () => ({ settings: store.settings() }),
    'settings.save'(patch) {
      const before = store.settings();
      const next = settings.parse({
        ...before,
        ...patch,
        hotkeys: { ...before.hotkeys, ...patch.hotkeys },
        overlay: { ...before.overlay, ...patch.overlay },
        devices: { ...before.devices, ...patch.devices },
        obs: { ...before.obs, ...patch.obs },
        retention: { ...before.retention, ...patch.retention },
      });
      store.saveSettings(next);
      if (patch.obs) obs.apply(next.obs);
      if (patch.catalogue) tellCatalogue();
      return { settings: next };
    },
    'pairing.get': () => pairingView(),
    async 'pairing.redeem'({ serverUrl, code, name }) {
      if (pairingNow || pairing.current()) throw new IpcFailure('ALREADY_PAIRED', 'this device is paired');
      pairingNow = true;
      try {
        await pairing.redeem({ serverUrl, code, name }, { os: config.os, version: config.appVersion });
      } catch (error) {
        throw error instanceof ServerFailure ? new IpcFailure(error.code, error.message) : error;
      } finally {
        pairingNow = false;
      }
      // The server has the consent from the pairing itself, so it need not be told again.
      store.consent.set(summaryConsent, true, now());
      for (const { version } of store.consent.untold()) store.consent.told(version, now());
      uploader.nudge();
      return pairingView();
    },
    'pairing.remove': () => {
      pairing.remove();
      return pairingView();
    },
    'consent.set'({ kind, granted }) {
      if (!pairing.current()) throw new IpcFailure('NOT_PAIRED', 'this device is not paired');
      if (store.consent.granted(kind) !== granted) store.consent.set(kind, granted, now());
      uploader.nudge();
      return pairingView();
    },
    'outbox.retry': () => {
      store.outbox.retryRejected();
      uploader.nudge();
      return pairingView();
    },
    'obs.get': () => obs.view,
    'obs.password'({ password }) {
      keep.set('obs-password', password === '' ? null : password);
      obs.apply(store.settings().obs);
      return done;
    },
    'voice.get': () => ({ profile: voice.view() }),
    'voice.export'() {
      const json = voice.exported();
      if (json === null) throw new IpcFailure('NO_VOICE_PROFILE', 'nothing is kept of a voice');
      return { json };
    },
    'voice.forget': () => {
      voice.forget();
      return done;
    },
    'data.erase': async () => {
      const rows = await host.erase();
      voice.forget();
      uploader.nudge();
      return { rows };
    },
  };
}

/** Answers one call of main: the input checked, every failure a value. */
export async function answerCall(
  handlers: EngineHandlers,
  log: Logger,
  name: string,
  input: unknown,
): Promise<Reply<unknown>> {
  const fail = (code: string, message: string): Reply<never> => ({ ok: false, error: { code, message } });
  if (!Object.hasOwn(engineRequests, name)) return fail('UNKNOWN_ROUTE', name);
  const key = name as EngineRequestName;
  const parsed = engineRequests[key].input.safeParse(input);
  if (!parsed.success) return fail('BAD_INPUT', `${key}: ${parsed.error.issues[0]?.message ?? 'cannot be read'}`);
  try {
    return { ok: true, data: await handlers[key](parsed.data as never) };
  } catch (error) {
    if (error instanceof IpcFailure) return fail(error.code, error.message);
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL';
    log.error('call_failed', { call: key, code, kind: error instanceof Error ? error.name : typeof error });
    return fail(code === 'SQLITE_FULL' ? 'DATABASE_FULL' : 'INTERNAL', 'unexpected failure');
  }
}
