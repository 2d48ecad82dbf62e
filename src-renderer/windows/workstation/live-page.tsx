import { lazy, Suspense } from 'react';
import { useApp } from '../../app-store.ts';
import { DanmakuPanel } from '../../features/live/danmaku-panel.tsx';
import { Doctor } from '../../features/live/doctor.tsx';
import { Inbox } from '../../features/live/inbox.tsx';
import { OffAir } from '../../features/onboarding/off-air.tsx';
import { CurrentCards } from '../../features/suggestions/current-cards.tsx';
import { RecentCards } from '../../features/suggestions/recent-cards.tsx';
import { LoadPanel } from '../../features/wellbeing/load-panel.tsx';
import { MyState } from '../../features/wellbeing/my-state.tsx';
import { useWords } from '../../ui/language.tsx';
import { Loading } from '../../ui/states.tsx';

// The charts are the heaviest part of the page and are not needed before a session.
const Timeline = lazy(async () => ({ default: (await import('../../features/live/timeline.tsx')).Timeline }));

/** Left what they want, centre how it goes, right whether I am all right; off air one picture and one button. */
export function LivePage() {
  const words = useWords();
  const boot = useApp((state) => state.boot.state);
  const sessionId = useApp((state) => state.live.session?.id);
  if (boot === 'reading') return <Loading words={words.loading.live} shape="live" blocks={6} />;
  if (!sessionId) return boot === 'ready' ? <OffAir /> : null;
  return (
    <div className="live-grid">
      <div className="live-left">
        <CurrentCards />
        <Inbox />
      </div>
      <div className="live-centre">
        <Suspense fallback={<Loading words={words.loading.live} shape="live" blocks={1} />}>
          <Timeline key={`timeline ${sessionId}`} />
        </Suspense>
        <DanmakuPanel key={`danmaku ${sessionId}`} />
      </div>
      <aside className="live-right">
        <Doctor />
        <LoadPanel />
        <MyState />
        <RecentCards />
      </aside>
    </div>
  );
}
