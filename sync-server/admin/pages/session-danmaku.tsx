import type { DanmakuCounts } from '@app/shared/sync';
import { useWords } from '../ui/words.ts';

const kinds = ['comment', 'gift', 'like', 'follow', 'share'] as const;

/** How much chat of each kind there was, and what of it wants a look. */
export function SessionDanmaku({ danmaku }: { danmaku: DanmakuCounts }) {
  const words = useWords();
  const most = Math.max(...kinds.map((kind) => danmaku[kind]));
  if (most === 0) return <p className="quiet">{words.session.noDanmaku}</p>;
  const abusiveShare = danmaku.comment === 0 ? 0 : danmaku.abusive / danmaku.comment;
  return (
    <>
      <ul className="bars">
        {kinds.map((kind) => (
          <li key={kind}>
            <span>{words.session.kinds[kind]}</span>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${(danmaku[kind] / most) * 100}%` }} />
            </span>
            <span className="figure">{words.count(danmaku[kind])}</span>
          </li>
        ))}
      </ul>
      <dl className="facts facts-line">
        <div>
          <dt>{words.session.unanswered}</dt>
          <dd>{words.count(danmaku.unanswered_questions)}</dd>
        </div>
        <div>
          <dt>{words.session.abusive}</dt>
          <dd>
            {danmaku.abusive === 0
              ? words.count(0)
              : words.session.abusiveOf(words.count(danmaku.abusive), words.share(abusiveShare))}
          </dd>
        </div>
      </dl>
    </>
  );
}
