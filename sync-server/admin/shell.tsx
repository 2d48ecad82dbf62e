import type { UserRole } from '@app/shared/api';
import type { AgencyWords } from '@app/shared/words/agency';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useMember } from './api/agency.ts';
import { CatMark, Icon, type IconName } from './ui/icons.tsx';
import { setPreference, usePreferences } from './ui/preferences.ts';
import { Link, usePlace } from './ui/router.tsx';
import { Note } from './ui/states.tsx';
import { useWords } from './ui/words.ts';

type NavItem = { to: string; icon: IconName; name: keyof AgencyWords['nav'] };

const adminItems: NavItem[] = [
  { to: '/', icon: 'overview', name: 'overview' },
  { to: '/sessions', icon: 'sessions', name: 'sessions' },
  { to: '/people', icon: 'people', name: 'people' },
  { to: '/invites', icon: 'invites', name: 'invites' },
  { to: '/account', icon: 'account', name: 'account' },
];
const streamerItems: NavItem[] = [
  { to: '/sessions', icon: 'sessions', name: 'ownSessions' },
  { to: '/consents', icon: 'consents', name: 'consents' },
  { to: '/access-log', icon: 'eye', name: 'accessLog' },
  { to: '/account', icon: 'account', name: 'account' },
];
const itemsFor: Record<UserRole, NavItem[]> = {
  super_admin: adminItems,
  agency_admin: adminItems,
  streamer: streamerItems,
  assistant: [{ to: '/account', icon: 'account', name: 'account' }],
};

function Navigation({ role }: { role: UserRole }) {
  const words = useWords();
  const { path } = usePlace();
  const items = itemsFor[role];
  const area = `/${path.split('/')[1]}`;
  // What `/` shows differs by role: it is the first entry of each.
  const current = area === '/' ? items[0]?.to : area;
  return (
    <nav className="nav" aria-label={words.nav.main}>
      {items.map(({ to, icon, name }) => (
        <Link
          key={to}
          to={to}
          className="nav-item"
          data-testid={`nav-${to.slice(1) || 'overview'}`}
          aria-current={to === current ? 'page' : undefined}
        >
          <Icon name={icon} size={20} />
          <span>{words.nav[name]}</span>
        </Link>
      ))}
    </nav>
  );
}

/** Language and look at hand; all of it is on the account page too. */
function QuickLook() {
  const words = useWords();
  const { language, theme } = usePreferences();
  const { label, code } = words.otherLanguage;
  const isLight = theme === 'light';
  return (
    <div className="quick">
      <button
        type="button"
        className="quick-button"
        lang={code}
        onClick={() => setPreference({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        <Icon name="language" />
        {label}
      </button>
      <button
        type="button"
        className="quick-button"
        onClick={() => setPreference({ theme: isLight ? 'dark' : 'light' })}
      >
        <Icon name={isLight ? 'moon' : 'sun'} />
        {isLight ? words.actions.toDark : words.actions.toLight}
      </button>
    </div>
  );
}

/** Whether the browser has a network; false is sure, true is a guess. */
function useOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setIsOnline(navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  return isOnline;
}

/** Navigation beside the page, below it on a phone; the focus goes to the page when the address changes. */
export function Shell({ children }: { children: ReactNode }) {
  const words = useWords();
  const { user, organization } = useMember();
  const { path } = usePlace();
  const isOnline = useOnline();
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {words.actions.skip}
      </a>
      <header className="side">
        <div className="side-head">
          <CatMark />
          <p className="side-name">
            <strong>{organization.name}</strong>
            <span className="quiet">{words.brand.name}</span>
          </p>
        </div>
        <Navigation role={user.role} />
        <div className="side-foot">
          <p>
            {user.username} <span className="quiet">{words.role[user.role]}</span>
          </p>
          <QuickLook />
        </div>
      </header>
      <main id="main" className="main" ref={main} tabIndex={-1}>
        {!isOnline && (
          <Note icon="offline" tone="warn">
            {words.offline}
          </Note>
        )}
        {children}
      </main>
    </div>
  );
}
