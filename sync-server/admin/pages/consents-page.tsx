import type { Consent, ConsentKind } from '@app/shared/api';
import { usePages } from '../api/use-pages.ts';
import { More } from '../ui/more.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Empty, Note, Panel, Reading, StateWord } from '../ui/states.tsx';
import { Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

const kinds: readonly ConsentKind[] = ['session_summary', 'danmaku_excerpts', 'wellbeing_summary'];

/** A streamer's own consents as they stand, and the ledger they come from. */
export function ConsentsPage() {
  const words = useWords();
  const pages = usePages('consents', (client, cursor) =>
    client.call('consents.list', { query: { limit: 50, ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <>
      <PageHead title={words.consent.title} sub={words.consent.intro} />
      <Note icon="device">{words.consent.how}</Note>
      <Reading of={pages.first} blocks={4}>
        {() => (
          <>
            <Panel title={words.consent.now}>
              <OwnConsents ledger={pages.items} />
            </Panel>
            <h2 className="list-title">{words.consent.ledger}</h2>
            {pages.items.length === 0 ? (
              <Empty icon="consents">{words.consent.empty}</Empty>
            ) : (
              <Ledger rows={pages.items} />
            )}
            <More of={pages} />
          </>
        )}
      </Reading>
    </>
  );
}

/** The newest entry of a kind counts; the ledger comes newest first. */
function OwnConsents({ ledger }: { ledger: Consent[] }) {
  const words = useWords();
  const now = useNow();
  return (
    <dl className="facts">
      {kinds.map((kind) => {
        const newest = ledger.find((entry) => entry.kind === kind);
        return (
          <div key={kind}>
            <dt>{words.consent.kind[kind]}</dt>
            <dd>
              {newest?.granted ? (
                <StateWord tone="good">
                  {words.consent.given}{' '}
                  <span className="quiet">{words.consent.since(words.day(Date.parse(newest.at), now))}</span>
                </StateWord>
              ) : (
                <StateWord tone="quiet">{newest ? words.consent.withdrawn : words.consent.notGiven}</StateWord>
              )}
              <span className="quiet">{words.consent.what[kind]}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Ledger({ rows }: { rows: Consent[] }) {
  const words = useWords();
  const now = useNow();
  const { columns } = words.consent;
  return (
    <Table
      name={words.consent.ledger}
      rows={rows}
      columns={[
        {
          key: 'at',
          title: columns.at,
          cell: (row) => `${words.day(Date.parse(row.at), now)} ${words.clock(Date.parse(row.at))}`,
        },
        { key: 'kind', title: columns.kind, cell: (row) => words.consent.kind[row.kind] },
        {
          key: 'act',
          title: columns.act,
          cell: (row) => (
            <StateWord tone={row.granted ? 'good' : 'quiet'}>
              {row.granted ? words.consent.granted : words.consent.withdrawn}
            </StateWord>
          ),
        },
        { key: 'notice', title: columns.notice, cell: (row) => words.consent.notice(row.notice_version) },
      ]}
    />
  );
}
