// Every HTTP route of the sync server, declared once: server, app and agency web take their types from here.
import { z } from 'zod';
import * as api from './api.ts';
import { pushConflict, pushReply, pushRequest, syncState } from './sync.ts';

/** `none`; `cookie`: refresh cookie + X-CSRF-Token + own Origin; else the roles whose Bearer token is taken. */
export type RouteAuth = 'none' | 'cookie' | readonly api.UserRole[];
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Parts<P, Q, B, R> = { params?: P; query?: Q; body?: B; reply?: R; status?: 200 | 201 | 204; device?: true };
const none = z.undefined();
type None = typeof none;

function route<
  const A extends RouteAuth,
  P extends z.ZodType = None,
  Q extends z.ZodType = None,
  B extends z.ZodType = None,
  R extends z.ZodType = None,
>(method: Method, path: string, auth: A, summary: string, parts: Parts<P, Q, B, R>) {
  const { params, query, body, reply } = parts;
  const schemas = {
    params: (params ?? none) as P,
    query: (query ?? none) as Q,
    body: (body ?? none) as B,
    reply: (reply ?? none) as R,
  };
  /** `device`: only tokens of a paired device are taken. */
  return {
    method,
    path,
    auth,
    summary,
    status: parts.status ?? (reply ? 200 : 204),
    device: parts.device === true,
    ...schemas,
  };
}

const all = api.userRoles;
const admins = api.adminRoles;
const readers: readonly api.UserRole[] = [...admins, 'streamer'];
const streamer: readonly api.UserRole[] = ['streamer'];
const refreshRequest = z.strictObject({ refresh_token: api.opaqueToken });
const csrfReply = z.object({ csrf_token: z.string() });
const meReply = z.object({ user: api.user, organization: api.organization, device: api.device.nullable() });
const usersQuery = api.pagedQuery.extend({ role: api.userRole.optional() });
const overviewQuery = z.strictObject({ weeks: z.coerce.number().int().min(1).max(53).default(8) });
const consentSet = api.consent.extend({ deleted_rows: z.number().int() });

