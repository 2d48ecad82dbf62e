// What goes over HTTP between the sync server, the app and the agency web. The routes are in api-routes.ts.
import { z } from 'zod';
import { id, instant, lineOfText, sessionSummary, suggestionCount, syncState } from './sync.ts';

export const userRoles = ['super_admin', 'agency_admin', 'streamer', 'assistant'] as const;
export const userRole = z.enum(userRoles);
export type UserRole = z.infer<typeof userRole>;
/** The roles that run an agency. `super_admin` may also make organizations; it sees no more of a person. */
export const adminRoles: readonly UserRole[] = ['super_admin', 'agency_admin'];

/** Codes of the error answers; the windows have a sentence for each. */
export const errorCode = z.enum([
  'BAD_INPUT',
  'UNAUTHENTICATED',
  'WRONG_LOGIN',
  'SESSION_ENDED',
  'FORBIDDEN',
  'FORBIDDEN_ORIGIN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'CODE_NOT_VALID',
  'USERNAME_TAKEN',
  'ORGANIZATION_TAKEN',
  'ORGANIZATION_REQUIRED',
  'LAST_ADMIN',
  'CONSENT_NOT_OFFERED',
  'SEQ_GAP',
  'EPOCH_CHANGED',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA',
  'TOO_MANY_REQUESTS',
  'NOT_READY',
  'INTERNAL',
]);
export type ErrorCode = z.infer<typeof errorCode>;
/** The body of every answer that is not 2xx. `field` is the path of the first bad field. */
export const errorReply = z.object({
  error: z.object({ code: errorCode, message: z.string(), request_id: z.string(), field: z.string().optional() }),
});
export type ErrorReply = z.infer<typeof errorReply>;

const username = lineOfText(50, 1);
const password = z.string().min(10).max(200);
/** A token the holder does not look into. */
export const opaqueToken = z.string().min(1).max(200);
/** Short name of an organization in login and links. */
export const organizationSlug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
/** Ten characters without 0 O 1 I L; spaces, hyphens and small letters are forgiven. */
export const inviteCode = z.string().min(10).max(20);
export const region = z.enum(['cn', 'eu', 'other']);
export type Region = z.infer<typeof region>;

export const organization = z.object({ id: z.uuid(), slug: z.string(), name: z.string(), created_at: instant });
export type Organization = z.infer<typeof organization>;
export const user = z.object({
  id: z.uuid(),
  username: z.string(),
  email: z.string().nullable(),
  role: userRole,
  organization_id: z.uuid(),
  subscription_plan: z.enum(['basic', 'professional', 'enterprise', 'custom']).nullable(),
  created_at: instant,
});
export type User = z.infer<typeof user>;
export const device = z.object({
  id: z.uuid(),
  name: z.string(),
  os: z.string(),
  app_version: z.string(),
  created_at: instant,
  last_seen: instant.nullable(),
  revoked_at: instant.nullable(),
});
export type Device = z.infer<typeof device>;

/** What a streamer can allow. `session_summary` is given by pairing; the other two are off unless granted here. */
export const consentKind = z.enum(['session_summary', 'wellbeing_summary', 'danmaku_excerpts']);
export type ConsentKind = z.infer<typeof consentKind>;
/** One entry of the consent ledger; the newest of a kind counts. `notice_version` is the text the streamer read. */
export const consent = z.object({
  id: z.uuid(),
  kind: consentKind,
  granted: z.boolean(),
  notice_version: z.number().int(),
  version: z.number().int().min(1),
  region,
  at: instant,
});
export type Consent = z.infer<typeof consent>;

/** Tokens of a device or script. `expires_in` is seconds of the access token. */
export const tokenReply = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int(),
  user,
});
export type TokenReply = z.infer<typeof tokenReply>;
/** As tokenReply, but the refresh token is an HttpOnly cookie the page never sees. */
export const webTokenReply = tokenReply.omit({ refresh_token: true });
export type WebTokenReply = z.infer<typeof webTokenReply>;

/** A sign-in. */
export const loginRequest = z.strictObject({
  /** Needed only where the server holds several organizations. */
  organization: organizationSlug.optional(),
  username,
  password: z.string().min(1).max(200),
});
/** The first admin of an organization; `token` is what stands behind # in the link. */
export const setupRequest = z.strictObject({
  token: opaqueToken,
  organization_name: lineOfText(100, 1),
  organization: organizationSlug.optional(),
  username,
  password,
});
/** A person and the organization they are in; sign in next. */
export const createdReply = z.object({ organization, user });

/** What a streamer's app sends to redeem a code. */
export const pairRequest = z.strictObject({
  code: inviteCode,
  device_name: lineOfText(100, 1),
  os: lineOfText(40, 1),
  app_version: lineOfText(40, 1),
  region,
  /** Version of the notice on session summaries that the streamer has read and agreed to. */
  notice_version: z.number().int().min(1).max(10_000),
});
/** Tokens of the new device, and where its pushes begin. */
export const pairReply = tokenReply.extend({ device_id: z.uuid(), organization, sync: syncState });
export type PairReply = z.infer<typeof pairReply>;

