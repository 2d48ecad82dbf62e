// The rehearsal room: a seeded row of commands as a live Bilibili room would send them. Pure: time is given to it.
import * as wire from './bilibili-wire.ts';
import type { JsonObject } from './json-value.ts';
import { distressed, sameQuestions, superchats } from './rehearsal-lines.ts';
import { kindAt, type LineKind, linesOf, type Scene, usualScript } from './rehearsal-script.ts';
import { inviteViewers, type Viewer } from './rehearsal-viewers.ts';
import { seededRandom } from './seeded-random.ts';

export type Happening = { at: number; message: JsonObject };
export type RehearsalOptions = {
  seed: number;
  /** Commands a second on average, 0.1 to 2000; scenes go faster or slower than that. */
  ratePerSecond?: number;
  /** Epoch ms at which the broadcast begins. */
  startAt: number;
  script?: readonly Scene[];
  roomId?: number;
};
export type RehearsalRoom = {
  /** Everything after the last call up to `at`, in order of time. Equal options give equal rows. */
  until(at: number): Happening[];
};

const gifts: wire.GiftKind[] = [
  { id: 31036, name: '小花花', price: 100, coin: 'gold' },
  { id: 31039, name: '牛哇牛哇', price: 100, coin: 'gold' },
  { id: 31164, name: '粉丝团灯牌', price: 1000, coin: 'gold' },
  { id: 31251, name: '干杯', price: 6600, coin: 'gold' },
  { id: 32251, name: '心动盲盒', price: 15_000, coin: 'gold' },
];
const freeGift: wire.GiftKind = { id: 1, name: '辣条', price: 100, coin: 'silver' };
const combos = [5, 6, 8, 10, 12];
const endings = ['', '', '', '', '', '', '！', '～', '哈哈', '[doge]'];
const plainKinds: LineKind[] = ['smalltalk', 'praise', 'greetings', 'questions', 'prices'];

