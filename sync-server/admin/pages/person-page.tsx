import type { UserPage } from '@app/shared/api';
import type { Answer } from '@app/shared/api-routes';
import { Button } from 'antd';
import { useState } from 'react';
import { useAgency, useMember } from '../api/agency.ts';
import { useData } from '../api/use-data.ts';
import { useConfirm } from '../ui/confirm.tsx';
import { Icon } from '../ui/icons.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { goTo } from '../ui/router.tsx';
import { Empty, ErrorBox, Note, Panel, Reading } from '../ui/states.tsx';
import { useAct } from '../ui/use-act.ts';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';
import { ConsentList } from './consent-cells.tsx';
import { DeviceList } from './device-list.tsx';
import { InviteCode } from './invite-code.tsx';
import { filterAddress } from './session-filter.ts';

/** One person: devices, consents, and what an admin may do. */
export function PersonPage({ id }: { id: string }) {
  const words = useWords();
  const person = useData(`person ${id}`, (client) => client.call('users.get', { params: { id } }));
  const back = { to: '/people', name: words.person.back };
  const isGone = person.error?.code === 'NOT_FOUND' || person.error?.code === 'BAD_INPUT';
  return (
    <div className="page" data-testid={person.data && !isGone ? 'person-page' : undefined}>
      <PageHead
        title={person.data?.username ?? words.people.title}
        back={back}
        sub={person.data && <Since person={person.data} />}
        extra={person.data && !isGone && <PersonActs person={person.data} />}
      />
      {isGone ? (
        <Empty icon="people">{words.person.gone}</Empty>
      ) : (
        <Reading of={person} blocks={3}>
          {(data) => <PersonBody person={data} onChanged={person.again} />}
        </Reading>
      )}
    </div>
  );
}

function Since({ person }: { person: UserPage }) {
  const words = useWords();
  const now = useNow();
  return words.line([words.role[person.role], words.person.since(words.day(Date.parse(person.created_at), now))]);
}

function PersonBody({ person, onChanged }: { person: UserPage; onChanged: () => void }) {
  const words = useWords();
  const { client } = useAgency();
  const { isBusy, error, run } = useAct();
  const [made, setMade] = useState<Answer<'invites.make'> | null>(null);
  const oneMore = () =>
    run(async () => setMade(await client.call('invites.make', { body: { user_id: person.id } }))).then(() => undefined);
  if (person.role !== 'streamer')
    return (
      <p className="quiet">{words.invites.roleHelp[person.role === 'assistant' ? 'assistant' : 'agency_admin']}</p>
    );
  return (
    <>
      <Note icon="eye">{words.person.logged}</Note>
      <TakenBack person={person} />
      {made && <InviteCode made={made} onClose={() => setMade(null)} />}
      <div className="columns">
        <Panel
          title={words.person.devices}
          extra={
            !made && (
              <Button
                size="small"
                icon={<Icon name="plus" size={14} />}
                loading={isBusy}
                onClick={() => void oneMore()}
              >
                {words.person.moreDevice}
              </Button>
            )
          }
        >
          {error && <ErrorBox error={error} />}
          <DeviceList devices={person.devices} onChanged={onChanged} />
        </Panel>
        <Panel title={words.person.consents}>
          <ConsentList
            kinds={['session_summary', 'danmaku_excerpts', 'wellbeing_summary']}
            consents={person.consents}
          />
        </Panel>
      </div>
    </>
  );
}

/** What this streamer took back, said before anything else: an empty list alone would look like a fault. */
function TakenBack({ person }: { person: UserPage }) {
  const words = useWords();
  const now = useNow();
  const day = (at: string) => words.day(Date.parse(at), now);
  const summaries = person.consents.find(({ kind }) => kind === 'session_summary');
  const said =
    summaries?.granted === false
      ? words.person.withdrew(day(summaries.at))
      : person.erased_at && words.person.erased(day(person.erased_at));
  if (!said) return null;
  return (
    <div data-testid="taken-back">
      <Note icon="lock" tone="warn">
        {said}
      </Note>
    </div>
  );
}

function PersonActs({ person }: { person: UserPage }) {
  const words = useWords();
  const { client } = useAgency();
  const { user } = useMember();
  const { ask, dialog } = useConfirm();
  const mayRemove = person.id !== user.id && (person.role !== 'super_admin' || user.role === 'super_admin');
  const remove = async () => {
    await client.call('users.remove', { params: { id: person.id } });
    goTo('/people', { replace: true });
  };
  const askToRemove = () =>
    ask({
      title: words.person.removeTitle(person.username),
      what: words.person.removeWhat,
      yes: words.person.removeYes,
      act: remove,
    });
  const sessions = filterAddress({ streamerId: person.id, period: 'all', from: '', to: '' });
  return (
    <>
      {dialog}
      {person.role === 'streamer' && (
        <Button icon={<Icon name="sessions" />} onClick={() => goTo(sessions)}>
          {words.person.sessions}
        </Button>
      )}
      {mayRemove && (
        <Button danger onClick={askToRemove}>
          {words.person.remove}
        </Button>
      )}
    </>
  );
}
