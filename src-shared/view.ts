// What the windows draw. The engine computes it from LiveEvents; windows only receive it, as differences.
import type { EmotionLabel, UncertainReason } from './emotion/labels.ts';
import type { ConnectorState, DeviceState, MessageType, Platform, Suggestion } from './live-event.ts';
import type { Load } from './wellbeing/load.ts';

export type SessionView = {
  id: string;
  roomId: string;
  roomName: string;
  platform: Platform;
  platformRoomId: string;
  source: 'rehearsal' | 'replay';
  startedAt: number;
  breakSince: number | null;
};

export type ConnectorView = {
  state: ConnectorState | 'off';
  detail: string;
  lastEventAt: number | null;
  perMinute: number;
  received: number;
  duplicate: number;
  /** Messages that a full queue shed: comments, and the small kinds. Money is never shed. */
  shed: number;
  unknown: number;
  unreadable: number;
  onlineCount: number | null;
};

export type ReadingView = {
  label: EmotionLabel | null;
  certain: boolean;
  reason: UncertainReason | null;
  confidence: number;
  at: number | null;
};

export type EmotionView = { fused: ReadingView; voice: ReadingView & { clipsHeard: number }; face: ReadingView };

export type LoadView = Load;

/** A question that viewers asked and nobody answered yet. */
export type QuestionView = {
  id: string;
  headline: string;
  viewers: number;
  firstAt: number;
  lastAt: number;
  danmakuIds: string[];
};

export type CardOutcome = 'open' | 'accepted' | 'dismissed' | 'expired' | 'replaced' | 'answered';
export type CardView = Suggestion & { outcome: CardOutcome; shownAt: number | null; rating: number | null };

/** Ten seconds of the session. */
export type TimelinePoint = {
  at: number;
  danmaku: number;
  sentiment: number | null;
  emotion: EmotionLabel | null;
  /** Derived from the fused scores, -1 to 1 each; null where the fusion was uncertain. */
  curve: { valence: number; arousal: number } | null;
  /** Share of the ten seconds in which the streamer spoke; null without a microphone. */
  speech: number | null;
  gifts: number;
};
export type TimelineMark = {
  at: number;
  kind: 'card' | 'accepted' | 'dismissed' | 'gift' | 'marker' | 'break' | 'help';
};

export type GapView = { part: 'engine' | 'inference' | 'capture' | 'app' | 'danmaku'; fromAt: number; toAt: number };

/** `full`, `failed`: the database takes nothing at present; `waiting` events are kept in memory until it does. */
export type StorageView = { state: 'ok' | 'full' | 'failed'; waiting: number };

export type LatencyView = { count: number; p50Ms: number | null; p95Ms: number | null };

/** The whole live page, as one value; pushes carry the keys that changed. */
export type LiveView = {
  session: SessionView | null;
  /** A session that was open when the app ended: offered for resuming. */
  resumable: { sessionId: string; roomName: string; startedAt: number; lastEventAt: number } | null;
  connector: ConnectorView;
  emotion: EmotionView;
  mood: { sentiment: number | null; messages: number };
  load: LoadView;
  questions: QuestionView[];
  cards: CardView[];
  recentCards: CardView[];
  timeline: { points: TimelinePoint[]; marks: TimelineMark[] };
  gaps: GapView[];
  latency: LatencyView;
  storage: StorageView;
  counts: { events: number; comments: number; gifts: number; viewers: number; textWaiting: number };
};

export type DanmakuRow = {
  id: string;
  at: number;
  platform: Platform;
  type: MessageType;
  username: string;
  content: string;
  sentiment: number | null;
  intent: string | null;
  abusive: boolean;
  giftCount: number | null;
  priceCents: number | null;
};
export type DanmakuPush = { rows: DanmakuRow[]; dropped: number };

/** The link to OBS; `refused` is a wrong or missing password. Shares and rates are null until two figures are known. */
export type ObsView = {
  state: 'off' | 'connecting' | 'connected' | 'refused' | 'away';
  /** Share of OBS's newest frames that were skipped in rendering or encoding, the larger of both. */
  skippedShare: number | null;
  fps: number | null;
  cpuPercent: number | null;
  streaming: boolean | null;
};

