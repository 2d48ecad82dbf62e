// What a paired device and the sync server say to each other: the push protocol and the closed summary of a session.
// Whatever is not named here is refused: there is no field for sound, pictures, words, names of viewers or emotion.
import { z } from 'zod';
import { gap, platform, suggestionType, urgency } from './live-event.ts';

/** The protocol number a push carries; a server that speaks another one answers BAD_INPUT. */
export const syncProtocol = 2;
/** The schema number of `sessionSummary`. */
export const sessionSummarySchema = 1;
/** Upper bounds of one push; a larger one is answered with 413 or BAD_INPUT. */
export const pushLimits = { maxChanges: 1000, maxBytes: 4 * 1024 * 1024 } as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is what this is for; \p{Cc} is not understood by all who read the served description.
const noControls = /^[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$/u;
/** One line of text without control characters or broken surrogates, at most `max` UTF-16 units. */
export const lineOfText = (max: number, min = 0) =>
  z.string().min(min).max(max).regex(noControls, { error: 'must be one line of plain text' });

const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(2200, 0, 1);
/** An instant in UTC as ISO 8601 with `Z`, between the years 2000 and 2200. */
export const instant = z.iso
  .datetime()
  .max(40)
  .refine(
    (text) => {
      const ms = Date.parse(text);
      return ms >= earliestMs && ms < latestMs;
    },
    { error: 'must lie between the years 2000 and 2200' },
  );

/** A UUID, in small letters whatever was sent: one id has one form, in every map and every row. */
export const id = z.uuid().toLowerCase();

const count = z.number().int().min(0).max(1_000_000_000);
const milliseconds = z.number().min(0).max(86_400_000);

/** How many danmaku of each of the seed's kinds came; superchats and guards count as gifts, viewers are only counted. */
export const danmakuCounts = z.strictObject({
  comment: count,
  gift: count,
  follow: count,
  share: count,
  like: count,
  unanswered_questions: count,
  abusive: count,
  distinct_viewers: count,
});
export type DanmakuCounts = z.infer<typeof danmakuCounts>;

/** How many cards of one type and urgency were shown and how many of them were used. */
export const suggestionCount = z.strictObject({ type: suggestionType, urgency, shown: count, used: count });
export type SuggestionCount = z.infer<typeof suggestionCount>;

/** How well the stream and the app ran. `latency_ms` is danmaku received -> card shown; null when no card was shown. */
export const streamQuality = z.strictObject({
  connector_uptime_share: z.number().min(0).max(1),
  reconnects: count,
  gaps: z.array(z.strictObject({ part: gap.shape.part, seconds: z.number().min(0).max(604_800) })).max(500),
  device_troubles: z.strictObject({ camera: count, microphone: count }),
  latency_ms: z.strictObject({ p50: milliseconds, p95: milliseconds }).nullable(),
});
export type StreamQuality = z.infer<typeof streamQuality>;

/** A closed session in counts, made once by one device. `hours_live` leaves breaks in: it is time on air. */
export const sessionSummary = z
  .strictObject({
    schema: z.literal(sessionSummarySchema),
    session_id: id,
    room_id: id,
    platform,
    platform_room_id: lineOfText(100, 1),
    room_name: lineOfText(200),
    started_at: instant,
    stopped_at: instant,
    hours_live: z.number().min(0).max(168),
    breaks: z.array(z.strictObject({ start_at: instant, end_at: instant })).max(500),
    danmaku: danmakuCounts,
    suggestions: z.array(suggestionCount).max(20),
    quality: streamQuality,
  })
  .superRefine((summary, context) => {
    const started = Date.parse(summary.started_at);
    const stopped = Date.parse(summary.stopped_at);
    const wrong = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (stopped < started) wrong(['stopped_at'], 'lies before started_at');
    // One minute of slack: the app rounds hours, the clock may have been set during the session.
    if (summary.hours_live > (stopped - started) / 3_600_000 + 1 / 60)
      wrong(['hours_live'], 'is longer than the session');
    if (summary.breaks.some((pause) => Date.parse(pause.end_at) < Date.parse(pause.start_at)))
      wrong(['breaks'], 'a break ends before it starts');
    const kinds = new Set(summary.suggestions.map((row) => `${row.type} ${row.urgency}`));
    if (kinds.size < summary.suggestions.length) wrong(['suggestions'], 'a type and urgency is listed twice');
    if (summary.suggestions.some((row) => row.used > row.shown)) wrong(['suggestions'], 'more used than shown');
  });
export type SessionSummary = z.infer<typeof sessionSummary>;

/** The kinds of rows a device can push. */
export const syncKind = z.enum(['session_summary']);
export type SyncKind = z.infer<typeof syncKind>;

/** Hybrid logical clock: 12 hex digits of epoch ms, 4 of counter, 8 of node; order of text is order of time. */
export const hlc = z.string().regex(/^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}$/);

