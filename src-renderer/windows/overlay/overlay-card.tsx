import type { Urgency } from '@app/shared/live-event';
import type { Settings } from '@app/shared/settings';
import type { CardView } from '@app/shared/view';
import { cardText } from '@app/shared/words/cards';
import { useEffect } from 'react';
import { request } from '../../app-api.ts';
import { showAccelerator } from '../../ui/accelerator.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { keepUnits } from '../../ui/keep-units.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Stars } from '../../ui/stars.tsx';

const icons: Record<Urgency, IconName> = { low: 'bulb', medium: 'bulb', high: 'bulb', critical: 'help' };
const reported = new Set<string>();
const send = (call: Promise<unknown>) => void call.catch(() => undefined); // a card that is gone needs no sentence here

/** Tells the engine when the card was really on the screen: at the second frame after it entered the page. */
function useShownReport(suggestionId: string): void {
  useEffect(() => {
    if (reported.has(suggestionId)) return;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        reported.add(suggestionId);
        send(request('suggestion.shown', { suggestionId, shownAt: Date.now() }));
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [suggestionId]);
}

/** The share of a card's life that is left, in steps of one second. */
export function shareLeft(card: { createdAt: number; expiresAt: number }, now: number): number {
  const life = Math.max(1000, card.expiresAt - card.createdAt);
  const left = Math.ceil((card.expiresAt - now) / 1000) * 1000;
  return Math.max(0, Math.min(1, left / life));
}

type Props = {
  card: CardView;
  now: number;
  hotkeys: Settings['hotkeys'] | null;
  taken: string[];
  touchable: boolean;
  first: boolean;
};

/** One card: what to say, the words it rests on, how long it stays, and the keys that answer it. */
export function OverlayCard({ card, now, hotkeys, taken, touchable, first }: Props) {
  const words = useWords();
  const text = cardText(card, useLanguage());
  useShownReport(card.id);
  const keyOf = (action: 'accept' | 'dismiss') =>
    first && hotkeys && !taken.includes(hotkeys[action]) ? showAccelerator(hotkeys[action]) : null;
  const call = (name: 'suggestion.accept' | 'suggestion.dismiss') => () =>
    send(request(name, { suggestionId: card.id }));
  return (
    <article
      className={`card urgency-${card.urgency}`}
      data-testid="card"
      role={card.urgency === 'critical' ? 'alert' : undefined}
    >
      <div className="card-body">
        <p className="card-kind">
          <Icon name={icons[card.urgency]} size={14} />
          <span className="card-urgency">{words.cards.urgency[card.urgency]}</span>
          <span>{text.title}</span>
          <span>{words.percent(card.confidence)}</span>
        </p>
        <h2 className="card-headline" data-testid="card-headline">
          {keepUnits(text.headline)}
        </h2>
        {text.line && (
          <p className={text.line.startsWith('「') ? 'card-evidence hang' : 'card-evidence'}>{text.line}</p>
        )}
        {text.action && <p className="card-action">{text.action}</p>}
      </div>
      <div className="card-keys">
        {(['accept', 'dismiss'] as const).map((action) => {
          const key = keyOf(action);
          const label = (
            <>
              {key && <kbd>{key}</kbd>}
              <span>{words.actions[action]}</span>
            </>
          );
          return touchable ? (
            <button
              key={action}
              type="button"
              className={`card-button ${action}`}
              aria-label={words.actions[action]}
              onClick={call(`suggestion.${action}`)}
            >
              {label}
            </button>
          ) : (
            <span key={action} className={`card-hint ${key ? '' : 'unseen'}`}>
              {label}
            </span>
          );
        })}
      </div>
      {touchable && (
        <div className="card-rating">
          <span>{words.cards.rate}</span>
          <Stars
            value={card.rating}
            onRate={(rating) => send(request('suggestion.rate', { suggestionId: card.id, rating }))}
          />
        </div>
      )}
      <div className="card-life" aria-hidden="true">
        <div className="card-life-left" style={{ transform: `scaleX(${shareLeft(card, now)})` }} />
      </div>
    </article>
  );
}
