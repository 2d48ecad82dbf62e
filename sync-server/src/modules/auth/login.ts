import type { TokenReply } from '@app/shared/api';
import type { Body } from '@app/shared/api-routes';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import { appendAudit } from '../audit/audit.ts';
import { toUser, type UserRecord, userColumns } from '../users/user-record.ts';
import type { LoginGuard } from './attempts.ts';
import { passwordFits } from './passwords.ts';
import { openFamily } from './refresh.ts';

/** Signs in with name and password. Whether the name exists shows neither in the answer nor in its time. */
export async function login(
  deps: Deps,
  guard: LoginGuard,
  given: Body<'auth.login'>,
  address: string,
): Promise<TokenReply> {
  const [place] = await deps.database.query<{ id: string | null; several: boolean }>(
    'SELECT * FROM organization_for_login($1)',
    [given.organization ?? null],
  );
  if (place?.several && given.organization === undefined) {
    throw new ApiFailure('ORGANIZATION_REQUIRED', 'This server holds several organizations: name yours.');
  }
  const found = place?.id ? await findByName(deps, place.id, given.username) : undefined;
  // Postgres and JavaScript do not agree on every small letter: the person counts, not the spelling.
  const account = found?.id ?? `${place?.id ?? given.organization} ${given.username.toLowerCase()}`;
  if (!guard.mayTry(account, address, deps.nowMs())) {
    throw new ApiFailure('TOO_MANY_REQUESTS', 'Too many failed sign-ins. Try again in 15 minutes.');
  }
  const fits = await passwordFits(found?.password_hash, given.password);
  if (!found || !fits) throw new ApiFailure('WRONG_LOGIN', 'User name or password is wrong.');
  guard.succeeded(account, address);
  return deps.database.inOrganization(found.organization_id, async (tx) => {
    await appendAudit(deps, tx, { actorId: found.id, action: 'user.signed_in', targetId: found.id });
    return openFamily(deps, tx, toUser(found), null);
  });
}

function findByName(deps: Deps, organizationId: string, username: string) {
  return deps.database.inOrganization(organizationId, async (tx) => {
    const [found] = await tx.query<UserRecord & { password_hash: string | null }>(
      `SELECT ${userColumns('u')}, u.password_hash FROM users u
       WHERE u.organization_id = $1 AND lower(u.username) = lower($2) AND u.deleted_at IS NULL`,
      [organizationId, username],
    );
    return found;
  });
}
