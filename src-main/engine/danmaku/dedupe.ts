// Repeats of one platform message, across socket, poll and reload. Ids of money are kept apart, so that no burst of
// comments can push them out.
import { type Danmaku, type MessageType, moneyTypes } from '@app/shared/live-event';

export type DedupeOptions = { windowMs?: number; mostIds?: number };
export type Dedupe = {
  /** True when this message came before; remembers it otherwise. `now` (epoch ms) never goes back. */
  isRepeat(danmaku: Danmaku, now: number): boolean;
  /** How many ids are remembered. */
  size(): number;
};

/** Remembers ids for ten minutes, at most 200,000 each of money and of all else. */
export function createDedupe({ windowMs = 600_000, mostIds = 200_000 }: DedupeOptions = {}): Dedupe {
  const money = createMemory(windowMs, mostIds);
  const others = createMemory(windowMs, mostIds);
  const twins = createTwins();
  return {
    isRepeat(danmaku, now) {
      const memory = moneyTypes.includes(danmaku.messageType) ? money : others;
      const key = `${danmaku.platform} ${danmaku.platformRoomId} ${danmaku.platformEventId}`;
      return memory.isKnown(key, now) || twins.isTwin(danmaku, now);
    },
    size: () => money.size() + others.size(),
  };
}

type Memory = { isKnown(key: string, now: number): boolean; size(): number };

// A row beside the set: a Map walked from its oldest entry steps over every entry deleted there, each time anew.
function createMemory(windowMs: number, mostIds: number): Memory {
  const known = new Set<string>();
  let row: { key: string; at: number }[] = [];
  let head = 0;

  function forget(now: number): void {
    for (let oldest = row[head]; oldest; oldest = row[head]) {
      if (oldest.at >= now - windowMs && known.size <= mostIds) break;
      known.delete(oldest.key);
      head += 1;
    }
    if (head < 1024 || head * 2 < row.length) return;
    row = row.slice(head);
    head = 0;
  }

  return {
    isKnown(key, now) {
      forget(now);
      if (known.has(key)) return true;
      known.add(key);
      row.push({ key, at: now });
      forget(now);
      return false;
    },
    size: () => known.size,
  };
}

type TwinRule = { type: MessageType; names: string[]; windowMs: number };
type Sighting = { at: number; names: Set<string> };

// One thing that Bilibili tells under several names, each with an id of its own.
const twinRules: TwinRule[] = [
  { type: 'guard', names: ['GUARD_BUY', 'USER_TOAST_MSG', 'USER_TOAST_MSG_V2'], windowMs: 60_000 },
  { type: 'enter', names: ['INTERACT_WORD', 'INTERACT_WORD_V2', 'ENTRY_EFFECT'], windowMs: 15_000 },
];
const longestWindowMs = Math.max(...twinRules.map((rule) => rule.windowMs));
const mostSightings = 20_000;

/** Pairs each name of a rule at most once with a sighting of the same viewer: two purchases stay two. */
function createTwins(): { isTwin(danmaku: Danmaku, now: number): boolean } {
  // Two generations, the older one forgotten as a whole.
  let older = new Map<string, Sighting[]>();
  let newer = new Map<string, Sighting[]>();
  let turnedAt = Number.NEGATIVE_INFINITY;
  return {
    isTwin(danmaku, now) {
      const name = danmaku.metadata.raw_type;
      const rule = twinRules.find((each) => each.type === danmaku.messageType && each.names.includes(name));
      if (!rule || danmaku.platformUserId === '') return false;
      if (now - turnedAt > longestWindowMs || newer.size >= mostSightings) {
        older = newer;
        newer = new Map();
        turnedAt = now;
      }
      const { guard_level, gift_count } = danmaku.metadata;
      const what = rule.type === 'guard' ? `${guard_level}:${gift_count}` : '';
      const key = `${rule.type} ${danmaku.platformRoomId} ${danmaku.platformUserId} ${what}`;
      const seen = newer.get(key) ?? older.get(key) ?? [];
      const recent = seen.filter((each) => now - each.at <= rule.windowMs);
      const match = recent.find((each) => !each.names.has(name));
      if (match) match.names.add(name);
      else recent.push({ at: now, names: new Set([name]) });
      newer.set(key, recent);
      return match !== undefined;
    },
  };
}
