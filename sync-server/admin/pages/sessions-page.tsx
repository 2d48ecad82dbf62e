import type { SessionRow } from '@app/shared/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useAgency, useMember } from '../api/agency.ts';
import type { Client } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Icon } from '../ui/icons.tsx';
import { More } from '../ui/more.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Empty, ErrorBox, Note, Reading } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useWords } from '../ui/words.ts';
import { download, toCsv } from './session-csv.ts';
import { isBackwards, readFilter, type SessionFilter, toQuery } from './session-filter.ts';
import { SessionFilters } from './session-filters.tsx';
import { SessionTable } from './session-table.tsx';

/** Most rows of one export: 25 calls. */
const mostExported = 5000;

async function readForExport(client: Client, filter: SessionFilter, onProgress: (rows: number) => void) {
  const rows: SessionRow[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...toQuery(filter, Date.now()), limit: 200, ...(cursor ? { cursor } : {}) };
    const page = await client.call('sessions.list', { query });
    rows.push(...page.items);
    cursor = page.next_cursor ?? undefined;
    onProgress(rows.length);
  } while (cursor && rows.length < mostExported);
  return { rows, isCut: cursor !== undefined };
}

function ExportButton({ filter, onDone }: { filter: SessionFilter; onDone: (sentence: string) => void }) {
  const words = useWords();
  const { client } = useAgency();
  const { isBusy, error, run } = useAct();
  const act = () =>
    run(async () => {
      const progress = (rows: number) => onDone(words.loading.export(words.count(rows)));
      const { rows, isCut } = await readForExport(client, filter, progress);
      download(words.csv.file(new Date().toISOString().slice(0, 10)), toCsv(rows, words));
      onDone((isCut ? words.sessions.exportCut : words.sessions.exported)(words.count(rows.length)));
    });
  return (
    <>
      {error && <ErrorBox error={error} />}
      <Button icon={<Icon name="download" />} onClick={() => void act()} loading={isBusy} data-testid="export">
        {words.sessions.export}
      </Button>
    </>
  );
}

/** The sessions under the filter of the address. */
export function SessionsPage({ query }: { query: URLSearchParams }) {
  const words = useWords();
  const { user } = useMember();
  const isAdmin = user.role !== 'streamer';
  const filter = readFilter(query);
  const [said, setSaid] = useState('');
  return (
    <>
      <PageHead
        title={isAdmin ? words.sessions.title : words.sessions.ownTitle}
        extra={<ExportButton filter={filter} onDone={setSaid} />}
      />
      <SessionFilters filter={filter} isAdmin={isAdmin} />
      {isAdmin && filter.streamerId && <Note icon="eye">{words.sessions.streamerLogged}</Note>}
      <p className="said" role="status">
        {said}
      </p>
      {isBackwards(filter) ? (
        <Note icon="warn" tone="warn">
          {words.sessions.wrongPeriod}
        </Note>
      ) : (
        <SessionList filter={filter} isAdmin={isAdmin} />
      )}
    </>
  );
}

function SessionList({ filter, isAdmin }: { filter: SessionFilter; isAdmin: boolean }) {
  const words = useWords();
  const pages = usePages(`sessions ${JSON.stringify(filter)}`, (client, cursor) =>
    client.call('sessions.list', {
      query: { ...toQuery(filter, Date.now()), limit: 50, ...(cursor ? { cursor } : {}) },
    }),
  );
  const isFiltered = filter.streamerId !== null || filter.period !== 'all';
  const empty = isFiltered ? words.sessions.emptyFilter : isAdmin ? words.sessions.empty : words.sessions.ownEmpty;
  return (
    <Reading of={pages.first} blocks={6}>
      {() =>
        pages.items.length === 0 ? (
          <Empty icon="sessions">{empty}</Empty>
        ) : (
          <>
            <SessionTable rows={pages.items} showStreamer={isAdmin} />
            <More of={pages} />
            <p className="list-foot">
              {(pages.hasMore ? words.sessions.shownMore : words.sessions.shown)(words.count(pages.items.length))}
            </p>
          </>
        )
      }
    </Reading>
  );
}