/**
 * One row of a push. `seq` counts 1, 2, 3 ... per device without holes. `kind` and `data` are judged row by row, so that
 * one bad row never blocks the queue. For `session_summary`, `id` is the session's id. `delete` erases that row for good.
 */
export const syncChange = z.strictObject({
  seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  op: z.enum(['upsert', 'delete']),
  kind: z.string().min(1).max(40),
  id,
  hlc,
  base_rev: z.number().int().min(0).nullable(),
  schema: z.number().int().min(1).max(1000),
  at: instant,
  data: z.unknown().optional(),
});
export type SyncChange = z.infer<typeof syncChange>;

/** A batch of rows with gapless `seq` from `first_seq` on. A repeat of the batch, whole or in part, has no effect. */
export const pushRequest = z
  .strictObject({
    protocol: z.literal(syncProtocol),
    device_id: id,
    batch_id: id,
    epoch: z.string().min(1).max(64),
    first_seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    /** The device's clock when it sent this; the answer says how far it is off. */
    sent_at: instant.optional(),
    changes: z.array(syncChange).min(1).max(pushLimits.maxChanges),
  })
  .superRefine((batch, context) => {
    const hole = batch.changes.findIndex((change, index) => change.seq !== batch.first_seq + index);
    if (hole >= 0)
      context.addIssue({ code: 'custom', path: ['changes', hole, 'seq'], message: 'must follow first_seq' });
  });
export type PushRequest = z.infer<typeof pushRequest>;

/** Why one row can never be taken; the app keeps such rows in a list the streamer sees. */
export const rejectCode = z.enum([
  'UNKNOWN_KIND',
  'UNKNOWN_SCHEMA',
  'UNKNOWN_FIELD',
  'BAD_DATA',
  'ID_MISMATCH',
  'ID_TAKEN',
  'NO_CONSENT',
]);
export type RejectCode = z.infer<typeof rejectCode>;

/** `duplicate`: known already. `stale`: a newer or deleted row stands. `rejected`: never, see `code`; `field` is a path, not a value. */
export const pushResult = z.object({
  seq: z.number().int(),
  status: z.enum(['applied', 'duplicate', 'stale', 'rejected']),
  code: rejectCode.optional(),
  field: z.string().optional(),
  rev: z.number().int().optional(),
});
export type PushResult = z.infer<typeof pushResult>;

/** Every row up to `acked_through` may leave the outbox. `clock_offset_ms` is server minus device, null without `sent_at`. */
export const pushReply = z.object({
  acked_through: z.number().int().min(0),
  results: z.array(pushResult),
  server_hlc: hlc,
  clock_offset_ms: z.number().int().nullable(),
  next_batch_hint: z.number().int().min(1),
});
export type PushReply = z.infer<typeof pushReply>;

/** Where the server stands with this device. */
export const syncState = z.object({ epoch: z.string(), expected_seq: z.number().int().min(1), server_hlc: hlc });
export type SyncState = z.infer<typeof syncState>;

/**
 * The 409 of a push. SEQ_GAP: send again from `expected_seq`. EPOCH_CHANGED: the server was restored; number everything
 * this device holds anew from `expected_seq` under the new `epoch` and push it all; rows it still has come back as duplicate.
 */
export const pushConflict = z.object({
  error: z.object({
    code: z.enum(['SEQ_GAP', 'EPOCH_CHANGED']),
    message: z.string(),
    request_id: z.string(),
    epoch: z.string(),
    expected_seq: z.number().int().min(1),
  }),
});
export type PushConflict = z.infer<typeof pushConflict>;
