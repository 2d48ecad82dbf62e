import type { SessionReport } from '@app/shared/ipc';
import { seriesColors } from '@app/shared/look/tokens';
import { Area, ComposedChart, Line, ReferenceArea, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useWords } from '../../ui/language.tsx';
import { Empty } from '../../ui/states.tsx';

const [, orange, , , sky] = seriesColors;
const tick = { fill: 'var(--quiet)', fontSize: 12 };

/** At most eight of the minutes, the first among them, so that no clock time stands there twice. */
export function minuteTicks(minutes: readonly number[]): number[] {
  const step = Math.max(1, Math.ceil(minutes.length / 8));
  return minutes.filter((_, index) => index % step === 0);
}

/** Messages a minute as an area, the mood as a line on its own scale from -1 to 1, gaps as bands. */
export function MinutesChart({ report }: { report: SessionReport }) {
  const words = useWords();
  if (report.minutes.length === 0) return <Empty>{words.report.minutesEmpty}</Empty>;
  return (
    <div className="minutes-chart">
      <p className="chart-keys">
        <span className="chart-key key-danmaku">{words.report.danmakuPerMinute}</span>
        <span className="chart-key key-mood">{words.report.sentiment}</span>
      </p>
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart
          data={report.minutes}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={words.clock}
            tick={tick}
            stroke="var(--hairline)"
            tickLine={false}
            minTickGap={56}
            ticks={minuteTicks(report.minutes.map((minute) => minute.at))}
          />
          <YAxis
            yAxisId="danmaku"
            width={44}
            tick={tick}
            axisLine={false}
            tickLine={false}
            tickCount={3}
            tickFormatter={words.count}
          />
          <YAxis yAxisId="mood" hide domain={[-1, 1]} />
          {report.gaps.map((gap) => (
            <ReferenceArea
              key={`${gap.part}${gap.fromAt}`}
              yAxisId="danmaku"
              x1={gap.fromAt}
              x2={gap.toAt}
              fill="var(--warn)"
              fillOpacity={0.18}
              ifOverflow="hidden"
            />
          ))}
          <Area
            yAxisId="danmaku"
            type="monotone"
            dataKey="danmaku"
            stroke={sky}
            strokeWidth={1.75}
            fill={sky}
            fillOpacity={0.14}
            isAnimationActive={false}
          />
          <Line
            yAxisId="mood"
            type="monotone"
            dataKey="sentiment"
            stroke={orange}
            strokeWidth={1.75}
            dot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
