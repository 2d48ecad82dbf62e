// The contract between windows and main, declared once. Engine routes are answered by the engine, the rest by main.
import { z } from 'zod';
import { hotkeyAction, mainSettingsPatch, type Settings, settingsPatch } from './settings.ts';
import type {
  DanmakuPush,
  DanmakuRow,
  LiveView,
  ObsView,
  OverlayView,
  PairingView,
  SystemView,
  VoiceProfileView,
} from './view.ts';

/** Main is trusted by its windows, so an answer needs a type only. */
type Gives<O> = (value: O) => O;
const route = <I extends z.ZodType, O>(input: I, output: Gives<O>) => ({ input, output });
const gives =
  <O>(): Gives<O> =>
  (value) =>
    value;
const nothing = z.strictObject({});
const id = z.uuid();

export type SessionRow = {
  id: string;
  roomName: string;
  platform: string;
  source: string;
  startedAt: number;
  stoppedAt: number | null;
  danmaku: number;
  gifts: number;
  cards: number;
  accepted: number;
  synced: 'local' | 'waiting' | 'sent' | 'rejected';
};
export type SessionReport = SessionRow & {
  byType: Record<string, number>;
  viewers: number;
  breaks: { startedAt: number; stoppedAt: number }[];
  gaps: { part: string; fromAt: number; toAt: number }[];
  cardList: {
    id: string;
    trigger: string;
    headline: string;
    outcome: string;
    rating: number | null;
    createdAt: number;
  }[];
  emotionShare: Record<string, number>;
  uncertainShare: number;
  minutes: { at: number; danmaku: number; sentiment: number | null }[];
  latency: { count: number; p50Ms: number | null; p95Ms: number | null };
};

/** Calls that the engine answers. */
export const engineRequests = {
  'live.get': route(nothing, gives<{ live: LiveView; danmaku: DanmakuRow[] }>()),
  'session.start': route(
    z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('rehearsal') }),
      z.strictObject({ source: z.literal('replay'), path: z.string().min(1), speed: z.number().min(0.1).max(1000) }),
    ]),
    gives<{ sessionId: string }>(),
  ),
  'session.stop': route(nothing, gives<{ sessionId: string }>()),
  /** `part` is what was away: the whole app, or only the engine, which main resumes by itself. */
  'session.resume': route(
    z.strictObject({ sessionId: id, part: z.enum(['app', 'engine']).default('app') }),
    gives<{ sessionId: string }>(),
  ),
  'session.close': route(z.strictObject({ sessionId: id }), gives<{ sessionId: string }>()),
  'sessions.list': route(
    z.strictObject({ limit: z.number().int().min(1).max(200) }),
    gives<{ sessions: SessionRow[] }>(),
  ),
  'sessions.get': route(z.strictObject({ sessionId: id }), gives<{ report: SessionReport }>()),
  'danmaku.search': route(
    z.strictObject({ query: z.string().min(1).max(100), limit: z.number().int().min(1).max(200) }),
    gives<{ rows: (DanmakuRow & { sessionId: string })[] }>(),
  ),
  'suggestion.accept': route(z.strictObject({ suggestionId: id }), gives<Record<string, never>>()),
  'suggestion.dismiss': route(z.strictObject({ suggestionId: id }), gives<Record<string, never>>()),
  'suggestion.rate': route(
    z.strictObject({ suggestionId: id, rating: z.number().int().min(1).max(5) }),
    gives<Record<string, never>>(),
  ),
  'suggestion.shown': route(
    z.strictObject({ suggestionId: id, shownAt: z.number().int() }),
    gives<Record<string, never>>(),
  ),
  'question.answered': route(
    z.strictObject({ danmakuIds: z.array(id).min(1).max(50) }),
    gives<Record<string, never>>(),
  ),
  'break.set': route(z.strictObject({ active: z.boolean() }), gives<Record<string, never>>()),
  'marker.add': route(nothing, gives<Record<string, never>>()),
  'help.ask': route(nothing, gives<Record<string, never>>()),
  'settings.get': route(nothing, gives<{ settings: Settings }>()),
  /** Main's own: windows change settings through main, which owns hotkeys and windows. */
  'settings.save': route(mainSettingsPatch, gives<{ settings: Settings }>()),
  'pairing.get': route(nothing, gives<PairingView>()),
  'pairing.redeem': route(
    z.strictObject({ serverUrl: z.url().max(300), code: z.string().min(1).max(40), name: z.string().min(1).max(50) }),
    gives<PairingView>(),
  ),
  'pairing.remove': route(nothing, gives<PairingView>()),
  'consent.set': route(
    z.strictObject({ kind: z.enum(['session_summary']), granted: z.boolean() }),
    gives<PairingView>(),
  ),
  'outbox.retry': route(nothing, gives<PairingView>()),
  'obs.get': route(nothing, gives<ObsView>()),
  /** Kept in the system's safe store; null or an empty one forgets it. */
  'obs.password': route(z.strictObject({ password: z.string().max(200).nullable() }), gives<Record<string, never>>()),
  'voice.get': route(nothing, gives<{ profile: VoiceProfileView | null }>()),
  /** The voice baseline as JSON text, for a file that the streamer keeps. */
  'voice.export': route(nothing, gives<{ json: string }>()),
  'voice.forget': route(nothing, gives<Record<string, never>>()),
  'data.erase': route(nothing, gives<{ rows: number }>()),
} as const;

