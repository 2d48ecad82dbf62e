import type { Answer } from '@app/shared/api-routes';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/states.tsx';
import { useNow } from '../ui/use-after.ts';
import { useWords } from '../ui/words.ts';

/** The code of an invite, big, the one time it is shown. It is held by nothing but this piece of the page. */
export function InviteCode({ made, onClose }: { made: Answer<'invites.make'>; onClose: () => void }) {
  const words = useWords();
  const now = useNow();
  const code = useRef<HTMLParagraphElement>(null);
  useEffect(() => code.current?.focus(), []);
  const endsMs = Date.parse(made.expires_at);
  const ends = `${words.day(endsMs, now)} ${words.clock(endsMs)}`;
  const isStreamer = made.role === 'streamer';
  const { origin } = window.location;
  const who = made.user_id
    ? words.invites.madeMore(made.username)
    : words.invites.madeFor(made.username, words.role[made.role]);
  return (
    <Panel title={words.invites.made} className="made">
      <p>{who}</p>
      <p className="code" ref={code} tabIndex={-1} data-testid="invite-code">
        {made.code}
      </p>
      <p className="quiet">
        {words.invites.lives(words.minutes(Math.max(0, Math.round((endsMs - now) / 60_000))), ends)}
      </p>
      <div className="made-acts">
        <CopyButton className="act" text={made.code} label={words.invites.copyCode} />
        {!isStreamer && (
          <CopyButton className="act" text={`${origin}/accept#${made.code}`} label={words.invites.copyLink} />
        )}
        <Button type="text" onClick={onClose}>
          {words.invites.done}
        </Button>
      </div>
      <p className="quiet">{isStreamer ? words.invites.appHelp : words.invites.linkHelp}</p>
      {isStreamer && (
        <p>
          {words.invites.server} <code>{origin}</code>
        </p>
      )}
    </Panel>
  );
}
