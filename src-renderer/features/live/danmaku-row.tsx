import type { DanmakuRow } from '@app/shared/view';
import { useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';

export const rowHeightPx = 32;
/** Beyond this a message counts as positive or negative; the rest is neutral. */
const sentimentEdge = 0.25;
const timeOf = (at: number) => new Date(at).toTimeString().slice(0, 8);

function Mood({ sentiment }: { sentiment: number | null }) {
  const words = useWords();
  if (sentiment === null) return <span className="row-mood tone-quiet">{words.danmaku.waiting}</span>;
  if (sentiment > sentimentEdge) return <span className="row-mood tone-good">{words.danmaku.positive}</span>;
  if (sentiment < -sentimentEdge) return <span className="row-mood tone-critical">{words.danmaku.negative}</span>;
  return <span className="row-mood tone-quiet">{words.danmaku.neutral}</span>;
}

/** One line: who, what, how it was meant, where and when; abuse stays folded until it is asked for. */
export function DanmakuLine({ row }: { row: DanmakuRow }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const plain = row.type === 'comment';
  const intents: Record<string, string> = words.intent;
  return (
    <div className={`danmaku-row type-${row.type}`} data-testid="danmaku-row">
      <span className="row-name">{row.username}</span>
      {row.abusive && !open ? (
        <span className="row-text folded">
          {words.danmaku.folded}{' '}
          <button type="button" className="link" onClick={() => setOpen(true)}>
            {words.danmaku.unfold}
          </button>
        </span>
      ) : (
        <span className="row-text">
          {!plain && (
            <span className="row-type">
              {(row.type === 'gift' || row.type === 'guard') && <Icon name="gift" size={14} />}
              {words.messageType[row.type]}
            </span>
          )}
          {row.content}
          {row.giftCount !== null && row.giftCount > 1 && ` ${words.danmaku.giftTimes(row.giftCount)}`}
        </span>
      )}
      <span className="row-intent">
        {plain && row.intent && row.intent !== 'chat' ? (intents[row.intent] ?? '') : ''}
      </span>
      {plain ? <Mood sentiment={row.sentiment} /> : <span className="row-mood" />}
      <span className="row-platform">{words.platform[row.platform]}</span>
      <time className="row-time">{timeOf(row.at)}</time>
    </div>
  );
}
