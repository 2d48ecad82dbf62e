import type { User } from '@app/shared/api';
import type { Language } from '@app/shared/settings';
import { createRoot, type Root } from 'react-dom/client';
import { createAgency } from '../api/agency.ts';
import { AgencyWeb } from '../app.tsx';
import { usePreferences } from '../ui/preferences.ts';
import { type Answers, createFakeServer, Refusal } from './fake-server.ts';
import '../styles/styles.css';

let root: Root | null = null;

/** Nobody is signed in: the cookie is refused. */
export const signedOut: Answers = {
  'web.refresh': () => {
    throw new Refusal(401, 'SESSION_ENDED');
  },
};

/** Draws the whole agency web at an address, against a fake server. */
export function openAgency(options: { at?: string; user?: User; answers?: Answers; language?: Language } = {}) {
  closeAgency();
  window.history.replaceState(null, '', options.at ?? '/');
  usePreferences.setState({ language: options.language ?? 'en', theme: 'light' });
  const server = createFakeServer(options.user, options.answers);
  const agency = createAgency(server.fetch, Date.now);
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  root = createRoot(place);
  root.render(<AgencyWeb agency={agency} />);
  const started = agency.start();
  return { ...server, agency, started };
}

/** Ends what `openAgency` began; twice is harmless. */
export function closeAgency(): void {
  root?.unmount();
  root = null;
  document.getElementById('root')?.remove();
  localStorage.clear();
}
