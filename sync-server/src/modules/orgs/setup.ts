// How an organization begins: a one-time link, of which only the hash is kept.
import { createHash, randomBytes } from 'node:crypto';
import type { Organization, UserRole } from '@app/shared/api';
import type { Answer, Body } from '@app/shared/api-routes';
import { isTaken, type Query, type Tx } from '../../db/database.ts';
import type { Deps } from '../../deps.ts';
import { ApiFailure } from '../../http/failure.ts';
import { appendAudit } from '../audit/audit.ts';
import { hashPassword } from '../auth/passwords.ts';
import { makeUser } from '../users/make-user.ts';

const linkDays = 7;
const sha256 = (text: string) => createHash('sha256').update(text).digest();

type Link = { for_organization: string | null; role: UserRole };
export type OrganizationRecord = { id: string; slug: string; name: string; created_at: Date };
/** The organization as the API tells of it. */
export const toOrganization = (row: OrganizationRecord): Organization => ({
  ...row,
  created_at: row.created_at.toISOString(),
});

/** Makes a link that one person may use within 7 days. `organizationId` null: the server's first organization. */
export async function makeSetupLink(
  deps: Deps,
  query: Query,
  organizationId: string | null,
): Promise<{ link: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(deps.nowMs() + linkDays * 86_400_000);
  const role: UserRole = organizationId === null ? 'super_admin' : 'agency_admin';
  await query('INSERT INTO setup_links (token_hash, for_organization, role, expires_at) VALUES ($1, $2, $3, $4)', [
    sha256(token),
    organizationId,
    role,
    expiresAt,
  ]);
  return { link: `${deps.baseUrl()}/setup#${token}`, expiresAt };
}

/** The link for the first admin, made anew at every boot until there is one; null afterwards. */
export async function firstAdminLink(deps: Deps): Promise<string | null> {
  const [row] = await deps.database.query<{ any: boolean }>('SELECT any_organization() AS any');
  if (row?.any) return null;
  await deps.database.query('DELETE FROM setup_links WHERE for_organization IS NULL AND used_at IS NULL');
  return (await makeSetupLink(deps, deps.database.query, null)).link;
}

/** Uses a link: makes the organization (unless it is there) and its first admin. All or nothing. */
export async function setUp(deps: Deps, given: Body<'auth.setup'>): Promise<Answer<'auth.setup'>> {
  const tokenHash = sha256(given.token);
  const [known] = await deps.database.query<Link>(
    'SELECT for_organization, role FROM setup_links WHERE token_hash = $1',
    [tokenHash],
  );
  if (!known) throw spent();
  const passwordHash = await hashPassword(given.password);
  const organizationId = known.for_organization ?? deps.newId();
  return deps.database.inOrganization(organizationId, async (tx) => {
    await spend(tx, tokenHash, new Date(deps.nowMs()));
    const organization = await placeOrganization(tx, known.for_organization === null, given, deps);
    const user = await makeUser(deps, tx, { username: given.username, role: known.role, passwordHash });
    await appendAudit(deps, tx, { actorId: user.id, action: 'organization.set_up', targetId: organizationId });
    return { organization, user };
  });
}

const spent = () => new ApiFailure('CODE_NOT_VALID', 'This link has been used, has run out or never was.');

async function spend(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
  const rows = await tx.query(
    'UPDATE setup_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 RETURNING 1',
    [tokenHash, now],
  );
  if (rows.length === 0) throw spent();
}

async function placeOrganization(tx: Tx, isNew: boolean, given: Body<'auth.setup'>, deps: Deps): Promise<Organization> {
  if (isNew)
    return insertOrganization(tx, given.organization ?? toSlug(given.organization_name, deps), given.organization_name);
  const [row] = await tx.query<OrganizationRecord>('UPDATE organizations SET name = $2 WHERE id = $1 RETURNING *', [
    tx.organizationId,
    given.organization_name,
  ]);
  return toOrganization(row!);
}

/** Inserts the organization of this transaction; a slug that is in use is ORGANIZATION_TAKEN. */
export async function insertOrganization(tx: Tx, slug: string, name: string): Promise<Organization> {
  try {
    const [row] = await tx.query<OrganizationRecord>(
      'INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $3) RETURNING *',
      [tx.organizationId, slug, name],
    );
    return toOrganization(row!);
  } catch (error) {
    if (isTaken(error, 'organizations_slug_key'))
      throw new ApiFailure('ORGANIZATION_TAKEN', 'This short name is in use.');
    throw error;
  }
}

function toSlug(name: string, deps: Deps): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30)
    .replace(/^-+|-+$/g, '');
  return letters || `org-${deps.newId().slice(-8)}`;
}
