import type { ReadingView } from '@app/shared/view';
import { useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/states.tsx';
import { useTick } from '../../ui/use-tick.ts';

/** Clips of one speaker that the voice model needs before it is sure of anything. */
const voiceClipsNeeded = 20;
const staleAfterMs = 30_000;

function Reading({
  label,
  reading,
  hearing,
  testId,
  at = reading.at,
  now,
}: {
  label: string;
  reading: ReadingView;
  hearing?: string;
  testId: string;
  /** When it was last confirmed, where that is later than its last change. */
  at?: number | null;
  now: number;
}) {
  const words = useWords();
  const sure = reading.certain && reading.label !== null;
  const age = at === null ? 0 : now - at;
  return (
    <div className="reading">
      <dt>{label}</dt>
      <dd data-testid={testId}>
        {sure ? (
          <span className="reading-sure">{words.emotion[reading.label!]}</span>
        ) : (
          <span className="reading-unsure">{hearing ?? words.uncertain[reading.reason ?? 'low_confidence']}</span>
        )}
        {sure && <span className="fact-note">{words.cards.confidence(words.percent(reading.confidence))}</span>}
        {age > staleAfterMs && <span className="fact-note">{words.ago(age)}</span>}
      </dd>
    </div>
  );
}

/** The streamer's own state from voice and face; says that it does not know far more often than it guesses. */
export function MyState() {
  const words = useWords();
  const { fused, voice, face } = useApp((state) => state.live.emotion);
  const now = useTick(5000);
  const hearing = voice.reason === 'too_few_clips' ? words.me.hearing(voice.clipsHeard, voiceClipsNeeded) : undefined;
  const times = [fused.at, voice.at, face.at].filter((at) => at !== null);
  const confirmedAt = times.length === 0 ? null : Math.max(...times);
  return (
    <Panel title={words.me.title} className="me" extra={<span className="panel-note">{words.me.private}</span>}>
      <dl className="readings">
        <Reading label={words.me.fused} reading={fused} at={confirmedAt} testId="fused-state" now={now} />
        <Reading label={words.me.voice} reading={voice} hearing={hearing} testId="voice-state" now={now} />
        <Reading label={words.me.face} reading={face} testId="face-state" now={now} />
      </dl>
    </Panel>
  );
}
