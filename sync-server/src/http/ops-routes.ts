// What operators and load balancers ask. /health never touches the database; /ready does, each time.
import { timingSafeEqual } from 'node:crypto';
import { type ReadyReply, readyReply } from '@app/shared/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ApiFailure } from './failure.ts';
import type { Gate } from './gate.ts';

/** Adds /health, /ready and /metrics. */
export function addOpsRoutes(app: FastifyInstance, deps: Deps, gate: Gate): void {
  const tags = ['operation'];
  const free = { rateLimit: false };
  const healthy = z.object({ status: z.literal('ok') });
  app.get(
    '/health',
    { schema: { tags, summary: 'The process runs', response: { 200: healthy } }, config: free },
    async () => ({ status: 'ok' }),
  );
  app.get(
    '/ready',
    {
      schema: { tags, summary: 'May requests be sent here', response: { 200: readyReply, 503: readyReply } },
      config: free,
    },
    async (_request, reply): Promise<ReadyReply> => {
      const state = await gate.check();
      if (!state.ready) void reply.code(503).header('retry-after', '5');
      return state;
    },
  );
  app.get('/metrics', { schema: { hide: true } as object, config: free }, async (request, reply) => {
    if (!mayReadMetrics(deps, request)) throw new ApiFailure('NOT_FOUND', 'There is no such page.');
    void reply.type(deps.metrics.registry.contentType);
    return deps.metrics.registry.metrics();
  });
}

function mayReadMetrics(deps: Deps, request: FastifyRequest): boolean {
  const { metricsToken } = deps.config;
  if (metricsToken === null) {
    // Behind a proxy everyone comes from this machine; a page of another site may call this machine by a name of its own.
    const isBehind = deps.config.publicUrl !== null || deps.config.trustProxy !== false;
    const isPassedOn = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => request.headers[name]);
    const from = request.socket.remoteAddress ?? '';
    const isHere =
      /^(127\.|::1$|::ffff:127\.)/.test(from) && /^(127\.[\d.]+|localhost|\[?::1\]?)$/.test(request.hostname);
    return isHere && !isBehind && !isPassedOn;
  }
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${metricsToken}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
