import { StateWord } from '../ui/states.tsx';
import { useWords } from '../ui/words.ts';

/** Shares of the time on air below which a connection is called cut, and cut often: 36 s and 3 min of an hour. */
const bands = { steady: 0.99, cut: 0.95 } as const;

/** How steady the connection to the platform was. */
export const toneOf = (share: number): 'good' | 'note' | 'warn' =>
  share >= bands.steady ? 'good' : share >= bands.cut ? 'note' : 'warn';

/** The quality of a session in a word, with its share. */
export function QualityWord({ share }: { share: number }) {
  const words = useWords();
  const tone = toneOf(share);
  return (
    <StateWord tone={tone}>
      {words.quality[tone]} <span className="quiet">{words.share(share)}</span>
    </StateWord>
  );
}
