import type { User, UserRole } from '@app/shared/api';
import { isTaken, type Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import { toUser, type UserRecord, userColumns } from './user-record.ts';

export type NewUser = { username: string; role: UserRole; passwordHash: string | null };

/** Adds a person to the organization of this transaction; a name in use is USERNAME_TAKEN. */
export async function makeUser(deps: Deps, tx: Tx, given: NewUser): Promise<User> {
  try {
    const [row] = await tx.query<UserRecord>(
      `INSERT INTO users AS u (organization_id, id, username, role, password_hash) VALUES ($1, $2, $3, $4, $5) RETURNING ${userColumns('u')}`,
      [tx.organizationId, deps.newId(), given.username, given.role, given.passwordHash],
    );
    deps.metrics.registrations.inc();
    return toUser(row!);
  } catch (error) {
    if (isTaken(error, 'users_username'))
      throw new ApiFailure('USERNAME_TAKEN', 'This name is in use in the organization.');
    throw error;
  }
}
