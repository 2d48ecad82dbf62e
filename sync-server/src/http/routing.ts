// Puts every route of the shared table into the app: who may call it, what goes in, what comes out.
import { errorReply, type UserRole } from '@app/shared/api';
import { conflicts, type RouteName, routes } from '@app/shared/api-routes';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { Tx } from '../db/database.ts';
import type { Deps } from '../deps.ts';
import { type Claims, verifyAccess } from '../modules/auth/access-token.ts';
import { ApiFailure } from './failure.ts';
import type { Caller, MemberHandlers, OpenHandlers } from './handlers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    claims: Claims | null;
  }
}

type Given = { params: unknown; query: unknown; body: unknown; request: FastifyRequest; reply: FastifyReply };
type AnyHandler = (given: never) => Promise<unknown>;

/** Adds all routes. `limits` are the routes that have a rate limit of their own, in calls a minute. */
export function addRoutes(
  app: FastifyInstance,
  deps: Deps,
  handlers: OpenHandlers & MemberHandlers,
  limits: Partial<Record<RouteName, number>>,
): void {
  app.decorateRequest('claims', null);
  for (const name of Object.keys(routes) as RouteName[]) {
    const shape = routes[name];
    const handler = handlers[name] as AnyHandler;
    const roles = typeof shape.auth === 'string' ? null : shape.auth;
    const options: RouteOptions = {
      method: shape.method,
      url: shape.path,
      schema: toSchema(name),
      handler: roles
        ? memberHandler(deps, handler, roles, shape.device, shape.status)
        : openHandler(handler, shape.status),
    };
    if (roles) options.onRequest = (request) => readClaims(deps, request, roles);
    if (shape.auth === 'cookie') options.onRequest = [checkOrigin(deps), app.csrfProtection];
    const max = limits[name];
    if (max) options.config = { rateLimit: { max, timeWindow: 60_000 } };
    // A thousand results need no second look on the way out: the handler's type says what they are.
    if (name === 'sync.push') options.serializerCompiler = () => (data) => JSON.stringify(data);
    app.route(options);
  }
}

function toSchema(name: RouteName): RouteOptions['schema'] {
  const { params, query, body, reply, status, auth, summary, path } = routes[name];
  const given = (schema: z.ZodType) => !(schema instanceof z.ZodUndefined);
  const failures = Object.fromEntries(
    [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503].map((code) => [code, errorReply]),
  );
  const conflict = conflicts[name] ? { 409: z.union([conflicts[name], errorReply]) } : {};
  return {
    operationId: name,
    summary,
    tags: [path.split('/')[2] ?? ''],
    ...(given(params) ? { params } : {}),
    ...(given(query) ? { querystring: query } : {}),
    ...(given(body) ? { body } : {}),
    ...(typeof auth === 'string' ? {} : { security: [{ bearer: [] }] }),
    response: { [status]: given(reply) ? reply : z.null().describe('Done'), ...failures, ...conflict },
  } as RouteOptions['schema'];
}

const toGiven = (request: FastifyRequest, reply: FastifyReply): Given => ({
  params: request.params,
  query: request.query,
  body: request.body,
  request,
  reply,
});

function openHandler(handler: AnyHandler, status: number) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await handler(toGiven(request, reply) as never);
    return status === 204 ? reply.code(204).send() : reply.code(status).send(answer);
  };
}

async function readClaims(deps: Deps, request: FastifyRequest, roles: readonly UserRole[]): Promise<void> {
  request.claims = await verifyAccess(deps.keys, request.headers.authorization, deps.nowMs());
  request.userId = request.claims.sub;
  if (!roles.includes(request.claims.role)) throw new ApiFailure('FORBIDDEN', 'Your role may not do this.');
}

function memberHandler(deps: Deps, handler: AnyHandler, roles: readonly UserRole[], device: boolean, status: number) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const claims = request.claims!;
    const answer = await deps.database.inOrganization(claims.org, async (tx) => {
      const caller = await findCaller(tx, claims);
      if (!roles.includes(caller.role)) throw new ApiFailure('FORBIDDEN', 'Your role may not do this.');
      if (device && !caller.deviceId) throw new ApiFailure('FORBIDDEN', 'Only a paired device may do this.');
      return handler({ ...toGiven(request, reply), caller, tx } as never);
    });
    return status === 204 ? reply.code(204).send() : reply.code(status).send(answer);
  };
}

// Asked at every request, so that logout, unpairing and removal act at once and not when the token runs out.
async function findCaller(tx: Tx, claims: Claims): Promise<Caller> {
  const [row] = await tx.query<{ username: string; role: UserRole; device_id: string | null }>(
    `SELECT u.username, u.role, f.device_id FROM refresh_families f
     JOIN users u ON u.organization_id = f.organization_id AND u.id = f.user_id
     LEFT JOIN devices d ON d.organization_id = f.organization_id AND d.id = f.device_id
     WHERE f.organization_id = $1 AND f.id = $2 AND f.user_id = $3 AND f.device_id IS NOT DISTINCT FROM $4
       AND f.revoked_at IS NULL AND u.deleted_at IS NULL AND d.revoked_at IS NULL`,
    [tx.organizationId, claims.fam, claims.sub, claims.dev ?? null],
  );
  if (!row) throw new ApiFailure('SESSION_ENDED', 'This sign-in has ended. Sign in again.');
  return {
    organizationId: tx.organizationId,
    userId: claims.sub,
    username: row.username,
    role: row.role,
    deviceId: row.device_id,
    familyId: claims.fam,
  };
}

/** Lets a cookie route through only from a page of this server itself. */
function checkOrigin(deps: Deps) {
  return async (request: FastifyRequest): Promise<void> => {
    const own = deps.config.publicUrl ?? `${request.protocol}://${request.host}`;
    if (request.headers.origin !== own) throw new ApiFailure('FORBIDDEN_ORIGIN', 'This page may not sign in here.');
  };
}
