import type { SessionRow } from '@app/shared/api';
import { type Column, Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';
import { QualityWord } from './quality-word.tsx';

/** Sessions as rows that lead to their pages. */
export function SessionTable({ rows, showStreamer }: { rows: SessionRow[]; showStreamer: boolean }) {
  const words = useWords();
  const now = useNow();
  const { columns } = words.sessions;
  const day = (row: SessionRow) => words.day(Date.parse(row.started_at), now);
  const all: Column<SessionRow>[] = [
    {
      key: 'started',
      title: columns.started,
      cell: (row) => (
        <>
          {day(row)} <span className="quiet">{words.clock(Date.parse(row.started_at))}</span>
        </>
      ),
    },
    { key: 'streamer', title: columns.streamer, cell: (row) => row.streamer.username },
    {
      key: 'room',
      title: columns.room,
      cell: (row) => (
        <span className="room-cell">
          <span className="cut">{row.room_name}</span> <span className="quiet">{words.platform[row.platform]}</span>
        </span>
      ),
    },
    { key: 'hours', title: columns.hours, isFigure: true, cell: (row) => words.hours(row.hours_live) },
    {
      key: 'breaks',
      title: columns.breaks,
      isFigure: true,
      cell: (row) =>
        row.break_minutes > 0 ? (
          words.minutes(Math.round(row.break_minutes))
        ) : (
          <span className="quiet">{words.sessions.noBreak}</span>
        ),
    },
    { key: 'danmaku', title: columns.danmaku, isFigure: true, cell: (row) => words.count(row.danmaku.comment) },
    {
      key: 'unanswered',
      title: columns.unanswered,
      isFigure: true,
      from: 'wide',
      cell: (row) => words.count(row.danmaku.unanswered_questions),
    },
    {
      key: 'abusive',
      title: columns.abusive,
      isFigure: true,
      from: 'wide',
      cell: (row) => words.count(row.danmaku.abusive),
    },
    { key: 'quality', title: columns.quality, cell: (row) => <QualityWord share={row.connector_uptime_share} /> },
  ];
  return (
    <Table
      name={showStreamer ? words.sessions.title : words.sessions.ownTitle}
      columns={showStreamer ? all : all.filter(({ key }) => key !== 'streamer')}
      rows={rows}
      testId="session-row"
      linkOf={(row) => ({ to: `/sessions/${row.id}`, label: words.sessions.open(row.room_name, day(row)) })}
    />
  );
}
