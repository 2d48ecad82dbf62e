// A path that is there but not for this method is 405 with Allow; anything else is 404.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendFailure } from './error-replies.ts';
import { ApiFailure } from './failure.ts';

/** Answers what no route took. `fallback` may answer first (the agency web's pages). Call before the routes are added. */
export function addWrongMethods(
  app: FastifyInstance,
  fallback: ((request: FastifyRequest, reply: FastifyReply) => boolean) | null,
): void {
  const known: { pattern: RegExp; methods: Set<string> }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const source = `^${url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`;
    const entry = known.find((one) => one.pattern.source === new RegExp(source).source) ?? {
      pattern: new RegExp(source),
      methods: new Set<string>(),
    };
    if (entry.methods.size === 0) known.push(entry);
    for (const one of [method].flat()) entry.methods.add(one);
  });
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = new Set(known.filter((one) => one.pattern.test(path)).flatMap((one) => [...one.methods]));
    if (methods.size > 0) {
      void reply.header('allow', [...methods].sort().join(', '));
      request.failureCode = 'METHOD_NOT_ALLOWED';
      return sendFailure(request, reply, new ApiFailure('METHOD_NOT_ALLOWED', 'This page does not take this method.'));
    }
    if (fallback?.(request, reply)) return reply;
    request.failureCode = 'NOT_FOUND';
    return sendFailure(request, reply, new ApiFailure('NOT_FOUND', 'There is no such page.'));
  };
  // Before the body is looked at: its form does not matter when nobody takes it.
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return answer(request, reply);
  });
  app.setNotFoundHandler(answer);
}
