import { createRoot } from 'react-dom/client';
import { applyPalette } from '../../ui/palette.ts';
import './overlay.css';
import { Overlay } from './overlay.tsx';

applyPalette('dark'); // the overlay stays dark in every theme: it lies over bright games and pages
createRoot(document.getElementById('root') as HTMLElement).render(<Overlay />);