/** Every route by name. On the server, a missing handler does not compile. */
export const routes = {
  'auth.login': route('POST', '/v2/auth/login', 'none', 'Sign in', { body: api.loginRequest, reply: api.tokenReply }),
  'auth.refresh': route(
    'POST',
    '/v2/auth/refresh',
    'none',
    'New tokens; a lost answer may be asked for again within 10 s',
    { body: refreshRequest, reply: api.tokenReply },
  ),
  'auth.logout': route('POST', '/v2/auth/logout', all, 'End this sign-in', {}),
  'auth.setup': route('POST', '/v2/auth/setup', 'none', 'First admin, by the one-time link', {
    body: api.setupRequest,
    reply: api.createdReply,
    status: 201,
  }),
  'auth.acceptInvite': route(
    'POST',
    '/v2/auth/accept-invite',
    'none',
    'An invited admin or assistant sets a password',
    { body: api.acceptRequest, reply: api.createdReply, status: 201 },
  ),
  'web.csrf': route('GET', '/v2/web/csrf', 'none', 'Token for X-CSRF-Token', { reply: csrfReply }),
  'web.login': route('POST', '/v2/web/login', 'cookie', 'Sign in; the refresh token becomes a cookie', {
    body: api.loginRequest,
    reply: api.webTokenReply,
  }),
  'web.refresh': route('POST', '/v2/web/refresh', 'cookie', 'New access token from the cookie', {
    reply: api.webTokenReply,
  }),
  'web.logout': route('POST', '/v2/web/logout', 'cookie', 'End this sign-in and clear the cookie', {}),
  'me.get': route('GET', '/v2/me', all, 'Who I am', { reply: meReply }),
  'me.accessLog': route('GET', '/v2/me/access-log', all, 'Who read my pages', {
    query: api.pagedQuery,
    reply: api.page(api.accessEntry),
  }),
  'me.password': route('PUT', '/v2/me/password', all, 'New password; ends the other sign-ins', {
    body: api.passwordRequest,
  }),
  'orgs.make': route('POST', '/v2/orgs', ['super_admin'], 'A new organization and the link for its first admin', {
    body: api.newOrganization,
    reply: api.organizationMade,
    status: 201,
  }),
  'orgs.get': route('GET', '/v2/orgs/:id', all, 'My organization', { params: api.byId, reply: api.organization }),
  'users.list': route('GET', '/v2/users', admins, 'People of the organization', {
    query: usersQuery,
    reply: api.page(api.userRow),
  }),
  'users.get': route('GET', '/v2/users/:id', admins, 'One person; the read is in their access log', {
    params: api.byId,
    reply: api.userPage,
  }),
  'users.remove': route('DELETE', '/v2/users/:id', admins, "Ends a person's access", { params: api.byId }),
  'devices.revoke': route('DELETE', '/v2/devices/:id', all, "Unpair a device: one's own, or as admin any", {
    params: api.byId,
  }),
  'devices.pair': route('POST', '/v2/pair', 'none', "Redeem a streamer's invite", {
    body: api.pairRequest,
    reply: api.pairReply,
    status: 201,
  }),
  'invites.make': route('POST', '/v2/invites', admins, 'Invite; the code is shown this once', {
    body: api.inviteRequest,
    reply: api.madeInvite,
    status: 201,
  }),
  'invites.list': route('GET', '/v2/invites', admins, 'Invites of the last 30 days', {
    query: api.pagedQuery,
    reply: api.page(api.invite),
  }),
  'invites.remove': route('DELETE', '/v2/invites/:id', admins, 'Take an invite back', { params: api.byId }),
  'consents.list': route('GET', '/v2/consents', streamer, 'My consent ledger, newest first', {
    query: api.pagedQuery,
    reply: api.page(api.consent),
  }),
  'consents.set': route('POST', '/v2/consents', streamer, 'Grant or withdraw; withdrawal deletes what was synced', {
    body: api.consentRequest,
    reply: consentSet,
    status: 201,
    device: true,
  }),
  'sync.state': route('GET', '/v2/sync/state', streamer, 'Where the server stands with this device', {
    reply: syncState,
    device: true,
  }),
  /** Its 409 is `pushConflict`. */
  'sync.push': route('POST', '/v2/sync/push', streamer, 'Push rows; exactly-once effect', {
    body: pushRequest,
    reply: pushReply,
    device: true,
  }),
  'sessions.list': route('GET', '/v2/sessions', readers, 'Sessions, newest first; a streamer sees their own', {
    query: api.sessionQuery,
    reply: api.page(api.sessionRow),
  }),
  'sessions.get': route('GET', '/v2/sessions/:id', readers, "One session; an admin's read is in the access log", {
    params: api.byId,
    reply: api.sessionPage,
  }),
  'reports.overview': route('GET', '/v2/reports/overview', admins, 'The agency by week', {
    query: overviewQuery,
    reply: api.overviewReply,
  }),
};
/** The body of a 409, for the routes that have one of their own. */
export const conflicts: Partial<Record<RouteName, z.ZodType>> = { 'sync.push': pushConflict };

export type RouteName = keyof typeof routes;
/** The routes that need no Bearer token. */
export type OpenRouteName = {
  [N in RouteName]: (typeof routes)[N]['auth'] extends 'none' | 'cookie' ? N : never;
}[RouteName];
export type MemberRouteName = Exclude<RouteName, OpenRouteName>;
/** What a caller sends as body. */
export type Body<N extends RouteName> = z.input<(typeof routes)[N]['body']>;
/** What a 2xx answer holds. */
export type Answer<N extends RouteName> = z.output<(typeof routes)[N]['reply']>;
/** What the server's handler is given, parsed. */
export type Given<N extends RouteName> = {
  params: z.output<(typeof routes)[N]['params']>;
  query: z.output<(typeof routes)[N]['query']>;
  body: z.output<(typeof routes)[N]['body']>;
};
