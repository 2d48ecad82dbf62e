// How a streamer usually reads to the models, as the fusion learns it: kept in the system's safe store, never sent.
import type { Baselines } from '@app/shared/emotion/fusion';
import { fittedFusion } from '@app/shared/emotion/fusion-numbers';
import { byEmotion } from '@app/shared/emotion/labels';
import { z } from 'zod';
import type { Secrets } from './sync/pairing.ts';

const name = 'emotion-baseline';

const logs = z.object(byEmotion(() => z.number()));
const baseline = z.object({ count: z.number().int().min(0), meanLog: logs });
const saved = z.object({
  /** What the models said of everybody when this was learnt: other models make it worthless. */
  typical: z.string(),
  baselines: z.object({ text: baseline, voice: baseline, face: baseline }),
});

export type EmotionBaseline = {
  /** What was learnt, or null when nothing was, or by other models than these. */
  read(): Baselines | null;
  save(baselines: Baselines): void;
  forget(): void;
};

/** One baseline a device, for the person who streams on it. */
export function makeEmotionBaseline(secrets: Secrets): EmotionBaseline {
  const typical = JSON.stringify(fittedFusion.typicalLog);
  return {
    read() {
      try {
        const value = saved.parse(JSON.parse(secrets.get(name) ?? 'null'));
        return value.typical === typical ? value.baselines : null;
      } catch {
        return null;
      }
    },
    save(baselines) {
      const learnt = Object.values(baselines).some(({ count }) => count > 0);
      if (learnt) secrets.set(name, JSON.stringify({ typical, baselines }));
    },
    forget: () => secrets.set(name, null),
  };
}
