import { createRoot } from 'react-dom/client';
import './overlay.css';
import { Overlay } from './overlay.tsx';

createRoot(document.getElementById('root') as HTMLElement).render(<Overlay />);
