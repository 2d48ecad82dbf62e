import { type UserRole, type UserRow, userRoles } from '@app/shared/api';
import { Button, Select } from 'antd';
import { useId } from 'react';
import { useMember } from '../api/agency.ts';
import { usePages } from '../api/use-pages.ts';
import { Icon } from '../ui/icons.tsx';
import { More } from '../ui/more.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { goTo } from '../ui/router.tsx';
import { Empty, Note, Reading } from '../ui/states.tsx';
import { Table } from '../ui/table.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** The people of the agency; the address holds the role they are chosen by. */
export function PeoplePage({ query }: { query: URLSearchParams }) {
  const words = useWords();
  const role = userRoles.find((one) => one === query.get('role')) ?? null;
  const pages = usePages(`people ${role}`, (client, cursor) =>
    client.call('users.list', { query: { limit: 50, ...(role ? { role } : {}), ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <>
      <PageHead
        title={words.people.title}
        extra={
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => goTo('/invites')}>
            {words.people.invite}
          </Button>
        }
      />
      <RoleSelect role={role} />
      <Reading of={pages.first} blocks={5}>
        {() =>
          pages.items.length === 0 ? (
            <Empty icon="people">{words.people.empty}</Empty>
          ) : (
            <>
              <PeopleTable rows={pages.items} />
              {role === null && pages.items.length === 1 && <Note icon="invites">{words.people.onlyYou}</Note>}
              <More of={pages} />
            </>
          )
        }
      </Reading>
    </>
  );
}

function RoleSelect({ role }: { role: UserRole | null }) {
  const words = useWords();
  const id = useId();
  return (
    <div className="filters">
      <div className="filter">
        <label htmlFor={id}>{words.people.filterRole}</label>
        <Select
          id={id}
          value={role ?? ''}
          onChange={(chosen) => goTo(chosen ? `/people?role=${chosen}` : '/people', { replace: true })}
          options={[
            { value: '', label: words.people.everyRole },
            ...userRoles.map((one) => ({ value: one, label: words.role[one] })),
          ]}
        />
      </div>
    </div>
  );
}

function PeopleTable({ rows }: { rows: UserRow[] }) {
  const words = useWords();
  const now = useNow();
  const { user } = useMember();
  const { people } = words;
  const quiet = (text: string) => <span className="quiet">{text}</span>;
  const isStreamer = (row: UserRow) => row.role === 'streamer';
  return (
    <Table
      name={people.title}
      rows={rows}
      testId="person-row"
      linkOf={(row) => ({ to: `/people/${row.id}`, label: row.username })}
      columns={[
        {
          key: 'name',
          title: people.columns.name,
          cell: (row) => (
            <>
              {row.username} {row.id === user.id && quiet(people.you)}
            </>
          ),
        },
        { key: 'role', title: people.columns.role, cell: (row) => words.role[row.role] },
        {
          key: 'devices',
          title: people.columns.devices,
          cell: (row) => {
            if (!isStreamer(row)) return quiet(people.onWeb);
            return row.devices > 0 ? people.devices(row.devices) : quiet(people.noDevice);
          },
        },
        {
          key: 'seen',
          title: people.columns.seen,
          cell: (row) => {
            if (row.last_seen) return words.ago(Math.max(0, now - Date.parse(row.last_seen)));
            return quiet(isStreamer(row) ? people.neverSeen : people.notRecorded);
          },
        },
        {
          key: 'session',
          title: people.columns.session,
          cell: (row) => {
            if (row.last_session_at) return words.day(Date.parse(row.last_session_at), now);
            return quiet(isStreamer(row) ? people.noSession : people.notForRole);
          },
        },
      ]}
    />
  );
}
