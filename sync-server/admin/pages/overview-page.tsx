import { fewestStreamers, type OverviewReply } from '@app/shared/api';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useData } from '../api/use-data.ts';
import { Icon } from '../ui/icons.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { goTo, Link } from '../ui/router.tsx';
import { Empty, Note, Panel, Reading } from '../ui/states.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';
import { OverviewNumbers } from './overview-numbers.tsx';
import { QualityWord } from './quality-word.tsx';
import { SessionCards } from './session-cards.tsx';
import { SessionTable } from './session-table.tsx';

// The charts are a third of the page's code and stand below its first screen on a phone.
const HoursChart = lazy(() => import('./overview-charts.tsx').then((charts) => ({ default: charts.HoursChart })));
const QualityChart = lazy(() => import('./overview-charts.tsx').then((charts) => ({ default: charts.QualityChart })));

const weekCount = 8;

/** The agency by week. */
export function OverviewPage() {
  const words = useWords();
  const now = useNow();
  const overview = useData('overview', (client) => client.call('reports.overview', { query: { weeks: weekCount } }));
  return (
    <>
      <PageHead
        title={words.overview.title}
        sub={words.line([words.overview.sub(weekCount), words.overview.weekNote])}
        extra={
          <>
            {overview.at > 0 && (
              <span className="quiet">{words.refreshed(words.ago(Math.max(0, now - overview.at)))}</span>
            )}
            <Button
              icon={<Icon name="refresh" />}
              onClick={overview.again}
              loading={overview.isReading && overview.at > 0}
            >
              {words.actions.refresh}
            </Button>
          </>
        }
      />
      <Reading of={overview} blocks={4}>
        {(data) =>
          data.weeks.every(({ sessions }) => sessions === 0) ? <NothingYet /> : <OverviewBody overview={data} />
        }
      </Reading>
    </>
  );
}

function NothingYet() {
  const words = useWords();
  return (
    <Empty
      icon="overview"
      action={
        <Button type="primary" onClick={() => goTo('/invites')}>
          {words.overview.emptyAction}
        </Button>
      }
    >
      {words.overview.empty}
    </Empty>
  );
}

function OverviewBody({ overview }: { overview: OverviewReply }) {
  const words = useWords();
  return (
    <>
      <h2>{words.overview.thisWeek}</h2>
      <OverviewNumbers weeks={overview.weeks} />
      <div className="columns">
        <Panel title={words.overview.hoursByWeek}>
          <Suspense fallback={<div className="chart" />}>
            <HoursChart weeks={overview.weeks} />
          </Suspense>
          <p className="panel-foot">{words.overview.runningNote}</p>
        </Panel>
        <Panel title={words.overview.qualityByWeek}>
          <Suspense fallback={<div className="chart" />}>
            <QualityChart weeks={overview.weeks} />
          </Suspense>
          <p className="panel-foot">{words.overview.qualityNote}</p>
        </Panel>
      </div>
      <LatestSessions />
      <Panel title={words.overview.weeksTable}>
        <WeekTable weeks={overview.weeks} />
      </Panel>
      <Panel title={words.overview.suggestions}>
        {overview.suggestions === null ? (
          <Note icon="lock">{words.overview.tooFew(fewestStreamers, overview.streamers)}</Note>
        ) : (
          <>
            <SessionCards counts={overview.suggestions} empty={words.overview.suggestionsNone} />
            <p className="panel-foot">{words.overview.suggestionsNote}</p>
          </>
        )}
      </Panel>
    </>
  );
}

function LatestSessions() {
  const words = useWords();
  const latest = useData('latest', (client) => client.call('sessions.list', { query: { limit: 5 } }));
  return (
    <Panel title={words.overview.latest} extra={<Link to="/sessions">{words.overview.all}</Link>}>
      <Reading of={latest} blocks={2}>
        {({ items }) => <SessionTable rows={items} showStreamer />}
      </Reading>
    </Panel>
  );
}

type WeekRow = OverviewReply['weeks'][number] & { id: string };

function WeekTable({ weeks }: { weeks: OverviewReply['weeks'] }) {
  const words = useWords();
  const { columns } = words.overview;
  const figure = (
    key: string,
    title: string,
    cell: Column<WeekRow>['cell'],
    from: Column<WeekRow>['from'] = 'phone',
  ): Column<WeekRow> => ({ key, title, cell, isFigure: true, from });
  const rows = weeks.map((week) => ({ ...week, id: week.week_start })).reverse();
  return (
    <Table
      name={words.overview.weeksTable}
      rows={rows}
      columns={[
        {
          key: 'week',
          title: columns.week,
          cell: (week) => (
            <>
              {words.weekOf(week.week_start)}{' '}
              {week.id === rows[0]?.id && <span className="quiet">{words.overview.running}</span>}
            </>
          ),
        },
        figure('hours', columns.hours, (week) => words.shortHours(week.hours_live)),
        figure('sessions', columns.sessions, (week) => words.count(week.sessions)),
        figure('streamers', columns.streamers, (week) => words.count(week.streamers), 'tablet'),
        figure('breaks', columns.breaks, (week) => words.minutes(Math.round(week.break_minutes))),
        figure('danmaku', columns.danmaku, (week) => words.count(week.danmaku.comment), 'tablet'),
        figure('unanswered', columns.unanswered, (week) => words.count(week.danmaku.unanswered_questions), 'wide'),
        figure('abusive', columns.abusive, (week) => words.count(week.danmaku.abusive), 'wide'),
        {
          key: 'quality',
          title: columns.quality,
          cell: (week) =>
            week.connector_uptime_share === null ? (
              <span className="quiet">{words.overview.noQuality}</span>
            ) : (
              <QualityWord share={week.connector_uptime_share} />
            ),
        },
      ]}
    />
  );
}
