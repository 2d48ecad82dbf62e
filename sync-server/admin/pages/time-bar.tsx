import type { SessionPage } from '@app/shared/api';
import { useWords } from '../ui/words.ts';

const hourMs = 3_600_000;
const stepsMs = [hourMs / 2, hourMs, 2 * hourMs, 4 * hourMs, 12 * hourMs, 24 * hourMs];

/** Whole clock times between start and stop, at most five, none close to an end. */
export function ticksBetween(startMs: number, stopMs: number): number[] {
  const length = stopMs - startMs;
  const stepMs = stepsMs.find((step) => length / step <= 5.5) ?? length;
  const offsetMs = new Date(startMs).getTimezoneOffset() * 60_000;
  const first = Math.ceil((startMs - offsetMs) / stepMs) * stepMs + offsetMs;
  const ticks: number[] = [];
  for (let at = first; at < stopMs; at += stepMs) {
    if (at - startMs > length * 0.12 && stopMs - at > length * 0.12) ticks.push(at);
  }
  return ticks;
}

/** The session from start to stop, with its breaks as gaps in the bar. */
export function TimeBar({ session }: { session: SessionPage }) {
  const words = useWords();
  const startMs = Date.parse(session.started_at);
  const stopMs = Date.parse(session.stopped_at);
  const length = Math.max(1, stopMs - startMs);
  const place = (ms: number) => `${(Math.min(Math.max((ms - startMs) / length, 0), 1) * 100).toFixed(3)}%`;
  const breaks = session.breaks.map((pause) => ({
    fromMs: Date.parse(pause.start_at),
    toMs: Date.parse(pause.end_at),
  }));
  const row = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    words.session.breakRow(words.clock(fromMs), words.clock(toMs), words.seconds((toMs - fromMs) / 1000));
  const spoken = breaks.length === 0 ? words.session.noBreaks : words.list(breaks.map(row));
  const totalSeconds = breaks.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / 1000, 0);
  return (
    <div className="time">
      <div className="time-bar" role="img" aria-label={words.session.timelineAlt(spoken)}>
        {breaks.map((pause) => (
          <span
            key={pause.fromMs}
            className="time-break"
            style={{
              left: place(pause.fromMs),
              width: `${(((pause.toMs - pause.fromMs) / length) * 100).toFixed(3)}%`,
            }}
            title={row(pause)}
          />
        ))}
      </div>
      <div className="time-axis" aria-hidden="true">
        <span className="time-tick tick-start">{words.clock(startMs)}</span>
        {ticksBetween(startMs, stopMs).map((at) => (
          <span key={at} className="time-tick tick-inner" style={{ left: place(at) }}>
            {words.clock(at)}
          </span>
        ))}
        <span className="time-tick tick-stop">{words.clock(stopMs)}</span>
      </div>
      <p className="time-keys">
        <span className="time-key key-air">{words.session.onAir}</span>
        {breaks.length > 0 && <span className="time-key key-break">{words.session.pause}</span>}
      </p>
      {breaks.length === 0 ? (
        <p className="quiet">{words.session.noBreaks}</p>
      ) : (
        <>
          <p>{words.session.breakTotal(breaks.length, words.seconds(totalSeconds))}</p>
          <ul className="break-list">
            {breaks.map((pause) => (
              <li key={pause.fromMs}>{row(pause)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
