// Everything that can happen in a live session, as facts. Views are computed from them, nobody edits them.
import { z } from 'zod';
import { emotionReading, emotionSource, textAnalysis, uncertainReason } from './emotion/labels.ts';

/** Milliseconds since 1970 UTC. */
export const epochMs = z.number().int().min(0);

export const platforms = ['douyin', 'kuaishou', 'bilibili', 'xiaohongshu', 'taobao'] as const;
export const platform = z.enum(platforms);
export type Platform = z.infer<typeof platform>;

export const connectorSource = z.enum(['official', 'page', 'extension', 'dom', 'replay', 'simulator']);
export type ConnectorSource = z.infer<typeof connectorSource>;

export const messageType = z.enum([
  'comment',
  'gift',
  'follow',
  'share',
  'like',
  'enter',
  'superchat',
  'superchat_delete',
  'guard',
  'online',
  'live_state',
  'other',
]);
export type MessageType = z.infer<typeof messageType>;

/** Kinds that are never dropped, never sampled and written to disk first. */
export const moneyTypes: readonly MessageType[] = ['gift', 'superchat', 'superchat_delete', 'guard'];

/** Names are those of the command line. `amount` and `unit` as sent; `price_cents` is null where the rate is unknown. */
export const danmakuMetadata = z.object({
  raw_type: z.string(),
  gift_id: z.string().optional(),
  gift_name: z.string().optional(),
  gift_count: z.number().int().optional(),
  amount: z.number().optional(),
  unit: z.enum(['gold', 'silver', 'diamond', 'coins', 'rmb']).optional(),
  price_cents: z.number().int().nullable().optional(),
  paid: z.boolean().optional(),
  streak_id: z.string().optional(),
  streak_end: z.boolean().optional(),
  like_count: z.number().int().optional(),
  online_count: z.number().int().nullable().optional(),
  live: z.boolean().optional(),
  medal: z.object({ name: z.string(), level: z.number().int() }).optional(),
  guard_level: z.number().int().optional(),
  admin: z.boolean().optional(),
  emoticon: z.boolean().optional(),
  superchat_id: z.string().optional(),
  duration_seconds: z.number().optional(),
});
export type DanmakuMetadata = z.infer<typeof danmakuMetadata>;

/** One normalised platform message as a decoder makes it, before it belongs to a session. */
export const danmaku = z.object({
  platform,
  source: connectorSource,
  platformRoomId: z.string(),
  platformEventId: z.string(),
  messageType,
  platformUserId: z.string(),
  username: z.string(),
  content: z.string(),
  at: epochMs,
  metadata: danmakuMetadata,
});
export type Danmaku = z.infer<typeof danmaku>;

const base = { id: z.uuid(), sessionId: z.uuid(), at: epochMs, receivedAt: epochMs };

/** A danmaku of a session. The stamps say when it passed each station, in epoch ms. */
export const danmakuReceived = z.object({
  ...base,
  type: z.literal('danmaku.received'),
  roomId: z.uuid(),
  danmaku,
  decodedAt: epochMs,
});
export type DanmakuReceived = z.infer<typeof danmakuReceived>;

/** What the text model said of a danmaku of this session; `danmakuId` is the event's id. */
export const danmakuAnalyzed = z.object({
  ...base,
  type: z.literal('danmaku.analyzed'),
  danmakuId: z.uuid(),
  analysis: textAnalysis,
  inferredAt: epochMs,
});
export type DanmakuAnalyzed = z.infer<typeof danmakuAnalyzed>;

/** A reading of the streamer's own emotion; `emotion` is null when there was nothing to read. */
export const emotionObserved = z.object({
  ...base,
  type: z.literal('emotion.observed'),
  source: emotionSource,
  emotion: emotionReading.nullable(),
  certain: z.boolean(),
  reason: uncertainReason.nullable(),
  /** Face box and clip counts: figures only, never pixels or sound. */
  figures: z.record(z.string(), z.number()).default({}),
});
export type EmotionObserved = z.infer<typeof emotionObserved>;

/** The streamer spoke from `startAt` to `at`. No words are kept. */
export const speechSegment = z.object({
  ...base,
  type: z.literal('speech.segment'),
  startAt: epochMs,
  loudnessDb: z.number(),
});
export type SpeechSegment = z.infer<typeof speechSegment>;

export const suggestionType = z.enum(['content', 'interaction', 'product', 'emotion', 'emergency']);
export type SuggestionType = z.infer<typeof suggestionType>;
export const urgency = z.enum(['low', 'medium', 'high', 'critical']);
export type Urgency = z.infer<typeof urgency>;

export const triggerName = z.enum([
  'repeated_question',
  'price_question',
  'logistics_question',
  'purchase_intent',
  'gift_thanks',
  'superchat_thanks',
  'newcomers',
  'mood_drop',
  'negative_burst',
  'abuse',
  'long_silence',
  'streamer_strained',
  'viewer_distress',
]);
export type TriggerName = z.infer<typeof triggerName>;

