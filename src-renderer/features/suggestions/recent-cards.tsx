import type { CardView } from '@app/shared/view';
import { cardText } from '@app/shared/words/cards';
import { useState } from 'react';
import { act, say, useApp } from '../../app-store.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Stars } from '../../ui/stars.tsx';
import { Empty, Panel } from '../../ui/states.tsx';

function RecentCard({ card }: { card: CardView }) {
  const words = useWords();
  const text = cardText(card, useLanguage());
  const [rated, setRated] = useState<number | null>(null);
  const rate = async (rating: number) => {
    if (!(await act('suggestion.rate', { suggestionId: card.id, rating }))) return;
    setRated(rating);
    say(words.done.rated);
  };
  return (
    <li className="recent-card" data-testid="recent-card">
      <p className="recent-headline">{text.headline}</p>
      <div className="recent-facts">
        <span>{words.cards.outcome[card.outcome]}</span>
        <span>{words.clock(card.createdAt)}</span>
        <Stars value={rated ?? card.rating} onRate={(rating) => void rate(rating)} />
      </div>
    </li>
  );
}

/** Cards that ended, to rate with one to five stars. */
export function RecentCards() {
  const words = useWords();
  const cards = useApp((state) => state.live.recentCards);
  const newest = cards
    .filter((card) => card.outcome !== 'open')
    .sort((a, b) => b.createdAt - a.createdAt)
    .slice(0, 20);
  return (
    <Panel title={words.cards.recent} className="recent">
      {newest.length === 0 ? (
        <Empty>{words.cards.recentEmpty}</Empty>
      ) : (
        <ul className="recent-cards">
          {newest.map((card) => (
            <RecentCard key={card.id} card={card} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
