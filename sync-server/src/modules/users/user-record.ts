import type { User } from '@app/shared/api';

export type UserRecord = {
  id: string;
  organization_id: string;
  username: string;
  email: string | null;
  role: User['role'];
  subscription_plan: User['subscription_plan'];
  created_at: Date;
};

/** The columns of a UserRecord, of the table alias `t`. */
export const userColumns = (t: string) =>
  ['id', 'organization_id', 'username', 'email', 'role', 'subscription_plan', 'created_at']
    .map((name) => `${t}.${name}`)
    .join(', ');

/** The person as the API tells of them. */
export const toUser = (row: UserRecord): User => ({
  id: row.id,
  organization_id: row.organization_id,
  username: row.username,
  email: row.email,
  role: row.role,
  subscription_plan: row.subscription_plan,
  created_at: row.created_at.toISOString(),
});
