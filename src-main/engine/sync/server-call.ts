// One HTTP call to the sync server: a time limit, the answer checked, every failure a code.
import { type ErrorCode, errorReply } from '@app/shared/api';
import type { z } from 'zod';

/** The server said no, or did not answer: `SERVER_AWAY` is the network, `BAD_ANSWER` not our server. */
export class ServerFailure extends Error {
  readonly code: ErrorCode | 'SERVER_AWAY' | 'BAD_ANSWER';
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly body: unknown;
  constructor(code: ServerFailure['code'], status: number, retryAfterMs: number | null = null, body: unknown = null) {
    super(code);
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.body = body;
  }
}

type Route<R extends z.ZodType> = { method: string; path: string; reply: R };
const timeoutMs = 10_000;

/** Calls a route of the server; resolves with the checked answer or rejects with ServerFailure. */
export async function callServer<R extends z.ZodType>(
  serverUrl: string,
  route: Route<R>,
  options: { body?: unknown; token?: string | null; signal?: AbortSignal } = {},
): Promise<z.output<R>> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  const limit = AbortSignal.timeout(timeoutMs);
  const request = {
    method: route.method,
    headers,
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal ? AbortSignal.any([options.signal, limit]) : limit,
    redirect: 'error' as const,
  };
  const answer = await fetch(new URL(route.path, serverUrl), request).catch(() => {
    throw new ServerFailure('SERVER_AWAY', 0);
  });
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    const code = errorReply.safeParse(body).data?.error.code;
    throw new ServerFailure(
      code ?? 'BAD_ANSWER',
      answer.status,
      Number.isFinite(seconds) ? seconds * 1000 : null,
      body,
    );
  }
  const parsed = route.reply.safeParse(body);
  if (!parsed.success) throw new ServerFailure('BAD_ANSWER', answer.status);
  return parsed.data;
}
