import { createFusion, nextFusion, readFusion, toFusionInput } from '../../emotion/fusion.ts';
import type { EmotionLabel } from '../../emotion/labels.ts';
import { Recent } from '../recent.ts';
import type { Trigger } from '../trigger.ts';

const strained: readonly EmotionLabel[] = ['sad', 'angry', 'fear', 'disgust'];
const windowMs = 120_000;
const lookEveryMs = 2_000;
/** 60 looks make two minutes; with fewer than half of them certain we do not know enough to speak. */
const leastCertain = 30;
/** Four of five certain looks: acting out a scene or losing a round passes faster. */
const leastShare = 0.8;

/** The streamer's own certain readings were tense for two minutes; nothing is said on uncertain ones. */
export function createStreamerStrained(): Trigger {
  let fusion = createFusion();
  const looks = new Recent<'strained' | 'other'>(windowMs, 200);
  let lookAt = 0;
  let heard = false;
  return {
    name: 'streamer_strained',
    // A reminder of one's own face is itself a strain: at most three an hour.
    coolDownMs: 20 * 60_000,
    topicCoolDownMs: 0,
    freshDanmaku: 0,
    event(event, nowMs) {
      if (event.type === 'break') looks.clear();
      if (event.type !== 'emotion.observed') return;
      const input = toFusionInput(event);
      if (input) fusion = nextFusion(fusion, input, nowMs);
      heard = true;
    },
    propose(nowMs) {
      if (!heard || nowMs < lookAt) return [];
      lookAt = nowMs + lookEveryMs;
      const { label, certain } = readFusion(fusion, nowMs);
      if (certain && label) looks.add(strained.includes(label) ? 'strained' : 'other', nowMs);
      else looks.prune(nowMs);
      if (looks.size < leastCertain) return [];
      const recent = looks.since(nowMs);
      const share = recent.filter((look) => look === 'strained').length / recent.length;
      if (share < leastShare) return [];
      looks.clear();
      return [
        {
          topic: 'strained',
          type: 'emotion',
          urgency: 'low',
          confidence: Math.min(0.8, share * 0.8),
          headline: '',
          params: { minutes: windowMs / 60_000 },
          evidence: {
            quotes: [],
            count: 0,
            windowSeconds: windowMs / 1000,
            danmakuIds: [],
            figures: { share, looks: recent.length },
          },
          lifeMs: 45_000,
        },
      ];
    },
  };
}
