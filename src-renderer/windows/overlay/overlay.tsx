import { errorWords, wordsFor } from '@app/shared/words/words';
import { useLayoutEffect, useRef } from 'react';
import { request } from '../../app-api.ts';
import { Icon } from '../../ui/icons.tsx';
import { LanguageProvider } from '../../ui/language.tsx';
import { applyPalette } from '../../ui/palette.ts';
import { OverlayCard } from './overlay-card.tsx';
import { useOverlayState } from './overlay-state.ts';
import { StatusBar } from './status-bar.tsx';
import { useAltTouch, useDrag } from './touch.ts';
import { useKeyNote } from './use-key-note.ts';
import { useNow } from './use-now.ts';

const maxCards = 2;

/** Tells main how high the content is, whenever that changes. */
function useReportedHeight() {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    let last = 0;
    const watch = new ResizeObserver(() => {
      const height = Math.max(8, Math.ceil(element.getBoundingClientRect().height));
      if (height === last) return;
      last = height;
      void request('overlay.size', { height }).catch(() => undefined);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return ref;
}

/** The always-on-top window: a bar, at most two cards, and no frame at all while there is nothing to say. */
export function Overlay() {
  const { view, settings, system } = useOverlayState();
  const ref = useReportedHeight();
  const altHeld = useAltTouch();
  const touchable = altHeld || (system?.overlayTouchable ?? false);
  const drag = useDrag(touchable);
  const waiting = view.cards.some((card) => card.outcome === 'open' && card.expiresAt > Date.now());
  const now = useNow(waiting);
  const cards = view.cards.filter((card) => card.outcome === 'open' && card.expiresAt > now).slice(0, maxCards);
  const language = settings?.language ?? 'zh';
  const words = wordsFor(language);
  const note = useKeyNote();
  useLayoutEffect(() => {
    applyPalette('dark', language); // dark in every theme: it lies over bright games and pages
    document.documentElement.dataset.motion = settings?.reduceMotion ? 'none' : 'some';
  }, [language, settings?.reduceMotion]);
  return (
    <LanguageProvider language={language}>
      <main ref={ref} className={`overlay ${touchable ? 'touchable' : ''}`}>
        <div className="bar-frame" {...drag}>
          <StatusBar view={view} system={system} dots={settings?.overlay.dots ?? false} />
        </div>
        <p className="overlay-note" role="status">
          {note ? (
            <span className={note.code ? 'tone-warn' : ''}>
              <Icon name={note.code ? 'help' : 'check'} size={14} />
              {note.code ? errorWords(words, note.code).what : words.pressed[note.action]}
            </span>
          ) : (
            touchable && <span>{words.overlay.touchable}</span>
          )}
        </p>
        <div aria-live="polite">
          {cards.map((card, index) => (
            <OverlayCard
              key={card.id}
              card={card}
              now={now}
              hotkeys={settings?.hotkeys ?? null}
              taken={system?.hotkeysTaken ?? []}
              touchable={touchable}
              first={index === 0}
            />
          ))}
        </div>
      </main>
    </LanguageProvider>
  );
}