/** Calls that main answers itself. */
export const mainRequests = {
  'system.get': route(nothing, gives<SystemView>()),
  /** The workstation has drawn what the engine answered: the start button can be pressed. */
  'window.usable': route(nothing, gives<Record<string, never>>()),
  'settings.set': route(settingsPatch, gives<{ settings: Settings }>()),
  'hotkey.set': route(
    z.strictObject({ action: hotkeyAction, accelerator: z.string().min(1).max(60) }),
    gives<{ settings: Settings }>(),
  ),
  'replay.choose': route(nothing, gives<{ path: string | null }>()),
  'overlay.toggle': route(nothing, gives<{ visible: boolean }>()),
  'overlay.bringBack': route(nothing, gives<Record<string, never>>()),
  'overlay.size': route(z.strictObject({ height: z.number().int().min(8).max(900) }), gives<Record<string, never>>()),
  'overlay.move': route(
    z.strictObject({ dx: z.number().min(-4000).max(4000), dy: z.number().min(-4000).max(4000) }),
    gives<Record<string, never>>(),
  ),
  /** Lets the mouse reach the overlay (true) or pass through it (false). */
  'overlay.touch': route(z.strictObject({ active: z.boolean() }), gives<Record<string, never>>()),
  'part.restart': route(
    z.strictObject({ part: z.enum(['engine', 'inference', 'capture']) }),
    gives<Record<string, never>>(),
  ),
  'capture.audio': route(
    z.strictObject({ seq: z.number().int(), atMs: z.number(), samples: z.instanceof(Float32Array) }),
    gives<Record<string, never>>(),
  ),
  'capture.frame': route(
    z.strictObject({
      seq: z.number().int(),
      atMs: z.number(),
      width: z.number().int().max(1920),
      height: z.number().int().max(1080),
      rgb: z.instanceof(Uint8Array),
    }),
    gives<Record<string, never>>(),
  ),
  'capture.report': route(
    z.strictObject({
      camera: z.strictObject({ state: z.string(), label: z.string() }),
      microphone: z.strictObject({ state: z.string(), label: z.string() }),
      cameras: z.array(z.strictObject({ id: z.string(), label: z.string() })).max(50),
      microphones: z.array(z.strictObject({ id: z.string(), label: z.string() })).max(50),
      dropped: z.strictObject({ audio: z.number().int(), frame: z.number().int() }),
    }),
    gives<Record<string, never>>(),
  ),
} as const;

/** Every call a window may make. A name missing here does not exist. */
export const requests = { ...engineRequests, ...mainRequests } as const;

/** What main tells the capture window to do; `null` means: closed. */
export type CaptureCommand = {
  camera: { deviceId: string | null; fps: number } | null;
  microphone: { deviceId: string | null } | null;
};

/** What a global key did; a break is begun or ended, and a card key may find no card. */
export type HotkeyOutcome = 'accept' | 'dismiss' | 'noCard' | 'mark' | 'rest' | 'backFromRest' | 'help';

/** What main may push to a window. Main is trusted, so types are enough. */
export type Pushes = {
  'live.changed': Partial<LiveView>;
  'live.danmaku': DanmakuPush;
  'overlay.changed': OverlayView;
  'system.changed': SystemView;
  'settings.changed': Settings;
  'pairing.changed': PairingView;
  'obs.changed': ObsView;
  /** A global key was pressed: what came of it, as the code of its failure or null. */
  'hotkey.pressed': { action: HotkeyOutcome; code: string | null };
  'capture.command': CaptureCommand;
  'capture.acked': { stream: 'audio' | 'frame'; seq: number };
};
export type PushName = keyof Pushes;

export type RequestName = keyof typeof requests;
export type EngineRequestName = keyof typeof engineRequests;
export type Input<N extends RequestName> = z.input<(typeof requests)[N]['input']>;
export type Parsed<N extends RequestName> = z.output<(typeof requests)[N]['input']>;
export type Output<N extends RequestName> = ReturnType<(typeof requests)[N]['output']>;
export type Reply<T> = { ok: true; data: T } | { ok: false; error: { code: string; message: string } };

export type WindowKind = 'workstation' | 'overlay' | 'capture';

/** Which window may call what; the lists of overlay and capture are short on purpose. */
export const allowed: Record<WindowKind, readonly RequestName[]> = {
  workstation: (Object.keys(requests) as RequestName[]).filter(
    (name) => !name.startsWith('capture.') && name !== 'settings.save',
  ),
  overlay: [
    'live.get',
    'settings.get',
    'system.get',
    'suggestion.shown',
    'suggestion.accept',
    'suggestion.dismiss',
    'suggestion.rate',
    'overlay.size',
    'overlay.move',
    'overlay.touch',
  ],
  capture: ['capture.audio', 'capture.frame', 'capture.report'],
};

/** Something that goes wrong in life: the window shows a sentence for `code`. */
export class IpcFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The one door a preload opens to its page as `window.app`. */
export type AppBridge = {
  request(name: string, input: unknown): Promise<Reply<unknown>>;
  onPush(listener: (name: string, payload: unknown) => void): () => void;
};
