import type { QuestionView } from '@app/shared/view';
import { Button } from 'antd';
import { act, useApp } from '../../app-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { keepUnits } from '../../ui/keep-units.ts';
import { useWords } from '../../ui/language.tsx';
import { Empty, Panel } from '../../ui/states.tsx';
import { useTick } from '../../ui/use-tick.ts';

function QuestionRow({ question, now }: { question: QuestionView; now: number }) {
  const words = useWords();
  return (
    <li className="question" data-testid="question-row">
      <div className="question-text">
        <p className="question-headline">{keepUnits(question.headline)}</p>
        <p className="question-facts">
          <span>{words.inbox.viewers(question.viewers)}</span>
          <span>{words.inbox.since(words.ageShort(Math.max(0, now - question.firstAt)))}</span>
        </p>
      </div>
      <Button
        size="small"
        icon={<Icon name="check" size={14} />}
        aria-label={words.inbox.answeredFor(question.headline)}
        data-testid="answered"
        onClick={() => void act('question.answered', { danmakuIds: question.danmakuIds.slice(0, 50) })}
      >
        {words.actions.answered}
      </Button>
    </li>
  );
}

/** Questions that several viewers asked and nobody answered, the most asked first. */
export function Inbox() {
  const words = useWords();
  const questions = useApp((state) => state.live.questions);
  const now = useTick(5000);
  const sorted = [...questions].sort((a, b) => b.viewers - a.viewers || a.firstAt - b.firstAt);
  return (
    <Panel title={words.inbox.title} count={questions.length} className="inbox">
      {sorted.length === 0 ? (
        <Empty icon="question">{words.inbox.empty}</Empty>
      ) : (
        <ul className="questions">
          {sorted.map((question) => (
            <QuestionRow key={question.id} question={question} now={now} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
