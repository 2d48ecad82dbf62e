// The engine process: wires store, session, suggestions and sync to the port of main, and nothing else.
import { createHash } from 'node:crypto';
import type { FromEngine, ToEngine } from '@app/shared/links';
import type { PairingView } from '@app/shared/view';
import { background } from '../process/background.ts';
import { openLogger } from '../process/logger.ts';
import { openParentPort } from '../process/port.ts';
import { answerCall, makeCalls } from './calls.ts';
import { engineConfig } from './config.ts';
import { makeEmotionBaseline } from './emotion-baseline.ts';
import { makeHost } from './host.ts';
import { makeObsLink } from './quality/obs-link.ts';
import { StoreFailure } from './store/open-database.ts';
import { startRetention } from './store/retention.ts';
import { openStore, type Store } from './store/store.ts';
import { makeHlc } from './sync/hlc.ts';
import { makePairing, type Secrets } from './sync/pairing.ts';
import { startUploader, summaryConsent } from './sync/uploader.ts';
import { makeVoiceProfile } from './voice-profile.ts';

const config = engineConfig.parse(JSON.parse(process.argv.at(-1) ?? '{}'));
const log = openLogger('engine');
const port = openParentPort<ToEngine, FromEngine>();
const now = Date.now;
const store = openOrSayWhyNot();
const retention = startRetention({
  store,
  now,
  onFailure: (error) => log.error('retention_failed', { kind: error instanceof Error ? error.name : '' }),
});

const secrets = new Map(Object.entries(config.secrets));
const keep: Secrets = {
  get: (name) => secrets.get(name) ?? null,
  set(name, value) {
    if (value === null) secrets.delete(name);
    else secrets.set(name, value);
    port.send({ type: 'secret', name, value });
  },
};
const pairing = makePairing(store, keep, now);
const voice = makeVoiceProfile(keep, (state) => port.send({ type: 'infer', message: { type: 'speaker', state } }));
const obs = makeObsLink({
  password: () => keep.get('obs-password'),
  random: Math.random,
  onChange(view) {
    port.send({ type: 'push', push: { name: 'obs.changed', payload: view } });
    port.send({ type: 'infer', message: { type: 'obs', skippedShare: view.skippedShare } });
  },
});
obs.apply(store.settings().obs);
const tellCatalogue = () =>
  port.send({ type: 'infer', message: { type: 'catalogue', entries: store.settings().catalogue } });
const pairingView = (): PairingView => {
  const server = pairing.current();
  const { waiting, rejected } = store.outbox.counts();
  return {
    paired: server !== null,
    serverUrl: server?.serverUrl ?? null,
    organizationName: server?.organizationName ?? null,
    deviceId: server?.deviceId ?? null,
    syncConsent: store.consent.granted(summaryConsent),
    waiting,
    rejected,
    ...uploader.status,
  };
};
const pushPairing = () => port.send({ type: 'push', push: { name: 'pairing.changed', payload: pairingView() } });
const uploader = startUploader({ store, pairing, now, random: Math.random, onStatus: pushPairing });

const queueAs = () => {
  const server = pairing.current();
  if (!server || !store.consent.granted(summaryConsent)) return null;
  const node = createHash('sha256').update(server.deviceId).digest('hex').slice(0, 8);
  const last = store.note('hlc');
  const hlc = makeHlc(node, now, typeof last === 'string' ? last : '').next();
  store.setNote('hlc', hlc);
  return { hlc };
};
const host = makeHost({
  store,
  config,
  log,
  now,
  push: (push) => port.send({ type: 'push', push }),
  infer(message) {
    // Told with each session: inference may have been started later than this process, or anew.
    if (message.type === 'session' && message.active) {
      voice.tell();
      tellCatalogue();
    }
    port.send({ type: 'infer', message });
  },
  queueAs,
  baseline: makeEmotionBaseline(keep),
  onClosed: () => {
    uploader.nudge();
    pushPairing();
  },
});
const handlers = makeCalls({
  host,
  store,
  pairing,
  uploader,
  config,
  now,
  pairingView,
  voice,
  obs,
  tellCatalogue,
  keep,
});

/** A database that cannot be used is told in words, not by dying three times. */
function openOrSayWhyNot(): Store {
  try {
    return openStore(config.databasePath, config.maxPages ? { maxPages: config.maxPages } : {});
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error;
    log.error('store_unusable', { code: error.code });
    port.send({ type: 'unusable', code: error.code });
    port.onClose(() => process.exit(1));
    throw error;
  }
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try {
    retention.stop();
    // The session first: main does not wait for ever, and the uploader has nothing that another start would miss.
    await host.dispose();
    await uploader.stop();
    await obs.stop();
    store.close();
  } finally {
    process.exit();
  }
}

port.onMessage((message) => {
  switch (message.type) {
    case 'call': {
      const { callId } = message;
      const reply = answerCall(handlers, log, message.name, message.input).then((value) => {
        port.send({ type: 'reply', callId, reply: value });
        if (message.name.startsWith('pairing.') || message.name.startsWith('consent.')) pushPairing();
      });
      return background(log, message.name, reply);
    }
    case 'inferred':
      voice.heard();
      if (message.message.type === 'speaker') return voice.save(message.message.state);
      return host.inferred(message.message);
    case 'device':
      return host.session?.record({ type: 'device.state', at: now(), device: message.device, state: message.state });
    case 'gap':
      if (message.part === 'inference') voice.lost();
      return host.gap(message.part, message.fromAt);
    case 'stop':
      return background(log, 'stop', stop());
    default:
  }
});
port.onClose(() => background(log, 'stop', stop()));

port.send({ type: 'ready' });
log.info('engine_ready', { waiting: store.outbox.counts().waiting });
