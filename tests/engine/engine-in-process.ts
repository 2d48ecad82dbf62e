// The engine's parts in one process for tests: real store, real room over a real socket, real text model; messages are
// cloned as on the way between two processes.
import { join } from 'node:path';
import type { Output, Parsed, Reply } from '@app/shared/ipc';
import type { Inferred, PushMessage, ToInference } from '@app/shared/links';
import { emptyLiveView, type LiveView } from '@app/shared/view';
import { answerCall, type EngineHandlers, makeCalls } from '../../src-main/engine/calls.ts';
import { engineConfig } from '../../src-main/engine/config.ts';
import * as wire from '../../src-main/engine/danmaku/bilibili-wire.ts';
import type { Viewer } from '../../src-main/engine/danmaku/rehearsal-viewers.ts';
import { type SimulatorOptions, startSimulatorServer } from '../../src-main/engine/danmaku/simulator-server.ts';
import { makeEmotionBaseline } from '../../src-main/engine/emotion-baseline.ts';
import { type Host, makeHost } from '../../src-main/engine/host.ts';
import { makeObsLink } from '../../src-main/engine/quality/obs-link.ts';
import { openStore, type Store } from '../../src-main/engine/store/store.ts';
import { makePairing } from '../../src-main/engine/sync/pairing.ts';
import type { Uploader } from '../../src-main/engine/sync/uploader.ts';
import { makeVoiceProfile, type VoiceProfile } from '../../src-main/engine/voice-profile.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';
import { openTextModel } from '../../src-main/inference/text/text.ts';
import type { Logger } from '../../src-main/process/logger.ts';

const models = join(import.meta.dirname, '..', '..', 'models');

export type EngineInProcess = {
  host: Host;
  store: Store;
  /** A call as main makes it; rejects with the code where the engine answers one. */
  call<N extends keyof EngineHandlers>(name: N, input: Parsed<N>): Promise<Output<N>>;
  /** The same with any input; resolves with the reply as it stands. */
  ask(name: string, input: unknown): Promise<Reply<unknown>>;
  /** What a window that heard every push would show. */
  seen(): LiveView;
  pushes: PushMessage[];
  infers: ToInference[];
  errors: string[];
  /** The text model answers no more, as when its process is away. */
  muteInference(): void;
  forgotVoice(): number;
  voice: VoiceProfile;
  /** Gone without a goodbye, as a killed process: nothing that waits is written. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  path?: string;
  maxPages?: number;
  endpoint?: string | null;
  rate?: number;
  coolDownsOff?: boolean;
  now?(): number;
  queueAs?(): { hlc: string } | null;
  store?: Store;
};

/** Starts the parts; whoever opens them closes them. */
export async function openEngine(options: Options = {}): Promise<EngineInProcess> {
  const now = options.now ?? Date.now;
  const text = await openTextModel(await openModelFiles(models));
  const path = options.path ?? ':memory:';
  const store = options.store ?? openStore(path, options.maxPages ? { maxPages: options.maxPages } : {});
  const config = engineConfig.parse({
    databasePath: path,
    appVersion: '0',
    os: 'test',
    secrets: {},
    endpoint: options.endpoint ?? null,
    rate: options.rate ?? null,
    coolDownsOff: options.coolDownsOff ?? false,
    maxPages: null,
  });
  const pushes: PushMessage[] = [];
  const infers: ToInference[] = [];
  const errors: string[] = [];
  let view: LiveView = emptyLiveView;
  let isMute = false;
  let voiceForgotten = 0;
  const log: Logger = { info: () => undefined, warn: () => undefined, error: (event) => void errors.push(event) };
  const secrets = new Map<string, string>();
  const keep = {
    get: (name: string) => secrets.get(name) ?? null,
    set: (name: string, value: string | null) =>
      void (value === null ? secrets.delete(name) : secrets.set(name, value)),
  };
  const voice = makeVoiceProfile(keep, (state) => {
    if (state === null) voiceForgotten += 1;
  });
  const answer = async (message: Extract<ToInference, { type: 'text' }>) => {
    const analyses = await text.analyzeMany(message.texts);
    if (isMute) return;
    const reply = { requestId: message.requestId, analyses, inferredAt: now() };
    host.inferred(structuredClone({ type: 'text', ...reply } satisfies Inferred));
  };
  const host = makeHost({
    store,
    config,
    log,
    now,
    push(push) {
      const sent = structuredClone(push);
      pushes.push(sent);
      if (sent.name === 'live.changed') view = { ...view, ...sent.payload };
    },
    infer(message) {
      const sent = structuredClone(message);
      infers.push(sent);
      if (sent.type === 'text' && !isMute) setImmediate(() => void answer(sent));
    },
    queueAs: options.queueAs ?? (() => null),
    onClosed: () => undefined,
    baseline: makeEmotionBaseline(keep),
  });
  const pairing = makePairing(store, keep, now);
  const uploader: Uploader = {
    status: { lastSyncAt: null, lastError: null },
    nudge: () => undefined,
    stop: async () => undefined,
  };
  const nobody = { paired: false, serverUrl: null, organizationName: null, deviceId: null, syncConsent: false };
  const handlers = makeCalls({
    host,
    store,
    pairing,
    uploader,
    config,
    now,
    keep,
    tellCatalogue: () => void infers.push({ type: 'catalogue', entries: store.settings().catalogue }),
    obs: makeObsLink({ password: () => null, onChange: () => undefined, random: Math.random }),
    pairingView: () => ({ ...nobody, waiting: 0, rejected: 0, lastSyncAt: null, lastError: null }),
    voice,
  });
  const ask = async (name: string, input: unknown) =>
    structuredClone(await answerCall(handlers, log, name, structuredClone(input)));
  return {
    host,
    store,
    pushes,
    infers,
    errors,
    ask,
    async call(name, input) {
      const reply = await ask(name, input);
      if (!reply.ok) throw Object.assign(new Error(`${name}: ${reply.error.message}`), { code: reply.error.code });
      return reply.data as never;
    },
    seen: () => view,
    muteInference() {
      isMute = true;
    },
    forgotVoice: () => voiceForgotten,
    voice,
    async kill() {
      isMute = true;
      store.close();
      await host.dispose();
    },
    async close() {
      isMute = true;
      await host.dispose();
      store.close();
      await text.close();
    },
  };
}

/** A room on this machine in which only happens what the test says. */
export async function openQuietRoom(options: SimulatorOptions = {}) {
  const server = await startSimulatorServer({ ratePerSecond: 0, ...options });
  const room = { roomId: Number(server.roomId), anchorUid: 1 };
  const viewer = (name: string): Viewer => ({
    uid: `10${[...name].map((letter) => letter.codePointAt(0)).join('')}`,
    name,
    medalLevel: 0,
    guardLevel: 0,
    admin: false,
  });
  let count = 0;
  const gift = { id: 31251, name: '干杯', price: 6600, coin: 'gold' as const };
  return {
    endpoint: server.endpoint,
    server,
    say: (name: string, words: string) => server.send([wire.danmuMsg(viewer(name), words, Date.now(), room)]),
    give(name: string) {
      count += 1;
      const step = { gift, count: 1, tid: `${Date.now()}${100_000 + count}`, streak: '', soFar: 1 };
      server.send([wire.sendGift(viewer(name), step, Date.now(), room)]);
    },
    close: () => server.close(),
  };
}

/** Waits for something that has to come, and says what did not. */
export async function until(what: string, isSo: () => boolean, withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (isSo()) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`${what}: not within ${withinMs} ms`);
}
