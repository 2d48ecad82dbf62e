import { type Agency, AgencyProvider } from './api/agency.ts';
import { AcceptPage } from './pages/accept-page.tsx';
import { SetupPage } from './pages/setup-page.tsx';
import { SignInPage } from './pages/sign-in-page.tsx';
import { Pages } from './pages.tsx';
import { CatMark } from './ui/icons.tsx';
import { usePlace } from './ui/router.tsx';
import { ErrorBox, Loading } from './ui/states.tsx';
import { Look } from './ui/theme.tsx';
import { useWords } from './ui/words.ts';

/** The whole page: who is signed in decides what is drawn. */
export function AgencyWeb({ agency }: { agency: Agency }) {
  return (
    <AgencyProvider value={agency}>
      <Look>
        <Door agency={agency} />
      </Look>
    </AgencyProvider>
  );
}

function Door({ agency }: { agency: Agency }) {
  const words = useWords();
  const { path, hash } = usePlace();
  const session = agency.session();
  // A link for someone new is theirs, whoever is signed in in this browser.
  if (path === '/setup') return <SetupPage token={hash} />;
  if (path === '/accept') return <AcceptPage code={hash} />;
  switch (session.phase) {
    case 'starting':
      return (
        <main className="door">
          <CatMark size={40} />
          <Loading words={words.loading.start} blocks={0} />
        </main>
      );
    case 'away':
      return (
        <main className="door">
          <CatMark size={40} />
          <ErrorBox error={session.error} onRetry={() => void agency.start()} />
        </main>
      );
    case 'out':
      return <SignInPage />;
    default:
      return (
        <>
          <div inert={session.phase === 'ended'} className="signed-in">
            <Pages key={session.user.id} />
          </div>
          {session.phase === 'ended' && <SignInPage ended={session.user.username} />}
        </>
      );
  }
}
