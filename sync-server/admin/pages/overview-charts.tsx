import type { OverviewReply } from '@app/shared/api';
import { seriesColors } from '@app/shared/look/tokens';
import {
  Bar,
  BarChart,
  Cell,
  LabelList,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import { useWords } from '../ui/words.ts';

type Weeks = OverviewReply['weeks'];

const [, , , , sky] = seriesColors;
const tick = { fill: 'var(--quiet)', fontSize: 12 };
// The rim keeps a figure readable where the line passes under it.
const label = { fill: 'var(--text)', fontSize: 12, stroke: 'var(--surface)', strokeWidth: 4, paintOrder: 'stroke' };
const heightPx = 200;
const margin = { top: 24, right: 24, bottom: 0, left: 24 };

function useWeekName(weeks: Weeks): (start: string) => string {
  const words = useWords();
  const last = weeks.at(-1)?.week_start;
  return (start) => (start === last ? words.overview.weekNow : words.weekOf(start));
}

const axis = (weekName: (start: string) => string) => (
  <XAxis
    dataKey="week_start"
    tickFormatter={weekName}
    tick={tick}
    stroke="var(--hairline)"
    tickLine={false}
    interval="preserveEnd"
  />
);

/** Hours on air by week; the running week is drawn lighter, since it is not over. */
export function HoursChart({ weeks }: { weeks: Weeks }) {
  const words = useWords();
  const weekName = useWeekName(weeks);
  return (
    <div role="img" aria-label={words.overview.hoursByWeek} className="chart">
      <ResponsiveContainer width="100%" height={heightPx}>
        <BarChart data={weeks} margin={margin} accessibilityLayer={false}>
          {axis(weekName)}
          <YAxis hide domain={[0, (most: number) => Math.max(1, most)]} />
          <Bar dataKey="hours_live" isAnimationActive={false} radius={[4, 4, 0, 0]} maxBarSize={48}>
            {weeks.map((week, index) => (
              <Cell key={week.week_start} fill={sky} fillOpacity={index === weeks.length - 1 ? 0.45 : 1} />
            ))}
            <LabelList
              dataKey="hours_live"
              position="top"
              {...label}
              formatter={(value) => (Number(value) > 0 ? words.shortHours(Number(value)) : '')}
            />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** The connected share by week; a week without sessions is a hole. */
export function QualityChart({ weeks }: { weeks: Weeks }) {
  const words = useWords();
  const weekName = useWeekName(weeks);
  const least = Math.min(...weeks.flatMap(({ connector_uptime_share: share }) => share ?? []), 0.98);
  return (
    <div role="img" aria-label={words.overview.qualityByWeek} className="chart">
      <ResponsiveContainer width="100%" height={heightPx}>
        <LineChart data={weeks} margin={margin} accessibilityLayer={false}>
          {axis(weekName)}
          <YAxis hide domain={[least - 0.005, 1]} />
          <ReferenceLine y={1} stroke="var(--hairline)" />
          <Line
            dataKey="connector_uptime_share"
            stroke={sky}
            strokeWidth={2}
            dot={{ r: 3, fill: sky, strokeWidth: 0 }}
            isAnimationActive={false}
            connectNulls={false}
          >
            <LabelList
              dataKey="connector_uptime_share"
              position="bottom"
              offset={10}
              {...label}
              formatter={(value) => (typeof value === 'number' ? words.share(value) : '')}
            />
          </Line>
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
