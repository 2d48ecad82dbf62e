import type { QuestionView } from '../../view.ts';
import { normalize, toHeadline, toQuote } from '../danmaku-text.ts';
import { type Asked, askersOf, type Cluster, createQuestionClusters, mostCentral } from '../question-clusters.ts';
import type { Candidate, Trigger } from '../trigger.ts';

/** Three different people: two may be friends who copy each other. */
const viewersNeeded = 3;
/** In 90 s a busy room writes about 170 messages; a question asked thrice in that time is not a coincidence. */
const windowMs = 90_000;
/** From five people on it holds up the room. */
const highFrom = 5;

/** The trigger, with the open questions it knows for the inbox. */
export type RepeatedQuestion = Trigger & { open(viewers: number, nowMs: number): QuestionView[] };

/** At least three different viewers ask the same thing within 90 s and it was not answered. */
export function createRepeatedQuestion(): RepeatedQuestion {
  const clusters = createQuestionClusters();
  const changed = new Map<string, Cluster>();

  return {
    name: 'repeated_question',
    coolDownMs: 8_000,
    topicCoolDownMs: 120_000,
    freshDanmaku: viewersNeeded,
    analyzed(message, nowMs) {
      const cluster = message.kind === 'comment' ? clusters.add(message, nowMs) : null;
      if (cluster && cluster.asked.size >= viewersNeeded) changed.set(cluster.id, cluster);
    },
    event(event, nowMs) {
      if (event.type === 'question.answered') clusters.answer(event.danmakuIds, nowMs);
    },
    closed(closed, nowMs) {
      if (closed.outcome === 'accepted') clusters.answer(closed.danmakuIds, nowMs);
    },
    propose(nowMs) {
      if (changed.size === 0) return [];
      let best: Asked[] = [];
      let bestId = '';
      for (const [id, cluster] of changed) {
        const members = askersOf(cluster).filter((asked) => asked.message.seenAt > nowMs - windowMs);
        if (members.length < viewersNeeded) changed.delete(id);
        else if (members.length > best.length) {
          best = members;
          bestId = id;
        }
      }
      if (best.length === 0) return [];
      changed.delete(bestId);
      return [toCandidate(bestId, best)];
    },
    open: clusters.open,
  };
}

function toCandidate(topic: string, members: readonly Asked[]): Candidate {
  const { asked, likeness } = mostCentral(members);
  const viewers = members.length;
  return {
    topic,
    type: asked.shape.intent === 'question' ? 'interaction' : 'product',
    urgency: viewers >= highFrom ? 'high' : 'medium',
    // A start value, not a calibrated one: more people and nearer wordings make it likelier that it is one question.
    confidence: Math.min(0.97, 0.45 + 0.1 * Math.min(viewers, 5) + 0.3 * (likeness - 0.5)),
    headline: toHeadline(asked.message.text),
    params: { viewers },
    evidence: {
      quotes: quotesOf(asked, members),
      count: viewers,
      windowSeconds: windowMs / 1000,
      danmakuIds: members.map((member) => member.message.id),
      figures: { likeness },
    },
    lifeMs: 60_000,
    receivedAt: members.at(-1)!.message.receivedAt,
  };
}

/** The central wording and the newest others that are worded differently. */
function quotesOf(central: Asked, members: readonly Asked[]): string[] {
  const quotes: string[] = [];
  const seen = new Set<string>();
  for (const asked of [central, ...[...members].reverse()]) {
    const key = normalize(asked.message.text);
    if (seen.has(key) || quotes.length === 3) continue;
    seen.add(key);
    quotes.push(toQuote(asked.message.text));
  }
  return quotes;
}
