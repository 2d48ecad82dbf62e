// Addresses of the page, by the browser's own history.
import { type AnchorHTMLAttributes, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';

export type Place = { path: string; query: URLSearchParams; hash: string };

const moved = 'timao:moved';

function subscribe(onMove: () => void): () => void {
  window.addEventListener('popstate', onMove);
  window.addEventListener(moved, onMove);
  return () => {
    window.removeEventListener('popstate', onMove);
    window.removeEventListener(moved, onMove);
  };
}

/** Where the page is; drawn again when it moves. */
export function usePlace(): Place {
  useSyncExternalStore(subscribe, () => window.location.href);
  const { pathname, search, hash } = window.location;
  return { path: pathname, query: new URLSearchParams(search), hash: hash.slice(1) };
}

/** Moves to an address of this page. `replace` leaves no step to go back to and keeps the scroll. */
export function goTo(address: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, '', address);
  else {
    window.history.pushState(null, '', address);
    window.scrollTo(0, 0);
  }
  window.dispatchEvent(new Event(moved));
}

/** A link inside the page; with a modifier key it does what the browser does. */
export function Link({
  to,
  children,
  onClick,
  ...rest
}: { to: string; children: ReactNode } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const click = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} onClick={click} {...rest}>
      {children}
    </a>
  );
}
