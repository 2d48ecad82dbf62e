import type { LoadView } from '@app/shared/view';
import { loadReasonText, loadWords } from '@app/shared/words/load';
import { useApp } from '../../app-store.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel, StateWord, type Tone } from '../../ui/states.tsx';

const tones: Record<LoadView['state'], Tone> = { calm: 'good', busy: 'note', rest: 'warn', unknown: 'quiet' };

/** How heavy it is right now: a state, its reasons and one thing to do; never a number out of 100. */
export function LoadPanel() {
  const words = useWords();
  const language = useLanguage();
  const { state, reasons } = useApp((app) => app.live.load);
  const { state: stateWords, advice } = loadWords(language);
  const sentences = reasons.map((reason) => loadReasonText(reason, language));
  return (
    <Panel
      title={words.load.title}
      className="load"
      extra={
        <StateWord tone={tones[state]} icon="load">
          {stateWords[state]}
        </StateWord>
      }
    >
      <ul className="load-reasons">
        {sentences.length === 0 && state === 'calm' && <li>{words.load.noReasons}</li>}
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {advice[state] !== '' && <p className="load-advice">{advice[state]}</p>}
    </Panel>
  );
}
