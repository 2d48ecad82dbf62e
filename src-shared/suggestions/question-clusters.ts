// Open questions of the room: each cluster is one question, asked by several viewers in their own words.
import type { QuestionView } from '../view.ts';
import { toHeadline } from './danmaku-text.ts';
import {
  askingIntent,
  looksAsked,
  type QuestionShape,
  questionLikeness,
  questionShape,
  sameQuestionFrom,
} from './question-likeness.ts';
import type { RoomMessage } from './room-memory.ts';

/** One viewer's newest wording of a question. */
export type Asked = { message: RoomMessage; shape: QuestionShape };

/** A question that is open, or was answered a moment ago. */
export type Cluster = {
  id: string;
  asked: Map<string, Asked>;
  firstAt: number;
  lastAt: number;
  answeredUntil: number;
  /** The headline of the inbox, and the `lastAt` it was found for. */
  headline: { at: number; text: string } | null;
};

/** More open questions than anyone can read; with 64 a message still costs few comparisons. */
const clusterLimit = 64;
/** As many as evidence may name. */
const askedLimit = 50;
/** A question nobody repeated for 15 minutes is no longer waited for. */
const forgetMs = 15 * 60_000;
/** Viewers hear the answer late: stream delay is 5 to 20 s, then they still have typed. What comes in this time was asked before it. */
const hearingMs = 30_000;
/** Compared members per cluster: the first wording and the newest ones. */
const comparedMembers = 4;

export type QuestionClusters = {
  /** The cluster that this message joined, or null when it asks nothing new. */
  add(message: RoomMessage, nowMs: number): Cluster | null;
  /** Marks the questions of these danmaku answered. */
  answer(danmakuIds: readonly string[], nowMs: number): void;
  /** Questions asked by at least `viewers` people and not answered, most asked first. */
  open(viewers: number, nowMs: number): QuestionView[];
  size(): number;
};

function comparedOf(cluster: Cluster): Asked[] {
  const all = [...cluster.asked.values()];
  return all.length <= comparedMembers ? all : [all[0]!, ...all.slice(1 - comparedMembers)];
}

/** The centre is sought among the newest; each is compared with each, so that 50 would cost ten times as much. */
const centralOf = 16;

/** The member whose words are nearest to all others', with the mean likeness it reaches; a lone member reaches 1. */
export function mostCentral(all: readonly Asked[]): { asked: Asked; likeness: number } {
  const members = all.slice(-centralOf);
  let best = { asked: members[0]!, likeness: members.length === 1 ? 1 : -1 };
  for (const candidate of members) {
    let sum = 0;
    for (const other of members) if (other !== candidate) sum += questionLikeness(candidate.shape, other.shape);
    const likeness = members.length === 1 ? 1 : sum / (members.length - 1);
    if (likeness > best.likeness) best = { asked: candidate, likeness };
  }
  return best;
}

