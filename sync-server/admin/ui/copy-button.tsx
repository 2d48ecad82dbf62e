import { useEffect, useState } from 'react';
import { Icon } from './icons.tsx';
import { useWords } from './words.ts';

/** Copies a text; the label says for two seconds that it was done. Where the clipboard is barred, the text is selected. */
export function CopyButton({ text, label, className }: { text: string; label: string; className: string }) {
  const words = useWords();
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    // Plain http on a LAN has no clipboard.
    if (!navigator.clipboard) return copyBySelection(text, () => setIsCopied(true));
    navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => copyBySelection(text, () => setIsCopied(true)),
    );
  };
  return (
    <button type="button" className={className} onClick={copy} title={words.actions.copy}>
      <Icon name={isCopied ? 'check' : 'copy'} size={14} />
      <span aria-live="polite">{isCopied ? words.actions.copied : label}</span>
    </button>
  );
}

function copyBySelection(text: string, onDone: () => void): void {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'off-screen';
  document.body.append(field);
  field.select();
  const isDone = document.execCommand('copy');
  field.remove();
  if (isDone) onDone();
}
