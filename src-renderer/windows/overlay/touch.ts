// Holding Alt over the overlay makes it touchable; main lets the mouse through otherwise.
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { request } from '../../app-api.ts';

const quietly = (call: Promise<unknown>) => void call.catch(() => undefined);

/** Asks main for the mouse while Alt is held over the overlay, and gives it back after; true while it has it. */
export function useAltTouch(): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    let held = false;
    const set = (active: boolean) => {
      if (held === active) return;
      held = active;
      setHas(active);
      quietly(request('overlay.touch', { active }));
    };
    const onMove = (event: MouseEvent) => {
      if (event.altKey) set(true);
      else if (event.buttons === 0) set(false);
    };
    const onKeyUp = (event: KeyboardEvent) => event.key === 'Alt' && set(false);
    const onLeave = (event: MouseEvent) => event.buttons === 0 && set(false);
    document.addEventListener('mousemove', onMove);
    document.addEventListener('keyup', onKeyUp);
    document.documentElement.addEventListener('mouseleave', onLeave);
    return () => {
      document.removeEventListener('mousemove', onMove);
      document.removeEventListener('keyup', onKeyUp);
      document.documentElement.removeEventListener('mouseleave', onLeave);
    };
  }, []);
  return has;
}

/** Handlers that move the window by the pointer; each step is sent once main has answered the one before. */
export function useDrag(enabled: boolean) {
  const last = useRef<{ x: number; y: number } | null>(null);
  const busy = useRef(false);
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (!enabled || event.button !== 0) return;
      last.current = { x: event.screenX, y: event.screenY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!last.current || busy.current) return;
      const dx = event.screenX - last.current.x;
      const dy = event.screenY - last.current.y;
      if (dx === 0 && dy === 0) return;
      last.current = { x: event.screenX, y: event.screenY };
      busy.current = true;
      const free = () => {
        busy.current = false;
      };
      request('overlay.move', { dx, dy }).then(free, free);
    },
    onPointerUp() {
      last.current = null;
    },
  };
}
