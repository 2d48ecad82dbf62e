import type { SessionView } from '@app/shared/view';
import { Button } from 'antd';
import { act, saveSettings, say, useApp } from '../../app-store.ts';
import { startRehearsal, stopSession } from '../../session-actions.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/language.tsx';
import { StateWord, type Tone } from '../../ui/states.tsx';
import { useTick } from '../../ui/use-tick.ts';

const two = (value: number) => String(value).padStart(2, '0');
const elapsed = (ms: number) => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

function SessionFacts({ session }: { session: SessionView }) {
  const words = useWords();
  const now = useTick();
  const connector = useApp((state) => state.live.connector);
  const age = connector.lastEventAt === null ? null : now - connector.lastEventAt;
  const tone: Tone =
    connector.state === 'live'
      ? 'good'
      : ['connecting', 'silent', 'ended', 'off'].includes(connector.state)
        ? 'quiet'
        : 'critical';
  return (
    <div className="facts">
      <StateWord tone={tone}>
        {session.source === 'replay'
          ? (words.replayState[connector.state] ?? words.connector[connector.state])
          : `${words.platform[session.platform]} ${words.connector[connector.state]}`}
      </StateWord>
      <span className="fact-room">{session.roomName}</span>
      {connector.onlineCount !== null && <span>{words.session.online(words.count(connector.onlineCount))}</span>}
      {age !== null && age >= 10_000 && <span className="fact-stale">{words.ago(age)}</span>}
      <time className="fact-clock">{elapsed(now - session.startedAt)}</time>
      {session.breakSince !== null && (
        <StateWord tone="note" icon="rest">
          {words.session.onRest(elapsed(now - session.breakSince))}
        </StateWord>
      )}
    </div>
  );
}

function LiveActions({ session }: { session: SessionView }) {
  const words = useWords();
  const resting = session.breakSince !== null;
  const run = async (name: 'marker.add' | 'help.ask', text: string) => {
    if (await act(name, {})) say(text);
  };
  return (
    <div className="top-actions">
      <Button icon={<Icon name="mark" />} onClick={() => void run('marker.add', words.done.marked)} data-testid="mark">
        {words.actions.mark}
      </Button>
      <Button
        icon={<Icon name="rest" />}
        onClick={() => void act('break.set', { active: !resting })}
        data-testid="break"
      >
        {resting ? words.actions.backFromRest : words.actions.rest}
      </Button>
      <Button icon={<Icon name="help" />} onClick={() => void run('help.ask', words.done.helpAsked)} data-testid="help">
        {words.actions.help}
      </Button>
      <Button icon={<Icon name="stop" />} onClick={() => void stopSession()} data-testid="stop">
        {words.actions.stop}
      </Button>
    </div>
  );
}

/** The bar of the session: where it stands, what can be done, language and theme. */
export function TopBar() {
  const words = useWords();
  const session = useApp((state) => state.live.session);
  const ready = useApp((state) => state.boot.state === 'ready');
  const page = useApp((state) => state.page);
  const language = useApp((state) => state.settings?.language ?? 'zh');
  const theme = useApp((state) => state.settings?.theme ?? 'dark');
  const startIsOnPage = page === 'live' && ready && !session;
  return (
    <header className="top-bar">
      {session ? <SessionFacts session={session} /> : <span className="app-name">{words.app.name}</span>}
      <div className="top-right">
        {session && <LiveActions session={session} />}
        {!session && !startIsOnPage && (
          <Button
            type="primary"
            disabled={!ready}
            icon={<Icon name="play" />}
            onClick={() => void startRehearsal()}
            data-testid="start"
          >
            {words.actions.start}
          </Button>
        )}
        <Button
          type="text"
          data-testid="lang-toggle"
          aria-label={words.settings.language}
          onClick={() => void saveSettings({ language: language === 'zh' ? 'en' : 'zh' })}
        >
          {words.actions.toEnglish}
        </Button>
        <Button
          type="text"
          icon={<Icon name={theme === 'dark' ? 'sun' : 'moon'} size={18} />}
          aria-label={words.actions.theme[theme]}
          title={words.actions.theme[theme]}
          onClick={() => void saveSettings({ theme: theme === 'dark' ? 'light' : 'dark' })}
        />
      </div>
    </header>
  );
}