export const invite = z.object({
  id: z.uuid(),
  role: userRole,
  username: z.string(),
  user_id: z.uuid().nullable(),
  created_at: instant,
  expires_at: instant,
  used_at: instant.nullable(),
});
export type Invite = z.infer<typeof invite>;
/** `username` invites someone new; `user_id` pairs one more device of a streamer who is there. */
export const inviteRequest = z.union([
  z.strictObject({ role: userRole.exclude(['super_admin']), username }),
  z.strictObject({ user_id: id }),
]);

const limit = z.coerce.number().int().min(1).max(200).default(50);
const cursor = z.string().min(1).max(200).optional();
/** One page of a list; `next_cursor` is null on the last. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable() });

const streamer = z.object({ id: z.uuid(), username: z.string() });
const summaryParts = sessionSummary.shape;
/** A row of the list of sessions. */
export const sessionRow = z.object({
  id: z.uuid(),
  streamer,
  platform: summaryParts.platform,
  platform_room_id: z.string(),
  room_name: z.string(),
  started_at: instant,
  stopped_at: instant,
  hours_live: z.number(),
  break_minutes: z.number(),
  danmaku: summaryParts.danmaku,
  connector_uptime_share: z.number(),
});
export type SessionRow = z.infer<typeof sessionRow>;
/** How one kind of consent stands now. */
export const consentState = consent.pick({ kind: true, granted: true });
/** One session. `suggestions` is null for everyone but the streamer: counts of cards of one person hint at their state. */
export const sessionPage = sessionRow.extend({
  room_id: z.uuid(),
  device_id: z.uuid(),
  received_at: instant,
  breaks: summaryParts.breaks,
  quality: summaryParts.quality,
  suggestions: z.array(suggestionCount).nullable(),
  /** The newest of each kind that its streamer decided on. */
  consents: z.array(consentState),
});
export type SessionPage = z.infer<typeof sessionPage>;

/** Who read what about the streamer, and when. */
export const accessEntry = z.object({
  id: z.uuid(),
  at: instant,
  reader: z.object({ id: z.uuid(), username: z.string(), role: userRole }),
  what: z.enum(['streamer', 'streamer_sessions', 'session']),
  session_id: z.uuid().nullable(),
});
export type AccessEntry = z.infer<typeof accessEntry>;

export const userRow = user.extend({
  devices: z.number().int(),
  last_seen: instant.nullable(),
  last_session_at: instant.nullable(),
});
export type UserRow = z.infer<typeof userRow>;
/** `erased_at`: when this person last took sessions back from the server, as far as the last 90 days tell. */
export const userPage = user.extend({
  devices: z.array(device),
  consents: z.array(consent),
  erased_at: instant.nullable(),
});
export type UserPage = z.infer<typeof userPage>;

/** Fewest streamers over which counts of suggestions are shown to an agency. */
export const fewestStreamers = 5;
/** A week from Monday 00:00 UTC. */
export const reportWeek = z.object({
  week_start: z.iso.date(),
  streamers: z.number().int(),
  sessions: z.number().int(),
  hours_live: z.number(),
  break_minutes: z.number(),
  danmaku: summaryParts.danmaku.omit({ distinct_viewers: true }),
  connector_uptime_share: z.number().nullable(),
});
/**
 * The agency's weeks, oldest first. `suggestions` is null below `fewestStreamers` streamers. It adds up closed weeks
 * only, and of each only the kinds of cards that as many streamers were shown: no two answers differ by one person.
 */
export const overviewReply = z.object({
  streamers: z.number().int(),
  weeks: z.array(reportWeek),
  suggestions: z.array(suggestionCount).nullable(),
});
export type OverviewReply = z.infer<typeof overviewReply>;

/** The `:id` of a path. */
export const byId = z.object({ id });
/** A grant or a withdrawal. */
export const consentRequest = z.strictObject({
  kind: consentKind,
  granted: z.boolean(),
  notice_version: z.number().int().min(1).max(10_000),
  region,
});
/** A new password, with the old one. */
export const passwordRequest = z.strictObject({ current_password: z.string().min(1).max(200), new_password: password });
/** What an invited admin or assistant sends. */
export const acceptRequest = z.strictObject({ code: inviteCode, password });
/** The query of a list: `cursor` is the `next_cursor` of the page before. */
export const pagedQuery = z.strictObject({ limit, cursor });
/** Sessions that started in `[from, to)`, of one streamer or of all. */
export const sessionQuery = z.strictObject({
  limit,
  cursor,
  streamer_id: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
/** An invite with its code, which is shown once. */
export const madeInvite = invite.extend({ code: z.string() });
/** An organization to be made. */
export const newOrganization = z.strictObject({ name: lineOfText(100, 1), slug: organizationSlug });
/** `setup_link` is the way in for its first admin. */
export const organizationMade = z.object({ organization, setup_link: z.string(), expires_at: instant });

/** Answer of GET /ready; 503 unless every check is ok. */
export const readyReply = z.object({
  ready: z.boolean(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});
export type ReadyReply = z.infer<typeof readyReply>;
/** The line that the server prints when it listens. `first_admin_link` is given until an admin exists. */
export const readyLine = z.object({ ready: z.literal(true), url: z.string(), first_admin_link: z.string().nullable() });
export type ReadyLine = z.infer<typeof readyLine>;
