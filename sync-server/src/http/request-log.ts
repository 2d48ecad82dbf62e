// One line when a request comes, one when it ends. Lines hold ids, paths without query, and counts.
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import type { Metrics } from './metrics.ts';

const secretNames = [
  'authorization',
  'cookie',
  'password',
  'current_password',
  'new_password',
  'token',
  'access_token',
  'refresh_token',
  'code',
  'phone',
  'csrf_token',
  'setup_link',
  'x-csrf-token',
];

/** The server's logger: JSON lines, secrets taken out by name wherever an object is logged. */
export function openLog(level: Config['logLevel'], stream: { write(line: string): void } = process.stderr): Logger {
  const paths = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);
  return pino(
    { level, base: null, redact: { paths, censor: '[redacted]' }, timestamp: pino.stdTimeFunctions.isoTime },
    stream,
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set when the caller is known; for the log. */
    userId: string | null;
    failureCode: string | null;
  }
}

/** Writes the lines api_request_start, _end and _error, and counts requests. */
export function addRequestLog(app: FastifyInstance, metrics: Metrics): void {
  app.decorateRequest('userId', null);
  app.decorateRequest('failureCode', null);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    request.log.info(
      { event: 'api_request_start', method: request.method, url: pathOf(request.url) },
      'api_request_start',
    );
  });
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1000;
    const endpoint = request.routeOptions.url ?? 'unknown';
    metrics.requests.inc({ method: request.method, endpoint });
    metrics.requestSeconds.observe(seconds);
    const facts = {
      method: request.method,
      url: pathOf(request.url),
      user_id: request.userId,
      status_code: reply.statusCode,
      duration: seconds,
    };
    request.log.info(
      { event: 'api_request_end', ...facts, error_code: request.failureCode ?? undefined },
      'api_request_end',
    );
  });
}

// A code or a token that somebody wrote into an address by mistake: ten signs of an invite, or a long run that is no id.
const secretLike = /(?<=\/)(?![0-9a-f-]{36}(?:\/|$))(?:[2-9A-HJKMNP-Z]{10}(?=\/|$)|[\w.-]{30,})/gi;
const pathOf = (url: string) => (url.split('?', 1)[0] ?? '').replace(secretLike, '[redacted]').slice(0, 200);
