import { Button } from 'antd';
import { act, closeProblem, openReport, readAll, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Banner, ErrorBox } from '../../ui/states.tsx';

function PartBanners() {
  const words = useWords();
  const system = useApp((state) => state.system);
  if (!system) return null;
  const { engine, inference, capture } = system.processes;
  const restart = (part: 'engine' | 'inference' | 'capture') => (
    <Button size="small" onClick={() => void act('part.restart', { part })}>
      {words.actions.restart}
    </Button>
  );
  // Models of a process that is away say nothing new.
  const models = inference === 'running' ? system.models : [];
  const missing = models.filter(
    (model) => model.state === 'missing' || model.state === 'damaged' || model.state === 'failed',
  );
  return (
    <>
      {engine === 'restarting' && (
        <Banner tone="warn" icon="pulse">
          {words.banner.engineAway}
        </Banner>
      )}
      {engine === 'failed' && (
        <Banner tone="critical" icon="help" actions={restart('engine')}>
          {words.banner.engineFailed}
        </Banner>
      )}
      {inference === 'restarting' && (
        <Banner tone="warn" icon="pulse">
          {words.banner.inferenceAway}
        </Banner>
      )}
      {inference === 'failed' && (
        <Banner tone="warn" icon="help" actions={restart('inference')}>
          {words.banner.inferenceFailed}
        </Banner>
      )}
      {capture === 'failed' && (
        <Banner tone="warn" icon="help" actions={restart('capture')}>
          {words.banner.captureFailed}
        </Banner>
      )}
      {missing.length > 0 && (
        <Banner tone="warn" icon="eyeOff">
          {words.banner.modelsMissing(
            missing
              .map((model) => words.withState(words.models[model.name] ?? model.name, words.modelState[model.state]))
              .join(words.listSeparator),
          )}
        </Banner>
      )}
    </>
  );
}

function ResumeBanner() {
  const words = useWords();
  const resumable = useApp((state) => state.live.resumable);
  if (!resumable) return null;
  const { sessionId, roomName, lastEventAt } = resumable;
  return (
    <Banner
      tone="note"
      icon="history"
      actions={
        <>
          <Button
            size="small"
            type="primary"
            data-testid="resume"
            onClick={() => void act('session.resume', { sessionId })}
          >
            {words.actions.resume}
          </Button>
          <Button size="small" data-testid="resume-close" onClick={() => void act('session.close', { sessionId })}>
            {words.actions.closeOld}
          </Button>
        </>
      }
    >
      {words.banner.resume(roomName, words.clock(lastEventAt))}
    </Banner>
  );
}

function EndedBanner() {
  const words = useWords();
  const endedId = useApp((state) => state.endedId);
  const running = useApp((state) => state.live.session !== null);
  if (!endedId || running) return null;
  const leave = () => useApp.setState({ endedId: null });
  const open = () => {
    leave();
    openReport(endedId);
  };
  return (
    <Banner
      tone="note"
      icon="check"
      actions={
        <>
          <Button size="small" type="primary" onClick={open} data-testid="open-report">
            {words.actions.openReport}
          </Button>
          <Button size="small" onClick={leave}>
            {words.actions.close}
          </Button>
        </>
      }
    >
      {words.done.stopped}
    </Banner>
  );
}

function StorageBanner() {
  const words = useWords();
  const { state, waiting } = useApp((app) => app.live.storage);
  if (state === 'ok') return null;
  const sentence = state === 'full' ? words.banner.storageFull : words.banner.storageFailed;
  return (
    <Banner tone="critical" icon="help" testId="storage-trouble">
      {sentence(words.count(waiting))}
    </Banner>
  );
}

/** Everything that is said once, at the top: what is away, what is only a rehearsal, what can be resumed, what failed. */
export function Banners() {
  const words = useWords();
  const boot = useApp((state) => state.boot);
  const problem = useApp((state) => state.problem);
  const rehearsal = useApp((state) => state.system?.rehearsal ?? false);
  const oldElectron = useApp((state) => state.system?.oldElectron ?? false);
  const light = [rehearsal && words.banner.rehearsal, oldElectron && words.banner.oldElectron].filter(Boolean);
  return (
    <div className="banners">
      {light.length > 0 && (
        <Banner tone="quiet" icon="eye">
          {light.join(' · ')}
        </Banner>
      )}
      <PartBanners />
      <StorageBanner />
      <ResumeBanner />
      <EndedBanner />
      {boot.state === 'failed' && <ErrorBox code={boot.code} onRetry={() => void readAll()} />}
      {problem && <ErrorBox code={problem} onClose={closeProblem} />}
    </div>
  );
}
