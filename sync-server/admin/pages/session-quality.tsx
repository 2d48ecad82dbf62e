import type { SessionPage } from '@app/shared/api';
import type { StreamQuality } from '@app/shared/sync';
import type { AgencyWords } from '@app/shared/words/agency';
import { StateWord } from '../ui/states.tsx';
import { useWords } from '../ui/words.ts';
import { QualityWord } from './quality-word.tsx';

/** Gaps added up by the part that had them. */
function gapLines(gaps: StreamQuality['gaps'], words: AgencyWords): string[] {
  const parts = [...new Set(gaps.map(({ part }) => part))];
  return parts.map((part) => {
    const own = gaps.filter((gap) => gap.part === part);
    const seconds = own.reduce((sum, gap) => sum + gap.seconds, 0);
    return words.quality.gap(words.gapPart[part], own.length, words.seconds(seconds));
  });
}

function troubleLines({ camera, microphone }: StreamQuality['device_troubles'], words: AgencyWords): string[] {
  const { devices, trouble } = words.quality;
  return [
    ...(camera > 0 ? [trouble(devices.camera, camera)] : []),
    ...(microphone > 0 ? [trouble(devices.microphone, microphone)] : []),
  ];
}

/** How the stream and the app ran, in plain words. */
export function SessionQuality({ quality }: { quality: SessionPage['quality'] }) {
  const words = useWords();
  const { rows } = words.quality;
  const gaps = gapLines(quality.gaps, words);
  const troubles = troubleLines(quality.device_troubles, words);
  const lines = (found: string[], none: string) =>
    found.length === 0 ? (
      <StateWord tone="good">{none}</StateWord>
    ) : (
      found.map((line) => (
        <StateWord key={line} tone="note">
          {line}
        </StateWord>
      ))
    );
  return (
    <dl className="facts">
      <div>
        <dt>{rows.connection}</dt>
        <dd>
          <QualityWord share={quality.connector_uptime_share} />
          <span>
            {words.join(
              words.quality.goodLine(words.share(quality.connector_uptime_share)),
              words.quality.reconnects(quality.reconnects),
            )}
          </span>
        </dd>
      </div>
      <div>
        <dt>{rows.gaps}</dt>
        <dd>{lines(gaps, words.quality.noGap)}</dd>
      </div>
      <div>
        <dt>{rows.devices}</dt>
        <dd>{lines(troubles, words.quality.noTrouble)}</dd>
      </div>
      <div>
        <dt>{rows.latency}</dt>
        <dd>
          {quality.latency_ms
            ? words.quality.latency(
                words.milliseconds(quality.latency_ms.p50),
                words.milliseconds(quality.latency_ms.p95),
              )
            : words.quality.noLatency}
        </dd>
      </div>
    </dl>
  );
}
