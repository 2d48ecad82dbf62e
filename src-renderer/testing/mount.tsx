import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

let root: Root | null = null;

/** Draws into a fresh element of the page; `unmount` takes it away again. */
export function mount(node: ReactNode): HTMLElement {
  unmount();
  const place = document.createElement('div');
  place.id = 'root';
  document.body.append(place);
  root = createRoot(place);
  root.render(node);
  return place;
}

/** Ends what `mount` began; twice is harmless. */
export function unmount(): void {
  root?.unmount();
  root = null;
  document.getElementById('root')?.remove();
}
