import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createAgency } from './api/agency.ts';
import { AgencyWeb } from './app.tsx';
import './styles/styles.css';

// The content policy forbids code from text, which zod would try.
z.config({ jitless: true });
const agency = createAgency((url, init) => fetch(url, init), Date.now);
createRoot(document.getElementById('root')!).render(<AgencyWeb agency={agency} />);
agency.start().catch((error: unknown) => console.error('the sign-in could not be restored', error));
