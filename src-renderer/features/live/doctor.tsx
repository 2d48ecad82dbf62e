import type { DeviceState } from '@app/shared/live-event';
import type { GovernorView, ModelView, ObsView, PartState } from '@app/shared/view';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { act, useApp } from '../../app-store.ts';
import { useWords } from '../../ui/language.tsx';
import { Panel, StateWord, type Tone } from '../../ui/states.tsx';
import { useTick } from '../../ui/use-tick.ts';

const deviceTone: Record<DeviceState, Tone> = {
  off: 'quiet',
  starting: 'quiet',
  on: 'good',
  denied: 'warn',
  busy: 'warn',
  missing: 'warn',
  lost: 'critical',
  failed: 'warn',
};
const partTone: Record<PartState, Tone> = {
  starting: 'quiet',
  running: 'good',
  restarting: 'warn',
  failed: 'critical',
};
const parts = ['engine', 'inference', 'capture'] as const;

function Row({ label, children, help }: { label: string; children: ReactNode; help?: string }) {
  return (
    <div className="fact-row">
      <dt>{label}</dt>
      <dd>
        {children}
        {help && <p className="fact-help">{help}</p>}
      </dd>
    </div>
  );
}

function DanmakuRows() {
  const words = useWords();
  const now = useTick();
  const { connector, latency, counts, session } = useApp((state) => state.live);
  const replay = session?.source === 'replay';
  const age = connector.lastEventAt === null ? null : Math.max(0, now - connector.lastEventAt);
  const tone: Tone =
    connector.state === 'live'
      ? 'good'
      : ['connecting', 'silent', 'ended', 'off'].includes(connector.state)
        ? 'quiet'
        : 'critical';
  const losses = [
    connector.shed > 0 && words.doctor.shed(words.count(connector.shed)),
    connector.unreadable > 0 && words.doctor.unreadable(words.count(connector.unreadable)),
    connector.unknown > 0 && words.doctor.unknown(words.count(connector.unknown)),
    counts.textWaiting > 0 && words.doctor.waiting(words.count(counts.textWaiting)),
  ].filter(Boolean);
  return (
    <>
      <Row
        label={words.doctor.danmaku}
        help={(replay && words.replayHelp[connector.state]) || words.connectorHelp[connector.state]}
      >
        <StateWord tone={tone}>
          {(replay && words.replayState[connector.state]) || words.connector[connector.state]}
        </StateWord>
      </Row>
      <Row label={words.doctor.lastEvent}>
        {age === null ? (
          words.doctor.noEventYet
        ) : (
          <span className={age > 30_000 ? 'tone-warn' : ''}>{words.ago(age)}</span>
        )}
      </Row>
      <Row label={words.doctor.rate}>{words.perMinute(connector.perMinute)}</Row>
      <Row label={words.doctor.latency}>
        {latency.p50Ms === null || latency.p95Ms === null
          ? words.doctor.latencyNone
          : words.doctor.latencyValue(words.milliseconds(latency.p50Ms), words.milliseconds(latency.p95Ms))}
      </Row>
      <Row label={words.doctor.losses}>
        {losses.length === 0
          ? words.doctor.lossesNone
          : losses.map((loss) => (
              <span key={String(loss)} className="fact-line">
                {loss}
              </span>
            ))}
      </Row>
    </>
  );
}

const obsTone: Record<ObsView['state'], Tone> = {
  off: 'quiet',
  connecting: 'quiet',
  connected: 'good',
  refused: 'warn',
  away: 'warn',
};

/** OBS's own figures, and how far the models step back for it. */
function MachineRows({ governor }: { governor: GovernorView }) {
  const words = useWords();
  const obs = useApp((state) => state.obs);
  const skips = (obs.skippedShare ?? 0) >= 0.01;
  return (
    <>
      <Row label={words.doctor.obs} help={words.obsHelp[obs.state]}>
        <StateWord tone={skips ? 'warn' : obsTone[obs.state]}>{words.obs[obs.state]}</StateWord>
        {obs.fps !== null && (
          <span className="fact-note">{words.doctor.obsFigures(obs.fps, words.percent(obs.skippedShare ?? 0))}</span>
        )}
      </Row>
      <Row label={words.doctor.governor} help={governor.reason ? words.governorHelp[governor.reason] : undefined}>
        <StateWord tone={governor.level === 'full' ? 'good' : 'warn'}>{words.governor[governor.level]}</StateWord>
      </Row>
    </>
  );
}

function TextLaneRow({ models }: { models: ModelView[] }) {
  const words = useWords();
  const lane = models.find((model) => model.textLane)?.textLane;
  if (!lane) return null;
  const { msPerMessage, fastShare } = lane;
  return (
    <Row label={words.doctor.textLane} help={lane.reason ? words.textLaneHelp[lane.reason] : undefined}>
      <StateWord tone={lane.reason === null ? 'good' : 'warn'}>{words.textLane[lane.lane]}</StateWord>
      {msPerMessage !== null && fastShare !== null && (
        <span className="fact-note">
          {words.doctor.textFigures(msPerMessage.toFixed(1), fastShare > 0 ? words.percent(fastShare) : null)}
        </span>
      )}
    </Row>
  );
}

/** The stream doctor: connection, losses, devices and processes, each with one plain sentence when it is not fine. */
export function Doctor() {
  const words = useWords();
  const system = useApp((state) => state.system);
  return (
    <Panel title={words.doctor.title} className="doctor">
      <dl className="fact-rows">
        <DanmakuRows />
        {system &&
          (['camera', 'microphone'] as const).map((device) => {
            const { state } = system[device];
            const help = device === 'camera' ? words.cameraHelp : words.microphoneHelp;
            return (
              <Row key={device} label={words.doctor[device]} help={state === 'on' ? undefined : help[state]}>
                <StateWord tone={deviceTone[state]}>{words.device[state]}</StateWord>
                {state === 'on' && system.sampleMedia && <span className="fact-note">{words.doctor.sample}</span>}
              </Row>
            );
          })}
        {system && <MachineRows governor={system.governor} />}
        {system && <TextLaneRow models={system.models} />}
        {system && (
          <Row label={words.doctor.processes}>
            <span className="part-list">
              {parts.map((part) => (
                <span key={part} className="part">
                  <StateWord tone={partTone[system.processes[part]]}>
                    {words.parts[part]} {words.partState[system.processes[part]]}
                  </StateWord>
                  {system.processes[part] === 'failed' && (
                    <Button
                      size="small"
                      aria-label={words.doctor.restartPart(words.parts[part])}
                      onClick={() => void act('part.restart', { part })}
                    >
                      {words.actions.restart}
                    </Button>
                  )}
                </span>
              ))}
            </span>
          </Row>
        )}
      </dl>
    </Panel>
  );
}
