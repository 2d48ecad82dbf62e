import type { SessionRow } from '@app/shared/ipc';
import { Button } from 'antd';
import { codeOf, request } from '../../app-api.ts';
import { openReport, useApp } from '../../app-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';
import { Empty, ErrorBox, Loading } from '../../ui/states.tsx';
import { useCall } from '../../ui/use-call.ts';
import { ReportPage } from './report-page.tsx';

const minutesOf = (row: SessionRow) => Math.round(((row.stoppedAt ?? Date.now()) - row.startedAt) / 60_000);

function SessionLine({ row }: { row: SessionRow }) {
  const words = useWords();
  const open = () => openReport(row.id);
  return (
    <tr data-testid="session-row" onClick={open}>
      <th scope="row">
        <button
          type="button"
          className="row-button"
          aria-label={words.history.open(row.roomName, words.day(row.startedAt))}
          onClick={open}
        >
          {words.day(row.startedAt)} <span className="quiet">{words.clock(row.startedAt)}</span>
        </button>
      </th>
      <td>
        {row.roomName} <span className="quiet">{words.source[row.source] ?? ''}</span>
      </td>
      <td className="figure">{row.stoppedAt === null ? words.history.stillOpen : words.minutes(minutesOf(row))}</td>
      <td className="figure">{words.count(row.danmaku)}</td>
      <td className="figure">{words.count(row.gifts)}</td>
      <td className="figure">{words.report.ofCards(words.count(row.accepted), words.count(row.cards))}</td>
      <td>{words.history.synced[row.synced]}</td>
    </tr>
  );
}

function SessionTable({ sessions }: { sessions: SessionRow[] }) {
  const { columns } = useWords().history;
  return (
    <table className="sessions">
      <thead>
        <tr>
          <th scope="col">{columns.started}</th>
          <th scope="col">{columns.room}</th>
          <th scope="col" className="figure">
            {columns.length}
          </th>
          <th scope="col" className="figure">
            {columns.danmaku}
          </th>
          <th scope="col" className="figure">
            {columns.gifts}
          </th>
          <th scope="col" className="figure">
            {columns.accepted}
          </th>
          <th scope="col">{columns.synced}</th>
        </tr>
      </thead>
      <tbody>
        {sessions.map((row) => (
          <SessionLine key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function SessionList() {
  const words = useWords();
  const { result, again } = useCall(() => request('sessions.list', { limit: 200 }), 'sessions');
  if (result.state === 'reading') return <Loading words={words.loading.history} blocks={5} />;
  if (result.state === 'failed') return <ErrorBox code={codeOf(result.error)} onRetry={again} />;
  const { sessions } = result.data;
  return (
    <>
      <header className="page-head">
        <h1>{words.history.title}</h1>
        <Button icon={<Icon name="refresh" />} onClick={again}>
          {words.history.refresh}
        </Button>
      </header>
      {sessions.length === 0 ? (
        <Empty icon="history">{words.history.empty}</Empty>
      ) : (
        <SessionTable sessions={sessions} />
      )}
    </>
  );
}

/** The sessions that were, or the report of the one that is open. */
export function HistoryPage() {
  const reportId = useApp((state) => state.reportId);
  return <div className="column wide">{reportId ? <ReportPage sessionId={reportId} /> : <SessionList />}</div>;
}
