import type { CardView } from '@app/shared/view';
import { cardText } from '@app/shared/words/cards';
import { Button } from 'antd';
import { useState } from 'react';
import { act, useApp } from '../../app-store.ts';
import { showAccelerator } from '../../ui/accelerator.ts';
import { Icon } from '../../ui/icons.tsx';
import { keepUnits } from '../../ui/keep-units.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Empty, Panel, StateWord } from '../../ui/states.tsx';
import { useTick } from '../../ui/use-tick.ts';
import { urgencyIcon, urgencyTone } from './urgency.ts';

/** Why a card came: how many said it in how long, and their own words. */
function Why({ card }: { card: CardView }) {
  const words = useWords();
  const { quotes, count, windowSeconds } = card.evidence;
  return (
    <div className="why">
      {count > 0 && <p>{words.cards.seen(count, Math.round(windowSeconds))}</p>}
      {quotes.length > 0 ? (
        <>
          <p className="why-label">{words.cards.said}</p>
          <ul>
            {quotes.map((quote) => (
              <li key={quote}>{words.quote(quote)}</li>
            ))}
          </ul>
        </>
      ) : (
        count === 0 && <p>{words.cards.noWords}</p>
      )}
    </div>
  );
}

function Card({ card, first, now }: { card: CardView; first: boolean; now: number }) {
  const words = useWords();
  const text = cardText(card, useLanguage());
  const hotkeys = useApp((state) => state.settings?.hotkeys);
  const [open, setOpen] = useState(false);
  const key = (action: 'accept' | 'dismiss') =>
    first && hotkeys ? <kbd>{showAccelerator(hotkeys[action])}</kbd> : null;
  const answer = (name: 'suggestion.accept' | 'suggestion.dismiss') => () => void act(name, { suggestionId: card.id });
  return (
    <article
      className={`suggestion urgency-${card.urgency}`}
      data-testid="card"
      role={card.urgency === 'critical' ? 'alert' : undefined}
      aria-label={text.headline}
    >
      <p className="suggestion-kind">
        <StateWord tone={urgencyTone[card.urgency]} icon={urgencyIcon[card.urgency]}>
          {words.cards.urgency[card.urgency]}
        </StateWord>
        <span>{text.title}</span>
        <span>{words.cards.confidence(words.percent(card.confidence))}</span>
        <span className="suggestion-left" aria-hidden="true">
          {words.cards.expiresIn(Math.max(0, Math.ceil((card.expiresAt - now) / 1000)))}
        </span>
      </p>
      <h3 data-testid="card-headline">{keepUnits(text.headline)}</h3>
      {text.line && (
        <p className={text.line.startsWith('「') ? 'suggestion-line hang' : 'suggestion-line'}>{text.line}</p>
      )}
      {text.action && <p>{text.action}</p>}
      {open && <Why card={card} />}
      <div className="suggestion-actions">
        <Button size="small" type="primary" onClick={answer('suggestion.accept')} data-testid="accept">
          {words.actions.accept} {key('accept')}
        </Button>
        <Button size="small" onClick={answer('suggestion.dismiss')} data-testid="dismiss">
          {words.actions.dismiss} {key('dismiss')}
        </Button>
        <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? words.actions.hideWhy : words.actions.why}
        </Button>
      </div>
    </article>
  );
}

/** The cards that are on the overlay now; an expired one is never drawn. */
export function CurrentCards() {
  const words = useWords();
  const now = useTick();
  const all = useApp((state) => state.live.cards);
  const cards = all.filter((card) => card.outcome === 'open' && card.expiresAt > now);
  return (
    <Panel title={words.cards.title} className="suggestions">
      <div aria-live="polite">
        {cards.map((card, index) => (
          <Card key={card.id} card={card} first={index === 0} now={now} />
        ))}
      </div>
      {cards.length === 0 && (
        <Empty>
          <Icon name="bulb" size={16} /> {words.cards.empty}
        </Empty>
      )}
    </Panel>
  );
}