/** What a card rests on: the viewers' own words, how many said it, and the danmaku it points to. */
export const evidence = z.object({
  quotes: z.array(z.string()).max(5),
  count: z.number().int().min(0),
  windowSeconds: z.number().min(0),
  danmakuIds: z.array(z.uuid()).max(50),
  figures: z.record(z.string(), z.number()),
});
export type Evidence = z.infer<typeof evidence>;

/**
 * A suggestion. `headline` holds a viewer's own words or is empty; the sentence itself is `words[trigger]`
 * of the language catalogue, filled with `params`, so that a card can be read in both languages.
 */
export const suggestion = z.object({
  id: z.uuid(),
  trigger: triggerName,
  type: suggestionType,
  urgency,
  confidence: z.number().min(0).max(1),
  headline: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  evidence,
  createdAt: epochMs,
  expiresAt: epochMs,
  /** `receivedAt` of the danmaku that completed the evidence; absent for cards that no danmaku caused or that waited on purpose. */
  receivedAt: epochMs.optional(),
  decidedAt: epochMs,
});
export type Suggestion = z.infer<typeof suggestion>;

export const suggestionMade = z.object({ ...base, type: z.literal('suggestion.made'), suggestion });
export const suggestionShown = z.object({
  ...base,
  type: z.literal('suggestion.shown'),
  suggestionId: z.uuid(),
  shownAt: epochMs,
});
/** How a card ended. `answered`: the question was marked answered elsewhere. */
export const suggestionClosed = z.object({
  ...base,
  type: z.literal('suggestion.closed'),
  suggestionId: z.uuid(),
  outcome: z.enum(['accepted', 'dismissed', 'expired', 'replaced', 'answered']),
});
export type SuggestionClosed = z.infer<typeof suggestionClosed>;
export const suggestionRated = z.object({
  ...base,
  type: z.literal('suggestion.rated'),
  suggestionId: z.uuid(),
  rating: z.number().int().min(1).max(5),
});
/** The question of a suggestion, or of a danmaku, was marked answered by hand. */
export const questionAnswered = z.object({
  ...base,
  type: z.literal('question.answered'),
  danmakuIds: z.array(z.uuid()).max(50),
});

export const sessionStarted = z.object({ ...base, type: z.literal('session.started'), roomId: z.uuid() });
export const sessionStopped = z.object({
  ...base,
  type: z.literal('session.stopped'),
  reason: z.enum(['user', 'ended_by_platform', 'replay_end', 'discarded']),
});
/** Something did not run from `fromAt` to `at`; what happened then is not known, and the gap is shown. */
export const gap = z.object({
  ...base,
  type: z.literal('gap'),
  part: z.enum(['engine', 'inference', 'capture', 'app', 'danmaku']),
  fromAt: epochMs,
});
/** Counted loss: a full queue shed `count` events of a class. */
export const shed = z.object({
  ...base,
  type: z.literal('shed'),
  what: z.enum(['comment', 'follow', 'like', 'text_analysis', 'audio', 'frame']),
  count: z.number().int().min(1),
});
export const connectorState = z.enum([
  'connecting',
  'live',
  'silent',
  'reconnecting',
  'need_login',
  'blocked',
  'ended',
  'error',
]);
export type ConnectorState = z.infer<typeof connectorState>;
export const connectorChanged = z.object({
  ...base,
  type: z.literal('connector.state'),
  state: connectorState,
  detail: z.string(),
});
export const deviceState = z.enum(['off', 'starting', 'on', 'denied', 'busy', 'missing', 'lost', 'failed']);
export type DeviceState = z.infer<typeof deviceState>;
export const deviceChanged = z.object({
  ...base,
  type: z.literal('device.state'),
  device: z.enum(['camera', 'microphone']),
  state: deviceState,
});
/** A break the streamer took, or its end. */
export const breakChanged = z.object({ ...base, type: z.literal('break'), active: z.boolean() });
/** A moment the streamer marked with the hotkey. */
export const marked = z.object({ ...base, type: z.literal('marker') });
/** The streamer asked for help with the hotkey. */
export const helpAsked = z.object({ ...base, type: z.literal('help.asked') });

export const liveEvent = z.discriminatedUnion('type', [
  danmakuReceived,
  danmakuAnalyzed,
  emotionObserved,
  speechSegment,
  suggestionMade,
  suggestionShown,
  suggestionClosed,
  suggestionRated,
  questionAnswered,
  sessionStarted,
  sessionStopped,
  gap,
  shed,
  connectorChanged,
  deviceChanged,
  breakChanged,
  marked,
  helpAsked,
]);
export type LiveEvent = z.infer<typeof liveEvent>;
