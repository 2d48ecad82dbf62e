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
  const money = new Map<string, number>();
  const others = new Map<string, number>();
  const twins = createTwins();
  return {
    isRepeat(danmaku, now) {
      const seen = moneyTypes.includes(danmaku.messageType) ? money : others;
      forgetOld(seen, now - windowMs);
      const key = `${danmaku.platform} ${danmaku.platformRoomId} ${danmaku.platformEventId}`;
      if (seen.has(key)) return true;
      seen.set(key, now);
      forgetMany(seen, mostIds);
      return twins.isTwin(danmaku, now);
    },
    size: () => money.size + others.size,
  };
}

function forgetOld(seen: Map<string, number>, before: number): void {
  for (const [key, at] of seen) {
    if (at >= before) return;
    seen.delete(key);
  }
}

function forgetMany(seen: Map<string, number>, most: number): void {
  for (const key of seen.keys()) {
    if (seen.size <= most) return;
    seen.delete(key);
  }
}

type TwinRule = { type: MessageType; names: string[]; windowMs: number };
type Sighting = { at: number; names: Set<string> };

// One thing that Bilibili tells under several names, each with an id of its own.
const twinRules: TwinRule[] = [
  { type: 'guard', names: ['GUARD_BUY', 'USER_TOAST_MSG', 'USER_TOAST_MSG_V2'], windowMs: 60_000 },
  { type: 'enter', names: ['INTERACT_WORD', 'INTERACT_WORD_V2', 'ENTRY_EFFECT'], windowMs: 15_000 },
];
const mostSightings = 20_000;

/** Pairs each name of a rule at most once with a sighting of the same viewer: two purchases stay two. */
function createTwins(): { isTwin(danmaku: Danmaku, now: number): boolean } {
  const sightings = new Map<string, Sighting[]>();
  return {
    isTwin(danmaku, now) {
      const name = danmaku.metadata.raw_type;
      const rule = twinRules.find((each) => each.type === danmaku.messageType && each.names.includes(name));
      if (!rule || danmaku.platformUserId === '') return false;
      const { guard_level, gift_count } = danmaku.metadata;
      const what = rule.type === 'guard' ? `${guard_level}:${gift_count}` : '';
      const key = `${rule.type} ${danmaku.platformRoomId} ${danmaku.platformUserId} ${what}`;
      const recent = (sightings.get(key) ?? []).filter((each) => now - each.at <= rule.windowMs);
      const match = recent.find((each) => !each.names.has(name));
      if (match) match.names.add(name);
      else recent.push({ at: now, names: new Set([name]) });
      // Set anew, so that the map stays in order of last use and the oldest is forgotten first.
      sightings.delete(key);
      sightings.set(key, recent);
      if (sightings.size > mostSightings) sightings.delete(sightings.keys().next().value ?? '');
      return match !== undefined;
    },
  };
}
