// What main and its processes say to each other. Structured clone carries it; one message union per direction.
import type { CatalogueEntry } from './catalogue.ts';
import type { FaceReading, TextAnalysis, VoiceReading } from './emotion/labels.ts';
import type { EngineRequestName, Pushes, Reply } from './ipc.ts';
import type { DeviceState } from './live-event.ts';
import type { GovernorView, ModelView } from './view.ts';

/** The running normalisation of one streamer's voice, as the voice model serialises it. */
export type SpeakerJson = Record<string, unknown>;

export type ToInference =
  | { type: 'audio'; seq: number; atMs: number; samples: Float32Array }
  | { type: 'frame'; seq: number; atMs: number; width: number; height: number; rgb: Uint8Array }
  /** `load`: how many messages wait behind these, and how long the oldest of these has waited. */
  | { type: 'text'; requestId: number; texts: string[]; load: { waiting: number; waitedMs: number } }
  | { type: 'catalogue'; entries: CatalogueEntry[] }
  | { type: 'speaker'; state: SpeakerJson | null }
  | { type: 'session'; active: boolean }
  /** What OBS says of its frames; null when it is not connected. */
  | { type: 'obs'; skippedShare: number | null }
  | { type: 'stop' };

export type FromInference =
  | { type: 'ready'; models: ModelView[] }
  | { type: 'models'; models: ModelView[] }
  | { type: 'governor'; governor: GovernorView; faceFps: number }
  | { type: 'ack'; stream: 'audio' | 'frame'; seq: number }
  | { type: 'text'; requestId: number; analyses: TextAnalysis[]; inferredAt: number }
  | { type: 'segment'; startAtMs: number; endAtMs: number; reading: VoiceReading }
  | { type: 'speaking'; active: boolean }
  | { type: 'face'; atMs: number; reading: FaceReading }
  | { type: 'speaker'; state: SpeakerJson }
  | { type: 'shed'; what: 'audio' | 'frame' | 'text_analysis'; count: number };

/** What of inference concerns the engine. */
export type Inferred = Extract<FromInference, { type: 'text' | 'segment' | 'speaking' | 'face' | 'speaker' | 'shed' }>;

export type ToEngine =
  | { type: 'call'; callId: number; name: EngineRequestName; input: unknown }
  | { type: 'inferred'; message: Inferred }
  | { type: 'device'; device: 'camera' | 'microphone'; state: DeviceState; label: string }
  /** A part was away from `fromAt` until now. */
  | { type: 'gap'; part: 'inference' | 'capture'; fromAt: number }
  | { type: 'stop' };

export type PushMessage = { [N in keyof Pushes]: { name: N; payload: Pushes[N] } }[keyof Pushes];

export type FromEngine =
  | { type: 'ready' }
  /** The engine cannot work at all, for a reason that another start does not change. */
  | { type: 'unusable'; code: string }
  | { type: 'reply'; callId: number; reply: Reply<unknown> }
  | { type: 'infer'; message: Extract<ToInference, { type: 'text' | 'catalogue' | 'speaker' | 'session' | 'obs' }> }
  /** For the system's safe store; `null` forgets it. */
  | { type: 'secret'; name: string; value: string | null }
  | { type: 'push'; push: PushMessage };
