import type { Trigger } from '../trigger.ts';

/** People come in waves (a raid, a recommendation); 20 s is one wave. */
const sliceMs = 20_000;
/** Fewer than 15 can be greeted in passing. */
const least = 15;
/** Three times the usual, and six times its scatter (about its square root): chance does neither. */
const timesUsual = 3;
const timesScatter = 6;
/** Two minutes to learn what is usual: at the start everybody is new. */
const learnSlices = 6;
/** The usual forgets with about two minutes. */
const learnRate = 0.15;
const viewerLimit = 5_000;

/** Clearly more people than usual came in within 20 s. */
export function createNewcomers(): Trigger {
  let sliceStart = 0;
  let slices = 0;
  let usual = 0;
  let told = false;
  let receivedAt = 0;
  const people = new Set<string>();

  const needed = () => Math.max(least, timesUsual * usual, usual + timesScatter * Math.sqrt(usual));

  function turnSlices(nowMs: number): void {
    if (sliceStart === 0) sliceStart = nowMs;
    const passed = Math.floor((nowMs - sliceStart) / sliceMs);
    if (passed <= 0) return;
    // The first slices are averaged plainly, so that a quiet first one does not make the next look like a wave.
    const rate = Math.max(learnRate, 1 / (slices + 1));
    usual += rate * (people.size - usual);
    usual *= (1 - learnRate) ** (passed - 1);
    slices += passed;
    sliceStart += passed * sliceMs;
    told = false;
    people.clear();
  }

  return {
    name: 'newcomers',
    coolDownMs: 300_000,
    topicCoolDownMs: 0,
    freshDanmaku: 0,
    message(message, nowMs) {
      turnSlices(nowMs);
      if (message.kind !== 'enter' || people.size >= viewerLimit) return;
      people.add(message.viewer);
      receivedAt = message.receivedAt;
    },
    propose(nowMs) {
      turnSlices(nowMs);
      if (told || slices < learnSlices || people.size < needed()) return [];
      told = true;
      const count = people.size;
      return [
        {
          topic: 'newcomers',
          type: 'interaction',
          urgency: 'low',
          confidence: 0.8,
          headline: '',
          params: { people: count, seconds: sliceMs / 1000, usual: Math.round(usual) },
          evidence: { quotes: [], count, windowSeconds: sliceMs / 1000, danmakuIds: [], figures: { usual } },
          // A wave settles or leaves within half a minute.
          lifeMs: 30_000,
          receivedAt,
        },
      ];
    },
  };
}
