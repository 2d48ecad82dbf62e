import type { SessionPage as Session } from '@app/shared/api';
import type { ReactNode } from 'react';
import { useMember } from '../api/agency.ts';
import { useData } from '../api/use-data.ts';
import { PageHead } from '../ui/page-head.tsx';
import { Empty, Note, Panel, Reading } from '../ui/states.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';
import { ConsentList } from './consent-cells.tsx';
import { SessionCards } from './session-cards.tsx';
import { SessionDanmaku } from './session-danmaku.tsx';
import { SessionQuality } from './session-quality.tsx';
import { TimeBar } from './time-bar.tsx';

/** One session in counts: time, breaks, chat, quality. */
export function SessionPage({ id }: { id: string }) {
  const words = useWords();
  const session = useData(`session ${id}`, (client) => client.call('sessions.get', { params: { id } }));
  const back = { to: '/sessions', name: words.session.back };
  if (session.error?.code === 'NOT_FOUND' || session.error?.code === 'BAD_INPUT') {
    return (
      <>
        <PageHead title={words.sessions.title} back={back} />
        <Empty icon="sessions">{words.notFound}</Empty>
      </>
    );
  }
  return (
    <div data-testid={session.data ? 'session-page' : undefined} className="page">
      {!session.data && <PageHead title={words.sessions.title} back={back} />}
      <Reading of={session} blocks={5}>
        {(data) => <SessionBody session={data} back={back} />}
      </Reading>
    </div>
  );
}

function SessionBody({ session, back }: { session: Session; back: { to: string; name: string } }) {
  const words = useWords();
  const now = useNow();
  const { user } = useMember();
  const isOwn = session.streamer.id === user.id;
  const startMs = Date.parse(session.started_at);
  const stopMs = Date.parse(session.stopped_at);
  const receivedMs = Date.parse(session.received_at);
  return (
    <>
      <PageHead
        title={session.room_name || session.platform_room_id}
        back={back}
        sub={words.line([
          session.streamer.username,
          words.platform[session.platform],
          `${words.day(startMs, now)} ${words.span(words.clock(startMs), words.clock(stopMs))}`,
        ])}
      />
      <Note icon="eye">{isOwn ? words.session.ownOnly : words.session.logged}</Note>
      <Numbers session={session} />
      <Panel title={words.session.timeline}>
        <TimeBar session={session} />
      </Panel>
      <div className="columns">
        <Panel title={words.session.danmaku}>
          <SessionDanmaku danmaku={session.danmaku} />
        </Panel>
        <Panel title={words.session.quality}>
          <SessionQuality quality={session.quality} />
        </Panel>
      </div>
      {session.suggestions && (
        <Panel title={words.session.cards}>
          <SessionCards counts={session.suggestions} />
        </Panel>
      )}
      {!isOwn && <ConsentPanel consents={session.consents} />}
      <p className="list-foot">{words.session.received(`${words.day(receivedMs, now)} ${words.clock(receivedMs)}`)}</p>
    </>
  );
}

function Numbers({ session }: { session: Session }) {
  const words = useWords();
  const { numbers } = words.session;
  const figures: [string, ReactNode][] = [
    [numbers.hours, words.hours(session.hours_live)],
    [
      numbers.breaks,
      session.break_minutes > 0 ? words.minutes(Math.round(session.break_minutes)) : words.sessions.noBreak,
    ],
    [numbers.danmaku, words.count(session.danmaku.comment)],
    [numbers.viewers, words.count(session.danmaku.distinct_viewers)],
    [numbers.quality, words.share(session.connector_uptime_share)],
  ];
  return (
    <dl className="numbers">
      {figures.map(([name, value]) => (
        <div key={name} className="number">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What an agency sees only with a consent of its own, and how that stands. */
function ConsentPanel({ consents }: { consents: Session['consents'] }) {
  const words = useWords();
  return (
    <Panel title={words.session.consentNeeded}>
      <ConsentList
        kinds={['danmaku_excerpts', 'wellbeing_summary']}
        consents={consents}
        given={words.consent.givenNothing}
      />
    </Panel>
  );
}
