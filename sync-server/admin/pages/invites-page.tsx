import type { Invite } from '@app/shared/api';
import type { Answer } from '@app/shared/api-routes';
import { Button, Segmented } from 'antd';
import { type FormEvent, useState } from 'react';
import { useAgency } from '../api/agency.ts';
import { usePages } from '../api/use-pages.ts';
import { useConfirm } from '../ui/confirm.tsx';
import { Field } from '../ui/field.tsx';
import { More } from '../ui/more.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Empty, ErrorBox, Panel, Reading, StateWord } from '../ui/states.tsx';
import { Table } from '../ui/table.tsx';
import { useAct } from '../ui/use-act.ts';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';
import { InviteCode } from './invite-code.tsx';

const roles = ['streamer', 'assistant', 'agency_admin'] as const;
type Made = Answer<'invites.make'>;
type InvitedRole = (typeof roles)[number];

/** Making invites, and those of the last days. */
export function InvitesPage() {
  const words = useWords();
  const [made, setMade] = useState<Made | null>(null);
  const pages = usePages('invites', (client, cursor) =>
    client.call('invites.list', { query: { limit: 50, ...(cursor ? { cursor } : {}) } }),
  );
  return (
    <>
      <PageHead title={words.invites.title} />
      {made ? (
        <InviteCode made={made} onClose={() => setMade(null)} />
      ) : (
        <InviteForm
          onMade={(invite) => {
            setMade(invite);
            pages.first.again();
          }}
        />
      )}
      <h2 className="list-title">{words.invites.list}</h2>
      <Reading of={pages.first} blocks={3}>
        {() =>
          pages.items.length === 0 ? (
            <Empty icon="invites">{words.invites.empty}</Empty>
          ) : (
            <>
              <InviteTable rows={pages.items} onChanged={pages.first.again} />
              <More of={pages} />
            </>
          )
        }
      </Reading>
    </>
  );
}

function InviteForm({ onMade }: { onMade: (made: Made) => void }) {
  const words = useWords();
  const { client } = useAgency();
  const { isBusy, error, clear, run } = useAct();
  const [role, setRole] = useState<InvitedRole>('streamer');
  const [username, setUsername] = useState('');
  const [isTried, setIsTried] = useState(false);
  const name = username.trim();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (name === '') return;
    await run(async () => onMade(await client.call('invites.make', { body: { role, username: name } })));
  };
  return (
    <Panel title={words.invites.newTitle}>
      <form className="form invite-form" onSubmit={(event) => void submit(event)} noValidate>
        <div className="field">
          <span id="invite-role" className="label">
            {words.invites.role}
          </span>
          <Segmented
            aria-labelledby="invite-role"
            value={role}
            onChange={setRole}
            options={roles.map((one) => ({ value: one, label: words.role[one] }))}
          />
          <p className="field-help">{words.invites.roleHelp[role]}</p>
        </div>
        <Field
          label={words.invites.username}
          value={username}
          onChange={(value) => {
            setUsername(value);
            clear();
          }}
          maxLength={50}
          help={words.invites.usernameHelp}
          error={isTried && name === '' ? words.invites.fill : undefined}
          testId="invite-username"
        />
        {error && <ErrorBox error={error} />}
        <Button type="primary" htmlType="submit" loading={isBusy} className="form-submit" data-testid="invite-make">
          {words.invites.make}
        </Button>
      </form>
    </Panel>
  );
}

function InviteState({ invite }: { invite: Invite }) {
  const words = useWords();
  const now = useNow();
  if (invite.used_at)
    return <StateWord tone="good">{words.invites.state.used(words.day(Date.parse(invite.used_at), now))}</StateWord>;
  const leftMs = Date.parse(invite.expires_at) - now;
  if (leftMs <= 0) return <StateWord tone="quiet">{words.invites.state.expired}</StateWord>;
  return (
    <StateWord tone="note">
      {words.invites.state.open(words.minutes(Math.max(1, Math.round(leftMs / 60_000))))}
    </StateWord>
  );
}

function InviteTable({ rows, onChanged }: { rows: Invite[]; onChanged: () => void }) {
  const words = useWords();
  const now = useNow();
  const { client } = useAgency();
  const { ask, dialog } = useConfirm();
  const { columns } = words.invites;
  const takeBack = async (invite: Invite) => {
    await client.call('invites.remove', { params: { id: invite.id } });
    onChanged();
  };
  const askFor = (invite: Invite) =>
    ask({
      title: words.invites.takeBackTitle(invite.username),
      what: words.invites.takeBackWhat,
      yes: words.invites.takeBack,
      act: () => takeBack(invite),
    });
  return (
    <>
      {dialog}
      <Table
        name={words.invites.list}
        rows={rows}
        testId="invite-row"
        columns={[
          {
            key: 'who',
            title: columns.who,
            cell: (row) => (
              <>
                {row.username} {row.user_id && <span className="quiet">{words.invites.moreDevice}</span>}
              </>
            ),
          },
          { key: 'role', title: columns.role, cell: (row) => words.role[row.role] },
          {
            key: 'made',
            title: columns.made,
            cell: (row) => `${words.day(Date.parse(row.created_at), now)} ${words.clock(Date.parse(row.created_at))}`,
          },
          {
            key: 'state',
            title: columns.state,
            cell: (row) => (
              <span className="state-cell">
                <InviteState invite={row} />
                {!row.used_at && Date.parse(row.expires_at) > now && (
                  <Button size="small" onClick={() => askFor(row)}>
                    {words.invites.takeBack}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </>
  );
}
