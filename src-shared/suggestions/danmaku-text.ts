// Plain text work on danmaku: one normal form, content grams, and cutting a viewer's words to a headline.

/** Longest headline of a card, in characters as a reader counts them. */
export const headlineLimit = 24;

/** A quote of evidence is cut here: five of them still fit one line of a wide card. */
const quoteLimit = 40;

// Longest first, so that 有没有 goes before 有. Words that any question may hold say nothing about which question it is.
const emptyWords =
  /请问一下|请问|想问一下|问一下|问下|想问|小姐姐|姐姐|哥哥|主播|老板|客服|这个|那个|这款|那款|这件|那件|这里|那里|一下|一个|一件|有没有|有木有|是不是|能不能|会不会|可不可以|可以|什么|怎么样|怎么|多少|哪里|哪个|是否|请|[吗呢啊呀吧哦嘛么的了是有会能要我你您他她它们家给到和也都就还在求想呗啦哈唉诶嗯这那个]/gu;

const latinStops = new Set(
  'a an the is are do does did can could will would i you it this that to of for in on at and or what how when where which please pls'.split(
    ' ',
  ),
);

/** Lower case, half width, without spaces, punctuation and emoji; a character repeated more than twice is kept twice. */
export function normalize(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/(.)\1{2,}/gu, '$1$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a text is compared by, without its empty words: neighbouring pairs, and single characters. Latin words count whole. */
export type TextGrams = { pairs: ReadonlySet<string>; characters: ReadonlySet<string> };

/** The grams of a normalized text. */
export function contentGrams(normalized: string): TextGrams {
  const pairs = new Set<string>();
  const characters = new Set<string>();
  // 辣不辣 asks what 辣吗 asks, and so does 防水不.
  const plain = normalized.replace(/(\p{Script=Han})不\1/gu, '$1').replace(/不$/u, '');
  for (const run of plain.match(/[a-z0-9]+|[^a-z0-9\s]+/g) ?? []) {
    if (/^[a-z0-9]/.test(run)) {
      if (latinStops.has(run)) continue;
      pairs.add(run);
      characters.add(run);
      continue;
    }
    for (const part of run.replace(emptyWords, ' ').split(' ')) {
      const all = [...part];
      for (const character of all) characters.add(character);
      for (let i = 1; i < all.length; i += 1) pairs.add(`${all[i - 1]}${all[i]}`);
    }
  }
  return { pairs, characters };
}

/** A word order that differs (充电要多久, 多久充满) leaves the characters in common; they say a little less than pairs. */
const characterTrust = 0.75;

/** How much two texts have in common, 0 to 1. */
export function gramLikeness(a: TextGrams, b: TextGrams): number {
  return Math.max(dice(a.pairs, b.pairs), characterTrust * dice(a.characters, b.characters));
}

/** Dice coefficient of two sets: 0 for nothing in common or two empty sets, 1 for the same. */
export function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

/** A viewer's words in at most `limit` characters, cut after a clause or a word where there is one, else with `…`. */
export function cutWords(text: string, limit: number): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...clean];
  if (characters.length <= limit) return clean;
  const room = characters.slice(0, limit - 1);
  let cut = room.length;
  // A cut that keeps less than a third says too little: then it is better to cut inside a clause.
  for (let i = room.length - 1; i >= limit / 3; i -= 1) {
    if (/[，。！？、；：,.!?;:\s]/u.test(room[i]!)) {
      cut = i;
      break;
    }
  }
  return `${room.slice(0, cut).join('').trimEnd()}…`;
}

/** A viewer's words as a headline. */
export const toHeadline = (text: string): string => cutWords(text, headlineLimit);

/** A viewer's words as a quote of evidence. */
export const toQuote = (text: string): string => cutWords(text, quoteLimit);
