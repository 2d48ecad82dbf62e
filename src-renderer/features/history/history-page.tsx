import type { SessionRow } from '@app/shared/ipc';
import { Button, Table, type TableProps } from 'antd';
import { codeOf, request } from '../../app-api.ts';
import { openReport, useApp } from '../../app-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';
import { Empty, ErrorBox, Loading } from '../../ui/states.tsx';
import { useCall } from '../../ui/use-call.ts';
import { ReportPage } from './report-page.tsx';

const minutesOf = (row: SessionRow) => Math.round(((row.stoppedAt ?? Date.now()) - row.startedAt) / 60_000);

function useColumns(): TableProps<SessionRow>['columns'] {
  const words = useWords();
  const { columns } = words.history;
  const number = (value: number) => words.count(value);
  return [
    {
      title: columns.started,
      key: 'started',
      render: (_, row) => (
        <span className="cell-when">
          {words.day(row.startedAt)} <span className="quiet">{words.clock(row.startedAt)}</span>
        </span>
      ),
    },
    {
      title: columns.room,
      key: 'room',
      render: (_, row) => (
        <span>
          {row.roomName} <span className="quiet">{words.source[row.source] ?? ''}</span>
        </span>
      ),
    },
    {
      title: columns.length,
      key: 'length',
      align: 'right',
      render: (_, row) => (row.stoppedAt === null ? words.history.stillOpen : words.minutes(minutesOf(row))),
    },
    { title: columns.danmaku, dataIndex: 'danmaku', align: 'right', render: number },
    { title: columns.gifts, dataIndex: 'gifts', align: 'right', render: number },
    {
      title: columns.accepted,
      key: 'accepted',
      align: 'right',
      render: (_, row) => words.report.ofCards(words.count(row.accepted), words.count(row.cards)),
    },
    { title: columns.synced, key: 'synced', render: (_, row) => words.history.synced[row.synced] },
  ];
}

function SessionList() {
  const words = useWords();
  const columns = useColumns();
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
        <Table<SessionRow>
          rowKey="id"
          columns={columns}
          dataSource={sessions}
          pagination={sessions.length > 25 ? { pageSize: 25, showSizeChanger: false } : false}
          onRow={(row) => ({
            'data-testid': 'session-row',
            tabIndex: 0,
            'aria-label': words.history.open(row.roomName, words.day(row.startedAt)),
            onClick: () => openReport(row.id),
            onKeyDown: (event) => event.key === 'Enter' && openReport(row.id),
          })}
        />
      )}
    </>
  );
}

/** The sessions that were, or the report of the one that is open. */
export function HistoryPage() {
  const reportId = useApp((state) => state.reportId);
  return <div className="column wide">{reportId ? <ReportPage sessionId={reportId} /> : <SessionList />}</div>;
}
