import { createRoot } from 'react-dom/client';
import { startApp } from '../../app-store.ts';
import '../../ui/base.css';
import './workstation.css';
import { Workstation } from './workstation.tsx';

startApp();
createRoot(document.getElementById('root') as HTMLElement).render(<Workstation />);
