// The lanes of the timeline. All share one linear scale from `span` to `width`, so that they line up without axes.
import type { EmotionLabel } from '@app/shared/emotion/labels';
import { seriesColors } from '@app/shared/look/tokens';
import type { GapView, TimelineMark, TimelinePoint } from '@app/shared/view';
import { memo } from 'react';
import { Area, AreaChart, Line, LineChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useWords } from '../../ui/language.tsx';
import { curveRuns, drawable, type Span, stretchesOf, ticksOf } from './timeline-shape.ts';

type Props = { points: TimelinePoint[]; span: Span; width: number };

const [, orange, green, pink, sky, vermilion, yellow] = seriesColors;
const emotionColors: Record<EmotionLabel, string> = {
  happy: green,
  neutral: sky,
  surprise: yellow,
  sad: '#0072B2',
  fear: pink,
  angry: vermilion,
  disgust: orange,
};
const noMargin = { top: 4, right: 0, bottom: 0, left: 0 };
const place = (at: number, span: Span, width: number) => ((at - span.from) / (span.to - span.from)) * width;

/** Messages in ten seconds, as an area, its highest value written at the top. */
export const DanmakuLane = memo(function DanmakuLane({ points, span }: Props) {
  const words = useWords();
  const highest = Math.max(1, ...points.map((point) => point.danmaku));
  return (
    <div className="lane lane-danmaku">
      <span className="lane-peak">
        {words.count(Math.round(highest))} {words.timeline.unit}
      </span>
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={drawable(points)} margin={noMargin} accessibilityLayer={false}>
          <XAxis dataKey="at" type="number" domain={[span.from, span.to]} hide />
          <YAxis hide width={0} domain={[0, highest]} />
          <Area
            type="monotone"
            dataKey="danmaku"
            stroke={sky}
            strokeWidth={1.75}
            fill={sky}
            fillOpacity={0.16}
            dot={false}
            isAnimationActive={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
});

/** The mood of the room between negative and positive; broken where nobody wrote. */
export const MoodLane = memo(function MoodLane({ points, span }: Props) {
  const words = useWords();
  return (
    <div className="lane lane-mood">
      <span className="lane-edge top">{words.timeline.positive}</span>
      <span className="lane-edge bottom">{words.timeline.negative}</span>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={drawable(points)} margin={noMargin} accessibilityLayer={false}>
          <XAxis dataKey="at" type="number" domain={[span.from, span.to]} hide />
          <YAxis hide width={0} domain={[-1, 1]} />
          <ReferenceLine y={0} stroke="var(--hairline)" />
          <Line
            type="monotone"
            dataKey="sentiment"
            stroke={orange}
            strokeWidth={1.75}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
});

function Hatch({ id, strong }: { id: string; strong?: boolean }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line
        x1="0"
        y1="0"
        x2="0"
        y2="6"
        stroke={strong ? 'var(--warn)' : 'var(--faint)'}
        strokeOpacity={strong ? 0.75 : 0.5}
        strokeWidth="1.5"
      />
    </pattern>
  );
}

/** Height over the middle of the curve, in pixels of its strip; 1 is far beyond what a mean of ten seconds reaches. */
const rise = (value: number) => 31 - Math.max(-1, Math.min(1, value * 1.4)) * 7;

function CurveLine({ points, span, width, of }: Props & { of: 'valence' | 'arousal' }) {
  return curveRuns(points).map((run) => {
    const way = run.map((point) => `${place(point.at, span, width).toFixed(1)},${rise(point[of]).toFixed(1)}`);
    // A run of one point is drawn as the short stroke it stands for.
    if (way.length === 1)
      way.push(`${(place(run[0]!.at, span, width) + 3).toFixed(1)},${rise(run[0]![of]).toFixed(1)}`);
    return <polyline key={run[0]!.at} className={`curve-${of}`} points={way.join(' ')} />;
  });
}

/**
 * The streamer's own state: a band with its word where it was certain, hatched where it was not; under it the derived
 * valence (line) and arousal (dashes).
 */
export const EmotionLane = memo(function EmotionLane({ points, span, width }: Props) {
  const words = useWords();
  return (
    <svg className="lane lane-me" width={width} height="40" aria-hidden="true">
      <defs>
        <Hatch id="unsure" />
      </defs>
      {stretchesOf(points, span).map(({ from, to, emotion }) => {
        const left = place(from, span, width);
        const wide = Math.max(1, place(to, span, width) - left - 1);
        const word = emotion ? words.emotion[emotion] : words.timeline.notSure;
        return (
          <g key={from}>
            <title>{word}</title>
            <rect
              x={left}
              y="3"
              width={wide}
              height="18"
              rx="3"
              fill={emotion ? emotionColors[emotion] : 'url(#unsure)'}
              fillOpacity={emotion ? 0.32 : 1}
            />
            {wide > 12 * word.length && (
              <text className={emotion ? 'lane-word' : 'lane-word unsure'} x={left + 6} y="16">
                {word}
              </text>
            )}
          </g>
        );
      })}
      <g>
        <title>{words.timeline.curve}</title>
        <rect x="0" y="23" width={width} height="16" fill="transparent" />
        <line x1="0" x2={width} y1="31" y2="31" stroke="var(--hairline)" />
        <CurveLine points={points} span={span} width={width} of="arousal" />
        <CurveLine points={points} span={span} width={width} of="valence" />
      </g>
    </svg>
  );
});

/** How much of each ten seconds was spoken. */
export const SpeechLane = memo(function SpeechLane({ points, span, width }: Props) {
  const words = useWords();
  if (points.every((point) => point.speech === null))
    return <div className="lane lane-speech lane-none">{words.timeline.noSpeech}</div>;
  const bar = Math.max(1.5, width / Math.max(12, points.length) - 1);
  return (
    <svg className="lane lane-speech" width={width} height="24" aria-hidden="true">
      {points.map((point) => {
        const high = (point.speech ?? 0) * 18;
        return high < 0.5 ? null : (
          <rect
            key={point.at}
            x={place(point.at, span, width)}
            y={21 - high}
            width={bar}
            height={high}
            rx="1"
            fill="var(--faint)"
          />
        );
      })}
      <line x1="0" x2={width} y1="21.5" y2="21.5" stroke="var(--hairline)" />
    </svg>
  );
});

const shapes: Record<TimelineMark['kind'], { path: string; color: string }> = {
  card: { path: 'M0-5L5 4H-5z', color: 'var(--note)' },
  accepted: { path: 'M-5 0l3.500 4L5-4', color: 'var(--good)' },
  dismissed: { path: 'M-4-4L4 4M4-4L-4 4', color: 'var(--quiet)' },
  gift: { path: 'M0-5L5 0 0 5-5 0z', color: 'var(--accent)' },
  marker: { path: 'M-3 5V-5H4L2-2 4 1H-3', color: 'var(--text)' },
  break: { path: 'M-3-4V4M3-4V4', color: 'var(--note)' },
  help: { path: 'M0-5V1M0 4V4.500', color: 'var(--critical)' },
};
const isLine = new Set<TimelineMark['kind']>(['accepted', 'dismissed', 'break', 'help', 'marker']);

/** Cards and how they ended, gifts, marks, breaks and calls for help, each with a shape of its own. */
export const MarksLane = memo(function MarksLane({
  marks,
  span,
  width,
}: {
  marks: TimelineMark[];
  span: Span;
  width: number;
}) {
  const words = useWords();
  return (
    <svg className="lane lane-marks" width={width} height="24" aria-hidden="true">
      {marks.map((mark) => {
        const { path, color } = shapes[mark.kind];
        return (
          <g key={`${mark.kind}${mark.at}`} transform={`translate(${place(mark.at, span, width)} 12)`}>
            <title>{`${words.timeline.marks[mark.kind]} ${words.clock(mark.at)}`}</title>
            <path
              d={path}
              fill={isLine.has(mark.kind) ? 'none' : color}
              stroke={color}
              strokeWidth="1.75"
              strokeLinecap="round"
              strokeLinejoin="round"
            />
          </g>
        );
      })}
    </svg>
  );
});

/** Hatched bands over all lanes: something did not run there, and nobody knows what happened. */
export function GapBands({ gaps, span, width }: { gaps: GapView[]; span: Span; width: number }) {
  const words = useWords();
  const inside = gaps.filter((gap) => gap.toAt > span.from && gap.fromAt < span.to);
  return (
    <svg className="gap-bands" width={width} height="100%" aria-hidden="true">
      <defs>
        <Hatch id="gap" strong />
      </defs>
      {inside.map((gap) => {
        const left = Math.max(0, place(gap.fromAt, span, width));
        const wide = Math.max(3, place(Math.min(gap.toAt, span.to), span, width) - left);
        const word = words.timeline.gap(words.parts[gap.part], words.ageShort(gap.toAt - gap.fromAt));
        return (
          <g key={`${gap.part}${gap.fromAt}`}>
            <title>{word}</title>
            <rect x={left} width={wide} height="100%" fill="var(--surface)" fillOpacity="0.72" />
            <rect x={left} width={wide} height="100%" fill="url(#gap)" />
          </g>
        );
      })}
    </svg>
  );
}

/** Clock times under the lanes. */
export function TimeAxis({ span, width }: { span: Span; width: number }) {
  const words = useWords();
  return (
    <div className="time-axis" aria-hidden="true">
      {ticksOf(span).map((at) => {
        const left = place(at, span, width);
        return left < 18 || left > width - 18 ? null : (
          <span key={at} style={{ left }}>
            {words.clock(at)}
          </span>
        );
      })}
    </div>
  );
}
