import { Button } from 'antd';
import type { Pages } from '../api/use-pages.ts';
import { ErrorBox } from './states.tsx';
import { useWords } from './words.ts';

/** The end of a list that goes on. */
export function More<T>({ of }: { of: Pages<T> }) {
  const words = useWords();
  if (of.moreError) return <ErrorBox error={of.moreError} onRetry={() => void of.more()} />;
  if (!of.hasMore) return null;
  return (
    <div className="more">
      <Button onClick={() => void of.more()} loading={of.isReadingMore}>
        {words.actions.more}
      </Button>
    </div>
  );
}