/** How much the models take: all, less, or the least that still reads. */
export type GovernorLevel = 'full' | 'eased' | 'lean';
/** What made them take less: OBS skips frames, memory is short, the processor is busy, this process waits for its turn. */
export type GovernorReason = 'obs' | 'memory' | 'cpu' | 'late';
export type GovernorView = { level: GovernorLevel; reason: GovernorReason | null };

export type DeviceView = { state: DeviceState; label: string };
export type DeviceChoice = { id: string; label: string };
export type PartState = 'starting' | 'running' | 'restarting' | 'failed';
/** Which lane reads the danmaku, and why it is the fast one; the figures are of about the last minute, null before it. */
export type TextLaneView = {
  lane: 'encoder' | 'linear';
  reason: 'load' | 'governor' | 'missing' | 'damaged' | 'failed' | null;
  msPerMessage: number | null;
  /** Share of messages that the fast lane answered, 0 to 1. */
  fastShare: number | null;
};
export type ModelView = {
  name: string;
  state: 'idle' | 'ready' | 'loading' | 'missing' | 'damaged' | 'failed';
  /** The text model's, once it is open. */
  textLane?: TextLaneView;
};

/** State that main owns: devices, processes, models. */
export type SystemView = {
  camera: DeviceView;
  microphone: DeviceView;
  cameras: DeviceChoice[];
  microphones: DeviceChoice[];
  processes: { engine: PartState; inference: PartState; capture: PartState };
  models: ModelView[];
  governor: GovernorView;
  /** Hotkeys that another program holds. */
  hotkeysTaken: string[];
  overlayVisible: boolean;
  overlayTouchable: boolean;
  rehearsal: boolean;
  sampleMedia: boolean;
  /** An Electron for tests and rehearsal only is in use. */
  oldElectron: boolean;
  /** Whether the overlay can be kept out of captures here: never claimed on Linux. */
  captureProtection: 'unknown' | 'unsupported';
};

export type PairingView = {
  paired: boolean;
  serverUrl: string | null;
  organizationName: string | null;
  deviceId: string | null;
  syncConsent: boolean;
  waiting: number;
  rejected: number;
  lastSyncAt: number | null;
  lastError: string | null;
};

/** What stands above the cards on the overlay; changes seldom, so that the overlay stays still. */
export type OverlayView = {
  connector: ConnectorView['state'] | 'off';
  /** Age of the last event in coarse steps: null below 10 s. */
  staleSeconds: number | null;
  quality: 'good' | 'gap' | 'off';
  load: LoadView['state'];
  live: boolean;
  onBreak: boolean;
  cards: CardView[];
};

export const emptyReading: ReadingView = { label: null, certain: false, reason: 'no_device', confidence: 0, at: null };

export const emptyLiveView: LiveView = {
  session: null,
  resumable: null,
  connector: {
    state: 'off',
    detail: '',
    lastEventAt: null,
    perMinute: 0,
    received: 0,
    duplicate: 0,
    shed: 0,
    unknown: 0,
    unreadable: 0,
    onlineCount: null,
  },
  emotion: { fused: emptyReading, voice: { ...emptyReading, clipsHeard: 0 }, face: emptyReading },
  mood: { sentiment: null, messages: 0 },
  load: { state: 'unknown', reasons: [], liveMinutes: 0, sinceBreakMinutes: 0 },
  questions: [],
  cards: [],
  recentCards: [],
  timeline: { points: [], marks: [] },
  gaps: [],
  latency: { count: 0, p50Ms: null, p95Ms: null },
  storage: { state: 'ok', waiting: 0 },
  counts: { events: 0, comments: 0, gifts: 0, viewers: 0, textWaiting: 0 },
};

export const emptyObsView: ObsView = { state: 'off', skippedShare: null, fps: null, cpuPercent: null, streaming: null };

/** What is kept of a streamer's voice: numbers only, encrypted by the system's safe store. */
export type VoiceProfileView = { profile: string; clips: number; bytes: number };
