import { usePages } from '../api/use-pages.ts';
import { More } from '../ui/more.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Link } from '../ui/router.tsx';
import { Empty, Reading } from '../ui/states.tsx';
import { Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** Who read pages about the person who is signed in. */
export function AccessLogPage() {
  const words = useWords();
  const now = useNow();
  const { accessLog } = words;
  const pages = usePages('access-log', (client, cursor) =>
    client.call('me.accessLog', { query: { limit: 50, ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <>
      <PageHead title={accessLog.title} sub={accessLog.intro} />
      <Reading of={pages.first} blocks={4}>
        {() =>
          pages.items.length === 0 ? (
            <Empty icon="eye">{accessLog.empty}</Empty>
          ) : (
            <>
              <Table
                name={accessLog.title}
                rows={pages.items}
                columns={[
                  {
                    key: 'at',
                    title: accessLog.columns.at,
                    cell: (row) => `${words.day(Date.parse(row.at), now)} ${words.clock(Date.parse(row.at))}`,
                  },
                  {
                    key: 'reader',
                    title: accessLog.columns.reader,
                    cell: (row) => (
                      <>
                        {row.reader.username} <span className="quiet">{words.role[row.reader.role]}</span>
                      </>
                    ),
                  },
                  {
                    key: 'what',
                    title: accessLog.columns.what,
                    cell: (row) => (
                      <>
                        {accessLog.what[row.what]}{' '}
                        {row.session_id && <Link to={`/sessions/${row.session_id}`}>{accessLog.open}</Link>}
                      </>
                    ),
                  },
                ]}
              />
              <More of={pages} />
            </>
          )
        }
      </Reading>
    </>
  );
}