/** Opens the room at `startAt`; nothing runs by itself. */
export function openRehearsalRoom(options: RehearsalOptions): RehearsalRoom {
  const { startAt, script = usualScript } = options;
  const rate = Math.min(2_000, Math.max(0.1, options.ratePerSecond ?? 3));
  const room: wire.Room = { roomId: options.roomId ?? 900_001, anchorUid: 9_000_000_900_000_001 };
  const random = seededRandom(options.seed);
  const viewers = inviteViewers(random, Math.min(5_000, 260 + Math.round(rate * 10)));
  const lastSaid = new Map<string, number>();
  const unsaid = new Map<LineKind, string[]>();
  let planned: Happening[] = [];
  let now = startAt;
  let nextAt = startAt;
  let sceneIndex = -1;
  let sceneEnd = startAt;
  let scene: Scene = script[0] ?? usualScript[0]!;
  let questionRound = random.integer(0, sameQuestions.length - 1);
  let superchatRound = random.integer(0, superchats.length - 1);
  let nextSuperchat = 7_000_001 + random.integer(0, 9_999);
  const totals = { likes: 120, watched: 340, online: 180, gifts: 0 };

  const plan = (at: number, ...messages: JsonObject[]) => {
    for (const message of messages) planned.push({ at, message });
  };

  /** Regulars, who stand first, say more than the rest. */
  function someone(at: number): Viewer {
    for (let attempt = 0; ; attempt += 1) {
      const viewer = viewers[Math.floor(random.next() ** 2 * viewers.length)]!;
      if (lastSaid.get(viewer.uid) === at && attempt < 20) continue;
      lastSaid.set(viewer.uid, at);
      return viewer;
    }
  }

  const say = (at: number, text: string, viewer = someone(at)) => plan(at, wire.danmuMsg(viewer, text, at, room));

  /** Short reactions come again and again; a sentence comes again only when all others of its kind were said. */
  function freshLine(kind: LineKind): string {
    const lines = linesOf(kind);
    if (kind === 'shortReactions') return random.pick(lines);
    let left = unsaid.get(kind) ?? [];
    if (left.length === 0) left = [...lines];
    const [line] = left.splice(random.integer(0, left.length - 1), 1);
    unsaid.set(kind, left);
    return line!;
  }

  function comment(at: number): void {
    const kind = kindAt(scene.name, random.next());
    const line = freshLine(kind);
    const text = plainKinds.includes(kind) && !/[？?！～。\]）哈]$/.test(line) ? line + random.pick(endings) : line;
    const viewer = someone(at);
    const emoticon = text.startsWith('[') && text.endsWith(']');
    plan(at, wire.danmuMsg(viewer, text, at, room, emoticon));
    if (random.next() < 0.03) plan(at, wire.interactiveGame(viewer, text, at));
  }

  function visit(at: number, kind: keyof typeof wire.visitKinds): void {
    const viewer = someone(at);
    plan(at, wire.interactWordV2(viewer, kind, at, room));
    if (kind === 'enter' && viewer.guardLevel > 0) plan(at, wire.entryEffect(viewer, at));
    if (kind === 'enter') totals.watched += 1;
  }

  function giveGifts(at: number, gift: wire.GiftKind, times: number): void {
    const viewer = someone(at);
    const streak = times > 1 ? `batch:gift:combo_id:${viewer.uid}:${room.anchorUid}:${gift.id}:${at / 1000}` : '';
    for (let soFar = 1; soFar <= times; soFar += 1) {
      const stepAt = at + (soFar - 1) * random.integer(350, 900);
      totals.gifts += 1;
      const step = { gift, count: 1, tid: `${stepAt}${100_000 + totals.gifts}`, streak, soFar };
      const send = random.next() < 0.5 ? wire.sendGift : wire.sendGiftV2;
      plan(stepAt, send(viewer, step, stepAt, room));
      if (times > 1 && soFar === times) plan(stepAt + 400, wire.comboSend(viewer, step));
    }
  }

  function giveSuperchat(at: number, takenBack: boolean): void {
    const [yuan, seconds] = random.pick([
      [30, 60],
      [30, 60],
      [50, 120],
      [100, 300],
    ] as const);
    const id = nextSuperchat;
    nextSuperchat += random.integer(1, 9);
    const text = superchats[superchatRound % superchats.length]!;
    superchatRound += 1;
    plan(at, ...wire.superchat(someone(at), { id, yuan, seconds, text }, at, room));
    if (takenBack) plan(at + 6_000, wire.superchatDelete(id, room));
  }

  function beginScene(at: number): void {
    const span = scene.seconds * 1_000;
    const within = (share: number) => at + Math.round(span * share);
    if (at === startAt) plan(at, wire.liveBegins(startAt, room));
    if (scene.name === 'same_question') {
      const wordings = sameQuestions[questionRound % sameQuestions.length]!;
      questionRound += 1;
      const asked = Math.min(wordings.length, random.integer(4, 5));
      const first = random.integer(0, wordings.length - 1);
      for (let index = 0; index < asked; index += 1) {
        // Newer viewers ask; each another one, in other words.
        const asker = viewers[viewers.length - 1 - ((questionRound * 11 + index) % viewers.length)]!;
        const askAt = within(0.04 + (0.75 * index) / asked) + random.integer(0, 1_500);
        say(askAt, wordings[(first + index) % wordings.length]!, asker);
      }
    }
    if (scene.name === 'gifts') {
      giveGifts(within(0.1), gifts[0]!, random.pick(combos));
      giveGifts(within(0.4), random.pick(gifts), 1);
      giveGifts(within(0.6), gifts[3]!, 2);
      const captain = someone(within(0.75));
      const [bought, toast] = wire.guardPurchase(captain, 3, within(0.75));
      plan(within(0.75), bought);
      plan(within(0.75) + 180, toast);
    }
    if (scene.name === 'superchat') {
      giveSuperchat(within(0.15), false);
      giveSuperchat(within(0.55), random.next() < 0.3);
    }
    // A wave, as when the platform recommends the room: many times the usual arrivals within half of the scene.
    if (scene.name === 'newcomers') {
      const arrivals = Math.min(400, Math.round(24 * rate));
      for (let index = 0; index < arrivals; index += 1) visit(within(index / (2 * arrivals)), 'enter');
    }
    if (scene.name === 'distress') say(within(0.3), random.pick(distressed), viewers[viewers.length - 5]!);
  }

  function happen(at: number): void {
    const luck = random.next();
    if (luck < 0.7) comment(at);
    else if (luck < 0.84) visit(at, 'enter');
    else if (luck < 0.93) {
      totals.likes += random.integer(1, 9);
      plan(at, wire.likeClick(someone(at)));
    } else if (luck < 0.945) visit(at, random.next() < 0.7 ? 'follow' : 'share');
    else if (luck < 0.96) giveGifts(at, random.next() < 0.6 ? freeGift : gifts[0]!, 1);
    else if (luck < 0.975) plan(at, wire.likeTotal(totals.likes));
    else if (luck < 0.988) plan(at, wire.watchedChange(totals.watched));
    else {
      totals.online = Math.max(20, totals.online + random.integer(-6, scene.name === 'newcomers' ? 30 : 6));
      plan(at, wire.onlineRankCount(totals.online));
    }
  }

  return {
    until(at) {
      while (now < at) {
        if (now >= sceneEnd) {
          sceneIndex = (sceneIndex + 1) % script.length;
          scene = script[sceneIndex]!;
          beginScene(sceneEnd);
          sceneEnd += scene.seconds * 1_000;
          nextAt = now;
        }
        // Waiting times of independent viewers: short ones often, long ones seldom.
        nextAt += (-Math.log(1 - random.next()) * 1_000) / (rate * scene.pace);
        now = Math.min(nextAt, sceneEnd);
        if (now < sceneEnd) happen(Math.round(now));
      }
      const due = planned.filter((each) => each.at <= at).sort((a, b) => a.at - b.at);
      planned = planned.filter((each) => each.at > at);
      return due;
    },
  };
}
