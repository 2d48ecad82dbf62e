import type { UserRole } from '@app/shared/api';
import type { ReactNode } from 'react';
import { useMember } from './api/agency.ts';
import { SessionPage } from './pages/session-page.tsx';
import { SessionsPage } from './pages/sessions-page.tsx';
import { Shell } from './shell.tsx';
import { type Place, usePlace } from './ui/router.tsx';
import { Empty } from './ui/states.tsx';
import { useWords } from './ui/words.ts';

const isAdmin = (role: UserRole) => role === 'agency_admin' || role === 'super_admin';

/** The page of an address for someone of this role; null when there is none. */
function pageFor({ path, query }: Place, role: UserRole): ReactNode {
  const [, area = '', id = null] = path.split('/');
  if (role === 'assistant') return null;
  if (area === 'sessions' || area === '') return id ? <SessionPage id={id} key={id} /> : <SessionsPage query={query} />;
  if (!isAdmin(role)) return null;
  return null;
}

/** What somebody who is signed in sees. */
export function Pages() {
  const words = useWords();
  const place = usePlace();
  const { user } = useMember();
  return <Shell>{pageFor(place, user.role) ?? <Empty icon="lock">{words.notFound}</Empty>}</Shell>;
}
