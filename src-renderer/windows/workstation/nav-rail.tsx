import { useEffect } from 'react';
import { openPage, type Page, useApp } from '../../app-store.ts';
import { CatMark } from '../../ui/cats-eye.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';

const pages: { page: Page; icon: IconName }[] = [
  { page: 'live', icon: 'live' },
  { page: 'history', icon: 'history' },
  { page: 'settings', icon: 'settings' },
  { page: 'pairing', icon: 'pairing' },
];

/** The pages, also reached with Ctrl+1 to Ctrl+4. */
export function NavRail() {
  const words = useWords();
  const current = useApp((state) => state.page);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.ctrlKey && !event.altKey && !event.shiftKey ? pages[Number(event.key) - 1] : undefined;
      if (!target) return;
      event.preventDefault();
      openPage(target.page);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <nav className="rail" aria-label={words.nav.main}>
      <CatMark />
      {pages.map(({ page, icon }, index) => (
        <button
          key={page}
          type="button"
          className="rail-item"
          data-testid={`nav-${page}`}
          aria-current={page === current ? 'page' : undefined}
          aria-keyshortcuts={`Control+${index + 1}`}
          onClick={() => openPage(page)}
        >
          <Icon name={icon} size={22} />
          <span>{words.nav[page]}</span>
        </button>
      ))}
    </nav>
  );
}
