import { Icon } from './icons.tsx';
import { useWords } from './language.tsx';

/** Five buttons that rate from 1 to 5; small enough for the overlay, reachable by keyboard. */
export function Stars({ value, onRate }: { value: number | null; onRate(rating: number): void }) {
  const words = useWords();
  return (
    <fieldset className="stars" aria-label={value === null ? words.cards.rate : words.cards.rated(value)}>
      {[1, 2, 3, 4, 5].map((rating) => (
        <button
          key={rating}
          type="button"
          className={`star ${value !== null && rating <= value ? 'on' : ''}`}
          data-testid={`rating-${rating}`}
          aria-label={words.cards.rateAs(rating)}
          aria-pressed={value === rating}
          onClick={() => onRate(rating)}
        >
          <Icon name="star" size={16} filled={value !== null && rating <= value} />
        </button>
      ))}
    </fieldset>
  );
}
