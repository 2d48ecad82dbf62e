// One request by the route table: what goes in and what comes out is what api-routes.ts says.
import { errorReply } from '@app/shared/api';
import { type Answer, type RouteName, routes } from '@app/shared/api-routes';
import type { z } from 'zod';
import { ApiError } from './api-error.ts';

/** What a caller gives: only the parts that the route has. */
export type Parts<N extends RouteName> = {
  [K in 'params' | 'query' | 'body' as z.input<(typeof routes)[N][K]> extends undefined ? never : K]: z.input<
    (typeof routes)[N][K]
  >;
};
type AnyParts = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown };
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const patienceMs = 20_000;

/** The address of a route with its parts filled in. */
export function addressOf(name: RouteName, { params = {}, query = {} }: AnyParts): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return search ? `${path}?${search}` : path;
}

/** Sends one request and checks its answer; every failure is an ApiError. */
export async function send<N extends RouteName>(
  fetch: Fetch,
  name: N,
  parts: AnyParts,
  headers: Record<string, string>,
): Promise<Answer<N>> {
  const { body } = parts;
  const reply = await fetch(addressOf(name, parts), {
    method: routes[name].method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: unknown) => {
    throw new ApiError(error instanceof DOMException && error.name === 'TimeoutError' ? 'TOO_SLOW' : 'OFFLINE');
  });
  if (reply.status === 204) return undefined as Answer<N>;
  const answer: unknown = await reply.json().catch(() => null);
  if (!reply.ok) throw toFailure(answer, reply.status);
  const parsed = routes[name].reply.safeParse(answer);
  if (!parsed.success) throw new ApiError('BAD_ANSWER');
  return parsed.data as Answer<N>;
}

function toFailure(answer: unknown, status: number): ApiError {
  const parsed = errorReply.safeParse(answer);
  if (parsed.success)
    return new ApiError(parsed.data.error.code, parsed.data.error.request_id, parsed.data.error.field ?? null);
  // A proxy in front of a server that is away answers with a page of its own.
  return new ApiError(status >= 502 && status <= 504 ? 'NOT_READY' : 'INTERNAL');
}