/** Opens an empty set of questions. */
export function createQuestionClusters(): QuestionClusters {
  const clusters = new Map<string, Cluster>();
  const clusterOf = new Map<string, string>();

  function forget(cluster: Cluster): void {
    clusters.delete(cluster.id);
    for (const asked of cluster.asked.values()) clusterOf.delete(asked.message.id);
  }

  function makeRoom(nowMs: number): void {
    for (const cluster of clusters.values()) if (cluster.lastAt <= nowMs - forgetMs) forget(cluster);
    if (clusters.size < clusterLimit) return;
    // The least asked goes first, the older one of equals: a question of one viewer is the cheapest loss.
    let worst: Cluster | null = null;
    for (const cluster of clusters.values()) {
      const less = !worst || cluster.asked.size < worst.asked.size;
      if (less || (cluster.asked.size === worst!.asked.size && cluster.lastAt < worst!.lastAt)) worst = cluster;
    }
    if (worst) forget(worst);
  }

  function nearest(shape: QuestionShape): Cluster | null {
    let best: Cluster | null = null;
    let bestLikeness = sameQuestionFrom;
    for (const cluster of clusters.values()) {
      for (const asked of comparedOf(cluster)) {
        const likeness = questionLikeness(shape, asked.shape);
        if (likeness >= bestLikeness && (likeness > bestLikeness || !best)) {
          best = cluster;
          bestLikeness = likeness;
        }
      }
    }
    return best;
  }

  function removeAsked(cluster: Cluster, viewer: string): void {
    const old = cluster.asked.get(viewer);
    if (!old) return;
    clusterOf.delete(old.message.id);
    cluster.asked.delete(viewer);
  }

  return {
    add(message, nowMs) {
      const intent = message.analysis && askingIntent(message.analysis);
      if (!message.analysis || !intent || message.analysis.abuse >= 0.5 || !looksAsked(message.text)) return null;
      const shape = questionShape(message.text, intent, message.analysis);
      if (shape.grams.characters.size === 0 && shape.aspects.size === 0) return null;
      let cluster = nearest(shape);
      if (cluster && nowMs < cluster.answeredUntil) return null;
      if (!cluster) {
        makeRoom(nowMs);
        cluster = { id: message.id, asked: new Map(), firstAt: nowMs, lastAt: nowMs, answeredUntil: 0, headline: null };
        clusters.set(cluster.id, cluster);
      }
      if (cluster.asked.size === (cluster.asked.has(answeredKey) ? 1 : 0)) cluster.firstAt = nowMs;
      // Deleted first, so that the map's order stays oldest to newest and one viewer counts once.
      removeAsked(cluster, message.viewer);
      if (cluster.asked.size >= askedLimit) removeAsked(cluster, cluster.asked.keys().next().value as string);
      cluster.asked.set(message.viewer, { message, shape });
      clusterOf.set(message.id, cluster.id);
      cluster.lastAt = nowMs;
      return cluster;
    },
    answer(danmakuIds, nowMs) {
      const answered = new Set(danmakuIds.map((id) => clusterOf.get(id)));
      for (const id of answered) {
        const cluster = id === undefined ? undefined : clusters.get(id);
        if (!cluster) continue;
        const [last] = [...cluster.asked.entries()].slice(-1);
        for (const viewer of [...cluster.asked.keys()]) removeAsked(cluster, viewer);
        cluster.answeredUntil = nowMs + hearingMs;
        // Emptied of askers, but one wording stays so that late askers are recognised.
        if (last) cluster.asked.set(answeredKey, last[1]);
      }
    },
    open(viewers, nowMs) {
      const views: QuestionView[] = [];
      for (const cluster of clusters.values()) {
        const members = askersOf(cluster);
        if (members.length < viewers || cluster.lastAt <= nowMs - forgetMs) continue;
        views.push({
          id: cluster.id,
          headline: headlineOf(cluster, members),
          viewers: members.length,
          firstAt: cluster.firstAt,
          lastAt: cluster.lastAt,
          danmakuIds: members.map((asked) => asked.message.id),
        });
      }
      return views.sort((a, b) => b.viewers - a.viewers || a.firstAt - b.firstAt);
    },
    size: () => clusters.size,
  };
}

/** The inbox is read many times a second, the question changes seldom. */
function headlineOf(cluster: Cluster, members: readonly Asked[]): string {
  if (cluster.headline?.at !== cluster.lastAt) {
    cluster.headline = { at: cluster.lastAt, text: toHeadline(mostCentral(members).asked.message.text) };
  }
  return cluster.headline.text;
}

/** No viewer has this key: platform keys start with the platform's name. */
const answeredKey = 'answered';

/** Those who wait for an answer, oldest first. */
export function askersOf(cluster: Cluster): Asked[] {
  const members: Asked[] = [];
  for (const [viewer, asked] of cluster.asked) if (viewer !== answeredKey) members.push(asked);
  return members;
}
