// The states every page has, drawn once: loading, empty, error, stale, notes.
import { agencyErrorWords } from '@app/shared/words/agency';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/api-error.ts';
import type { Data } from '../api/use-data.ts';
import { CopyButton } from './copy-button.tsx';
import { Icon, type IconName } from './icons.tsx';
import { useAfter, useNow } from './use-after.ts';
import { useWords } from './words.ts';

/** Quiet blocks after 300 ms, what is being loaded in words after 2 s. */
export function Loading({ words, blocks = 4 }: { words: string; blocks?: number }) {
  const showBlocks = useAfter(300);
  const showWords = useAfter(2000);
  return (
    <div className="loading" aria-busy="true">
      {showBlocks && Array.from({ length: blocks }, (_, index) => <div key={index} className="loading-block" />)}
      <p className="loading-words" role="status">
        {showWords ? words : ''}
      </p>
    </div>
  );
}

/** Why there is nothing, and what would fill it. */
export function Empty({ icon, children, action }: { icon: IconName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty" data-testid="empty">
      <Icon name={icon} size={28} />
      <p>{children}</p>
      {action}
    </div>
  );
}

/** What happened, what to do, and the code and request id to copy. */
export function ErrorBox({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  const words = useWords();
  const { what, next } = agencyErrorWords(words, error.code);
  return (
    <div className="error-box" role="alert" data-testid="error">
      <Icon name="warn" size={20} />
      <div className="error-text">
        <p className="error-what">{what}</p>
        <p>{next}</p>
        <CopyButton
          className="code-chip"
          text={error.requestId ? `${error.code} ${error.requestId}` : error.code}
          label={words.errorId(error.code, error.requestId)}
        />
      </div>
      {onRetry && <Button onClick={onRetry}>{words.actions.retry}</Button>}
    </div>
  );
}

/** A line with something to know. */
export function Note({
  icon,
  tone = 'quiet',
  children,
}: {
  icon: IconName;
  tone?: 'quiet' | 'warn';
  children: ReactNode;
}) {
  return (
    <p className={`note note-${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

/** A state as shape, word and colour. */
export function StateWord({ tone, children }: { tone: 'good' | 'note' | 'warn' | 'quiet'; children: ReactNode }) {
  return (
    <span className={`state-word tone-${tone}`}>
      <span className={`state-dot dot-${tone}`} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}

/** Draws what was read; before that loading or the error, and above old data that it is old. */
export function Reading<T>({
  of,
  blocks,
  children,
}: {
  of: Data<T>;
  blocks?: number;
  children: (data: T) => ReactNode;
}) {
  const words = useWords();
  const now = useNow();
  // That there is no network is said once, above the page.
  const isSaid = of.error?.code === 'OFFLINE' && !navigator.onLine;
  if (of.data === null) {
    if (isSaid) return <Empty icon="offline">{words.offlineEmpty}</Empty>;
    if (of.error) return <ErrorBox error={of.error} onRetry={of.again} />;
    return <Loading words={words.loading.page} {...(blocks ? { blocks } : {})} />;
  }
  return (
    <>
      {of.error && (
        <>
          <Note icon="offline" tone="warn">
            {words.stale(words.ago(Math.max(0, now - of.at)))}
          </Note>
          {!isSaid && <ErrorBox error={of.error} onRetry={of.again} />}
        </>
      )}
      {children(of.data)}
    </>
  );
}

/** A titled part of a page. */
export function Panel(props: { title: string; extra?: ReactNode; className?: string; children: ReactNode }) {
  return (
    <section className={`panel ${props.className ?? ''}`} aria-label={props.title}>
      <header className="panel-head">
        <h2>{props.title}</h2>
        {props.extra}
      </header>
      {props.children}
    </section>
  );
}
