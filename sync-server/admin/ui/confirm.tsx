import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { ErrorBox } from './states.tsx';
import { useAct } from './use-act.ts';
import { useWords } from './words.ts';

export type Question = { title: string; what: string; yes: string; act: () => Promise<void> };

/**
 * A question before something that cannot be taken back. `ask` opens it, `dialog` is to be drawn. It closes when the act is
 * done; when the act fails it stays and says why. The focus begins on the way out.
 */
export function useConfirm(): { ask: (question: Question) => void; dialog: ReactNode } {
  const [question, setQuestion] = useState<Question | null>(null);
  const dialog = question && <Confirm question={question} onClose={() => setQuestion(null)} />;
  return { ask: setQuestion, dialog };
}

// The browser's own dialog: antd's writes styles that the content policy refuses.
function Confirm({ question, onClose }: { question: Question; onClose: () => void }) {
  const words = useWords();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { isBusy, error, run } = useAct();
  useEffect(() => dialog.current?.showModal(), []);
  const act = async () => {
    if (await run(question.act)) dialog.current?.close();
  };
  return (
    <dialog className="confirm" ref={dialog} onClose={onClose} aria-labelledby={id}>
      <h2 id={id}>{question.title}</h2>
      <p>{question.what}</p>
      {error && <ErrorBox error={error} />}
      <div className="confirm-acts">
        <Button autoFocus onClick={() => dialog.current?.close()}>
          {words.actions.cancel}
        </Button>
        <Button danger type="primary" loading={isBusy} onClick={() => void act()}>
          {question.yes}
        </Button>
      </div>
    </dialog>
  );
}
