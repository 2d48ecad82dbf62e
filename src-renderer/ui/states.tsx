// The states every page has, drawn once: loading, empty, error, notes.
import { errorWords } from '@app/shared/words/words';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Icon, type IconName } from './icons.tsx';
import { useWords } from './language.tsx';
import { useAfter } from './use-tick.ts';

/** Quiet blocks in the page's own shape after 300 ms, and words after 2 s. */
export function Loading({
  words,
  blocks = 3,
  shape = 'rows',
}: {
  words: string;
  blocks?: number;
  shape?: 'rows' | 'live';
}) {
  const showBlocks = useAfter(300);
  const showWords = useAfter(2000);
  if (!showBlocks) return null;
  return (
    <div className={`loading loading-${shape}`} aria-busy="true">
      {Array.from({ length: blocks }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are alike and never move
        <div key={index} className="loading-block" />
      ))}
      <p className="loading-words" role="status">
        {showWords ? words : ''}
      </p>
    </div>
  );
}

/** Why there is nothing, and what would fill it. */
export function Empty({ children, icon }: { children: ReactNode; icon?: IconName }) {
  return (
    <div className="empty">
      {icon && <Icon name={icon} size={20} />}
      <p>{children}</p>
    </div>
  );
}

/** What happened, what still works, what to do, and the code to copy. */
export function ErrorBox({ code, onRetry, onClose }: { code: string; onRetry?: () => void; onClose?: () => void }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  const text = errorWords(words, code);
  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="error-box" role="alert" data-testid="error">
      <Icon name="help" size={20} />
      <div className="error-text">
        <p className="error-what">{text.what}</p>
        <p>{words.sentences(text.still, text.next)}</p>
      </div>
      <div className="error-actions">
        <button type="button" className="code-chip" onClick={copy} title={words.actions.copy}>
          {copied ? words.actions.copied : words.errors.code(code)}
        </button>
        {onRetry && (
          <Button size="small" onClick={onRetry}>
            {words.actions.retry}
          </Button>
        )}
        {onClose && (
          <Button size="small" onClick={onClose}>
            {words.actions.close}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A titled part of a page. */
export function Panel(props: {
  title: string;
  count?: number;
  extra?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={`panel ${props.className ?? ''}`} aria-label={props.title}>
      <header className="panel-head">
        <h2>
          {props.title}
          {props.count !== undefined && props.count > 0 && <span className="panel-count">{props.count}</span>}
        </h2>
        {props.extra}
      </header>
      <div className="panel-body">{props.children}</div>
    </section>
  );
}

/** A line across the page: something to know, with its word and icon. */
export function Banner(props: {
  tone: 'quiet' | 'note' | 'warn' | 'critical';
  icon: IconName;
  children: ReactNode;
  actions?: ReactNode;
  testId?: string;
}) {
  return (
    <div
      className={`banner tone-${props.tone}`}
      role={props.tone === 'critical' ? 'alert' : 'status'}
      data-testid={props.testId}
    >
      <Icon name={props.icon} size={16} />
      <p>{props.children}</p>
      {props.actions && <div className="banner-actions">{props.actions}</div>}
    </div>
  );
}

export type Tone = 'good' | 'note' | 'warn' | 'critical' | 'quiet';

/** A state as icon, word and colour. */
export function StateWord({ tone, children, icon }: { tone: Tone; children: ReactNode; icon?: IconName }) {
  return (
    <span className={`state-word tone-${tone}`}>
      {icon ? <Icon name={icon} size={14} /> : <span className={`state-dot dot-${tone}`} aria-hidden="true" />}
      <span>{children}</span>
    </span>
  );
}
