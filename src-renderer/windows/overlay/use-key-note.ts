import type { Pushes } from '@app/shared/ipc';
import { useEffect, useState } from 'react';
import { onPush } from '../../app-api.ts';

const shownMs = 2_500;

/** What the last hotkey came to, for two and a half seconds; nothing runs before and after. */
export function useKeyNote(): Pushes['hotkey.pressed'] | null {
  const [note, setNote] = useState<Pushes['hotkey.pressed'] | null>(null);
  useEffect(() => {
    let timer: number | undefined;
    const stop = onPush('hotkey.pressed', (pressed) => {
      window.clearTimeout(timer);
      setNote(pressed);
      timer = window.setTimeout(() => setNote(null), shownMs);
    });
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, []);
  return note;
}
