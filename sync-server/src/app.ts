// Puts the app together. Nothing listens and nothing connects here.
import { randomUUID } from 'node:crypto';
import { pushLimits } from '@app/shared/sync';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Deps } from './deps.ts';
import { addAdminPage, contentPolicy } from './http/admin-page.ts';
import { addCompressedBodies } from './http/compressed-body.ts';
import { addErrorReplies } from './http/error-replies.ts';
import { ApiFailure } from './http/failure.ts';
import type { Gate } from './http/gate.ts';
import type { MemberHandlers, OpenHandlers } from './http/handlers.ts';
import { addOpenApi } from './http/openapi.ts';
import { addOpsRoutes } from './http/ops-routes.ts';
import { addRequestLog } from './http/request-log.ts';
import { addRoutes } from './http/routing.ts';
import { addWrongMethods } from './http/wrong-method.ts';
import { authHandlers } from './modules/auth/auth-routes.ts';
import { csrfCookie, isHttps } from './modules/auth/cookies.ts';
import { consentHandlers } from './modules/consents/consents.ts';
import { inviteHandlers } from './modules/orgs/invites.ts';
import { pair } from './modules/orgs/pair.ts';
import { overview } from './modules/reports/overview.ts';
import { sessionHandlers } from './modules/sessions/sessions.ts';
import { syncHandlers } from './modules/sync/push.ts';
import { userHandlers } from './modules/users/users.ts';

/** The whole HTTP side of the server, ready for `listen` or `inject`. */
export async function buildApp(deps: Deps, gate: Gate): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: deps.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    trustProxy: trustHops(deps.config.trustProxy),
    bodyLimit: pushLimits.maxBytes,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : randomUUID();
    },
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  addRequestLog(app, deps.metrics);
  addErrorReplies(app);
  let page: ReturnType<typeof addAdminPage> | null = null;
  await addProtection(app, deps);
  addWrongMethods(app, (request, reply) => page?.(request, reply) ?? false);
  addCompressedBodies(app);
  await addOpenApi(app);
  app.addHook('onRequest', async (request, reply) => {
    // The route that was found, not the address as written: %76 is a v, and a full http:// address has no leading path.
    if (!request.routeOptions.url?.startsWith('/v2/')) return;
    if (!(await gate.isOpen())) throw new ApiFailure('NOT_READY', 'The server is not ready: see /ready.');
    void reply.header('cache-control', 'no-store');
    // Known from here on: a handler must not wait for a second connection while it holds one.
    await deps.epoch();
  });
  addOpsRoutes(app, deps, gate);
  addRoutes(app, deps, allHandlers(deps), limitsOf(deps));
  if (deps.adminFolder) page = addAdminPage(app, deps.adminFolder);
  return app;
}

/** A number: so many hops from here are ours. What a caller wrote into X-Forwarded-For lies beyond and is not believed. */
const trustHops = (hops: number | false) => hops !== false && ((_address: string, hop: number) => hop < hops);

async function addProtection(app: FastifyInstance, deps: Deps): Promise<void> {
  const https = isHttps(deps.config);
  await app.register(helmet, {
    contentSecurityPolicy: false,
    hsts: https ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('content-security-policy', contentPolicy(null));
  });
  await app.register(rateLimit, {
    max: deps.config.limits.allPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: tooMany,
  });
  await app.register(cookie);
  const { name, options } = csrfCookie(https);
  await app.register(csrf, {
    cookieKey: name,
    cookieOpts: options,
    getToken: (request) => String(request.headers['x-csrf-token'] ?? ''),
  });
}

const tooMany = (_request: unknown, context: { after: string }) =>
  new ApiFailure('TOO_MANY_REQUESTS', `Too many requests. Try again in ${context.after}.`);

const allHandlers = (deps: Deps): OpenHandlers & MemberHandlers => ({
  ...authHandlers(deps),
  ...userHandlers(deps),
  ...inviteHandlers(deps),
  'devices.pair': pair(deps),
  ...consentHandlers(deps),
  ...syncHandlers(deps),
  ...sessionHandlers(deps),
  'reports.overview': overview(deps),
});

function limitsOf(deps: Deps): Parameters<typeof addRoutes>[3] {
  const { loginPerMinute, pairPerMinute } = deps.config.limits;
  return {
    'auth.login': loginPerMinute,
    'web.login': loginPerMinute,
    'me.password': loginPerMinute,
    'auth.setup': pairPerMinute,
    'auth.acceptInvite': pairPerMinute,
    'devices.pair': pairPerMinute,
  };
}
