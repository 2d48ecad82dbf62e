import type { TokenReply, WebTokenReply } from '@app/shared/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import type { MemberHandlers, OpenHandlers } from '../../http/handlers.ts';
import { appendAudit } from '../audit/audit.ts';
import { acceptInvite } from '../orgs/invites.ts';
import { setUp } from '../orgs/setup.ts';
import { countAttempts, guardLogins } from './attempts.ts';
import { isHttps, refreshCookie } from './cookies.ts';
import { login } from './login.ts';
import { hashPassword, passwordFits } from './passwords.ts';
import { endByToken, endFamily, refresh } from './refresh.ts';

type OpenNames =
  | 'auth.login'
  | 'auth.refresh'
  | 'auth.setup'
  | 'auth.acceptInvite'
  | 'web.csrf'
  | 'web.login'
  | 'web.refresh'
  | 'web.logout';

/** Signing in, staying signed in, signing out: for scripts and devices by tokens, for the agency web by a cookie. */
export function authHandlers(
  deps: Deps,
): Pick<OpenHandlers, OpenNames> & Pick<MemberHandlers, 'auth.logout' | 'me.password'> {
  const attempts = countAttempts();
  const guard = guardLogins();
  const cookie = refreshCookie(isHttps(deps.config));
  const toWeb = (reply: FastifyReply, { refresh_token, ...rest }: TokenReply): WebTokenReply => {
    void reply.setCookie(cookie.name, refresh_token, cookie.options);
    return rest;
  };
  const fromCookie = (request: FastifyRequest): string => {
    const token = request.cookies[cookie.name];
    if (!token) throw new ApiFailure('SESSION_ENDED', 'This sign-in has ended. Sign in again.');
    return token;
  };
  return {
    'auth.login': ({ body, request }) => login(deps, guard, body, request.ip),
    'auth.refresh': ({ body }) => refresh(deps, body.refresh_token),
    'auth.setup': ({ body }) => setUp(deps, body),
    'auth.acceptInvite': acceptInvite(deps),
    'web.csrf': async ({ reply }) => ({ csrf_token: reply.generateCsrf() }),
    'web.login': async ({ body, request, reply }) => toWeb(reply, await login(deps, guard, body, request.ip)),
    'web.refresh': async ({ request, reply }) => toWeb(reply, await refresh(deps, fromCookie(request))),
    async 'web.logout'({ request, reply }) {
      await endByToken(deps, fromCookie(request));
      void reply.clearCookie(cookie.name, cookie.options);
    },
    async 'auth.logout'({ caller, tx }) {
      await endFamily(tx, caller.familyId, 'logout', new Date(deps.nowMs()));
    },
    async 'me.password'({ body, caller, tx }) {
      const key = `password ${caller.userId}`;
      if (attempts.isBlocked(key, deps.nowMs()))
        throw new ApiFailure('TOO_MANY_REQUESTS', 'Too many wrong passwords. Try again in 15 minutes.');
      attempts.failed(key, deps.nowMs());
      const [row] = await tx.query<{ password_hash: string | null }>(
        'SELECT password_hash FROM users WHERE organization_id = $1 AND id = $2',
        [tx.organizationId, caller.userId],
      );
      if (!(await passwordFits(row?.password_hash, body.current_password)))
        throw new ApiFailure('WRONG_LOGIN', 'The current password is wrong.');
      attempts.cleared(key);
      const now = new Date(deps.nowMs());
      await tx.query('UPDATE users SET password_hash = $3, updated_at = $4 WHERE organization_id = $1 AND id = $2', [
        tx.organizationId,
        caller.userId,
        await hashPassword(body.new_password),
        now,
      ]);
      await tx.query(
        `UPDATE refresh_families SET revoked_at = $3, revoke_reason = 'password'
         WHERE organization_id = $1 AND user_id = $2 AND id <> $4 AND device_id IS NULL AND revoked_at IS NULL`,
        [tx.organizationId, caller.userId, now, caller.familyId],
      );
      await appendAudit(deps, tx, { actorId: caller.userId, action: 'user.password_changed', targetId: caller.userId });
    },
  };
}
