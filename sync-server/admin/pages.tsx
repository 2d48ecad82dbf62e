import type { UserRole } from '@app/shared/api';
import type { ReactNode } from 'react';
import { useMember } from './api/agency.ts';
import { AccessLogPage } from './pages/access-log-page.tsx';
import { AccountPage } from './pages/account-page.tsx';
import { ConsentsPage } from './pages/consents-page.tsx';
import { InvitesPage } from './pages/invites-page.tsx';
import { OverviewPage } from './pages/overview-page.tsx';
import { PeoplePage } from './pages/people-page.tsx';
import { PersonPage } from './pages/person-page.tsx';
import { SessionPage } from './pages/session-page.tsx';
import { SessionsPage } from './pages/sessions-page.tsx';
import { Shell } from './shell.tsx';
import { PageHead } from './ui/page-head.tsx';
import { type Place, usePlace } from './ui/router.tsx';
import { Empty } from './ui/states.tsx';
import { useWords } from './ui/words.ts';

const isAdmin = (role: UserRole) => role === 'agency_admin' || role === 'super_admin';

/** The page of an address for someone of this role; null when there is none. */
function pageFor({ path, query }: Place, role: UserRole): ReactNode {
  const [, area = '', id = null, rest] = path.split('/');
  if (rest !== undefined) return null;
  if (area === 'account' || role === 'assistant') return area === 'account' || area === '' ? <AccountPage /> : null;
  if (area === 'sessions') return id ? <SessionPage id={id} key={id} /> : <SessionsPage query={query} />;
  if (isAdmin(role)) return adminPageFor(area, id, query);
  if (area === '') return <SessionsPage query={query} />;
  if (area === 'consents') return <ConsentsPage />;
  return area === 'access-log' ? <AccessLogPage /> : null;
}

function adminPageFor(area: string, id: string | null, query: URLSearchParams): ReactNode {
  if (area === '') return <OverviewPage />;
  if (area === 'people') return id ? <PersonPage id={id} key={id} /> : <PeoplePage query={query} />;
  return area === 'invites' ? <InvitesPage /> : null;
}

function NoSuchPage() {
  const words = useWords();
  return (
    <>
      <PageHead title={words.notFoundTitle} />
      <Empty icon="lock">{words.notFound}</Empty>
    </>
  );
}

/** What somebody who is signed in sees. */
export function Pages() {
  const place = usePlace();
  const { user } = useMember();
  return <Shell>{pageFor(place, user.role) ?? <NoSuchPage />}</Shell>;
}
