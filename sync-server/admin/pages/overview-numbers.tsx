import type { OverviewReply } from '@app/shared/api';
import type { AgencyWords } from '@app/shared/words/agency';
import { useWords } from '../ui/words.ts';
import { Spark } from './spark.tsx';

type Week = OverviewReply['weeks'][number];
type Figure = { name: string; of: (week: Week) => number | null; say: (value: number) => string };

const breaksPerHour = (week: Week) => (week.hours_live > 0 ? week.break_minutes / week.hours_live : null);

function figuresIn(words: AgencyWords): Figure[] {
  const { numbers, times, people, breaksPerHour: sayBreaks } = words.overview;
  return [
    { name: numbers.hours, of: (week) => week.hours_live, say: words.shortHours },
    { name: numbers.sessions, of: (week) => week.sessions, say: (value) => times(words.count(value)) },
    { name: numbers.streamers, of: (week) => week.streamers, say: (value) => people(words.count(value)) },
    { name: numbers.breaks, of: breaksPerHour, say: sayBreaks },
    { name: numbers.quality, of: (week) => week.connector_uptime_share, say: words.share },
  ];
}

/** Five numbers of this week, each with the line of the weeks behind it and last week's figure under it. */
export function OverviewNumbers({ weeks }: { weeks: Week[] }) {
  const words = useWords();
  const { overview } = words;
  const now = weeks.at(-1);
  const before = weeks.at(-2);
  return (
    <dl className="numbers" data-testid="overview-numbers">
      {figuresIn(words).map(({ name, of, say }) => {
        const value = now && now.sessions > 0 ? of(now) : null;
        const last = before && before.sessions > 0 ? of(before) : null;
        return (
          <div key={name} className="number number-week">
            <Spark values={weeks.map((week) => (week.sessions > 0 ? of(week) : null))} />
            <dt>{name}</dt>
            <dd className={value === null ? 'number-none' : undefined}>
              {value === null ? overview.none : say(value)}
            </dd>
            <dd className="number-sub">{last === null ? overview.noLastWeek : overview.lastWeek(say(last))}</dd>
          </div>
        );
      })}
    </dl>
  );
}
