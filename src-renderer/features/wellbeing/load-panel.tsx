import type { LoadView } from '@app/shared/view';
import { useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel, StateWord, type Tone } from '../../ui/states.tsx';

const tones: Record<LoadView['state'], Tone> = { calm: 'good', busy: 'note', rest: 'warn', unknown: 'quiet' };

/** How heavy it is right now: a state and its reasons, never a number out of 100. */
export function LoadPanel() {
  const words = useWords();
  const load = useApp((state) => state.live.load);
  return (
    <Panel
      title={words.load.title}
      className="load"
      extra={
        <StateWord tone={tones[load.state]} icon="load">
          {words.load.state[load.state]}
        </StateWord>
      }
    >
      <p className="load-spans">
        <span>{words.load.live(words.minutes(Math.floor(load.liveMinutes)))}</span>
        <span>{words.load.sinceRest(words.minutes(Math.floor(load.sinceBreakMinutes)))}</span>
      </p>
    </Panel>
  );
}
