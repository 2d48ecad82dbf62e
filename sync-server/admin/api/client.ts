// The signed-in connection: the access token lives here, in memory, and nowhere else; the refresh token is a cookie
// that no script can read.
import type { User, WebTokenReply } from '@app/shared/api';
import type { Answer, Body, MemberRouteName, OpenRouteName } from '@app/shared/api-routes';
import { ApiError } from './api-error.ts';
import { type Fetch, type Parts, send } from './send.ts';

export type Client = {
  /** Calls a route that needs no sign-in and no cookie. */
  open<N extends Exclude<OpenRouteName, `web.${string}`>>(name: N, parts: Parts<N>): Promise<Answer<N>>;
  /** Calls a route as the person who is signed in; a token that has run out is renewed once. */
  call<N extends MemberRouteName>(name: N, parts: Parts<N>): Promise<Answer<N>>;
  signIn(body: Body<'web.login'>): Promise<User>;
  /** Goes on with the sign-in of the cookie; SESSION_ENDED when there is none. */
  resume(): Promise<User>;
  /** Ends the sign-in. Throws and leaves it when the server cannot be told: the cookie would bring it back. */
  signOut(): Promise<void>;
};
/** `onEnded` is told once when the sign-in is found to have ended. */
export type ClientOptions = { fetch: Fetch; nowMs: () => number; onEnded: () => void };

type Access = { token: string; renewAtMs: number };
// Renewed a little early, so that an ordinary call does not meet a token that ran out on its way.
const earlyMs = 30_000;
const hasEnded = (error: unknown) =>
  error instanceof ApiError && (error.code === 'SESSION_ENDED' || error.code === 'UNAUTHENTICATED');

/** Opens the connection; nothing is sent yet. */
export function createClient({ fetch, nowMs, onEnded }: ClientOptions): Client {
  let access: Access | null = null;
  let csrf: string | null = null;
  let renewing: Promise<User> | null = null;

  const keep = (reply: WebTokenReply): User => {
    access = { token: reply.access_token, renewAtMs: nowMs() + reply.expires_in * 1000 - earlyMs };
    return reply.user;
  };
  async function byCookie<N extends 'web.login' | 'web.refresh' | 'web.logout'>(
    name: N,
    parts: { body?: unknown },
    isRetry = false,
  ): Promise<Answer<N>> {
    csrf ??= (await send(fetch, 'web.csrf', {}, {})).csrf_token;
    try {
      return await send(fetch, name, parts, { 'x-csrf-token': csrf });
    } catch (error) {
      csrf = null;
      // The cookie that the token belongs to may be gone: one fresh pair.
      if (isRetry || !(error instanceof ApiError) || error.code !== 'FORBIDDEN_ORIGIN') throw error;
      return byCookie(name, parts, true);
    }
  }
  // All calls that need a new token wait for the same one.
  const renew = (): Promise<User> => {
    renewing ??= byCookie('web.refresh', {})
      .then(keep)
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };
  const end = () => {
    const wasIn = access !== null;
    access = null;
    if (wasIn) onEnded();
  };
  async function withToken<T>(work: (headers: Record<string, string>) => Promise<T>): Promise<T> {
    if (!access) throw new ApiError('SESSION_ENDED');
    if (nowMs() >= access.renewAtMs) await renew();
    const used = access;
    try {
      return await work({ authorization: `Bearer ${used.token}` });
    } catch (error) {
      if (!hasEnded(error)) throw error;
      // Another call may have renewed it in the meantime.
      if (access === used) await renew();
      if (!access) throw error;
      return await work({ authorization: `Bearer ${access.token}` });
    }
  }
  return {
    open: (name, parts) => send(fetch, name, parts, {}),
    async call(name, parts) {
      try {
        return await withToken((headers) => send(fetch, name, parts, headers));
      } catch (error) {
        if (hasEnded(error)) end();
        throw error;
      }
    },
    signIn: async (body) => keep(await byCookie('web.login', { body })),
    resume: renew,
    async signOut() {
      try {
        await byCookie('web.logout', {});
      } catch (error) {
        if (!hasEnded(error)) throw error;
      }
      access = null;
      csrf = null;
    },
  };
}
