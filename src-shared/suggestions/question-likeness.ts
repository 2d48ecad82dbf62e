// When two viewers ask the same thing. Chinese paraphrases often share no two neighbouring characters
// (发货到新疆要几天 / 偏远地区发吗), so likeness counts three things: the words, what is asked about, and the place.
import type { IntentLabel, TextAnalysis } from '../emotion/labels.ts';
import { contentGrams, gramLikeness, normalize, type TextGrams } from './danmaku-text.ts';

/** Intents that ask for an answer. */
export type AskingIntent = Extract<IntentLabel, 'question' | 'price' | 'logistics'>;
const askingIntents: readonly AskingIntent[] = ['question', 'price', 'logistics'];

/** A message as a question: what it is compared by. */
export type QuestionShape = {
  intent: AskingIntent;
  grams: TextGrams;
  aspects: ReadonlySet<string>;
  places: ReadonlySet<string>;
  items: ReadonlySet<string>;
  /** The words that are no part of what is asked: 鼠标 in 鼠标什么牌子. */
  about: TextGrams;
  /** What the encoder made of it; null where the linear lane read it. */
  vector: TextAnalysis['vector'] | null;
};

/** The asking intent of an analysis, or null when it does not ask. The three together must reach one half. */
export function askingIntent(analysis: TextAnalysis): AskingIntent | null {
  let sum = 0;
  let best: AskingIntent = 'question';
  for (const intent of askingIntents) {
    sum += analysis.intent.scores[intent] ?? 0;
    if ((analysis.intent.scores[intent] ?? 0) > (analysis.intent.scores[best] ?? 0)) best = intent;
  }
  return sum >= 0.5 ? best : null;
}

const aspectRules: readonly (readonly [string, RegExp])[] = [
  ['fee', /包邮|邮费|运费(?!险)|快递费|free ship|shipping (cost|fee)|postage/],
  [
    'arrival',
    /(几|多少|多)(天|日|久).{0,3}(到|送|收)|(多久|何时|几时|什么时候|啥时候).{0,3}(能|可以)?(到|收到|送达)|几天(能)?到|要几天|when.*arrive|how long.*(ship|arriv|take)/,
  ],
  [
    'dispatch',
    /(什么时候|啥时候|多久|何时|几时|几天|今天|明天|当天|马上|现在).{0,4}(发货|发出|寄出|能发)|发货时间|when.*ship/,
  ],
  ['courier', /(什么|哪个|哪家|啥).{0,2}(快递|物流)|顺丰|圆通|中通|韵达|发.{0,2}什么快递|which courier/],
  ['price', /多少(钱|米|块|元)|多钱|几(块|元|多钱)|什么价|啥价|价格|价位|怎么卖|咋卖|贵不贵|how much|price/],
  ['discount', /优惠|打折|几折|折扣|便宜|满减|(有|领|用).{0,2}券|优惠券|discount|coupon/],
  ['bonus', /送(什么|啥)|赠品|有.{0,2}送|free gift/],
  [
    'size',
    /尺码|码数|什么码|多大码|哪个码|[smlx均]码|\bx{0,3}[sml]\b|\d+(斤|cm|公分|公斤)|(身高|体重).{0,2}\d|穿(多大|几|什么)|(胖|瘦).{0,4}穿|what size/,
  ],
  ['material', /面料|材质|什么料|啥料|料子|材料|成分|纯棉|什么做的|什么布|material|made of|fabric/],
  ['color', /颜色|什么色(?!号)|几个色|几种色|(黑|白|红|蓝|灰|粉|绿|紫|棕|黄)色|colou?r/],
  ['shade', /色号|哪个色|what shade/],
  ['stock', /现货|有货|库存|补货|断码|还有(没|吗|货)|什么时候有|卖完|售罄|in stock|restock/],
  ['return', /退货|退换|换货|能退|可以退|包退|运费险|无理由|refund|return/],
  [
    'buy',
    /(在哪|哪里|求|有|发|上|挂).{0,3}链接|链接(在|呢|发|挂|有)|怎么(买|拍|下单)|(在)?哪(里|儿)?(买|拍|下单)|咋(买|拍)|how.*(buy|order)|link/,
  ],
  ['usage', /怎么(用|吃|喝|泡|涂|装|做|煮)|咋(用|吃)|用法|用量|一天几次|how.*use/],
  ['origin', /正品|真的假的|是真的|哪里产|哪产|产地|国产|进口|什么(牌子|品牌)|啥牌子|authentic|what brand/],
  ['expiry', /保质期|生产日期|什么时候(生产|过期)|日期新|expir/],
  ['warranty', /质保|保修|售后|坏了(怎么|咋)|warranty/],
  [
    'suitable',
    /(敏感肌|油皮|干皮|孕妇|宝宝|小孩|儿童|老人|学生|男生|男的|女生).{0,4}(用|吃|穿|戴|适合|可以)|适合(什么|谁|几岁)/,
  ],
  ['care', /掉色|褪色|缩水|起球|变形|机洗|怎么洗|水洗|好洗/],
  ['thickness', /厚不厚|厚吗|薄不薄|薄吗|透不透|透吗|加绒|冷不冷|保暖/],
  ['song', /(什么|啥|哪首|这首).{0,2}(歌|曲)|歌名|歌叫|bgm|背景音乐|what song|song name/],
  ['schedule', /(几点|什么时候|啥时候|多久).{0,3}(开播|下播|直播|播|下线)|播到几点|明天.{0,3}播|when.*stream/],
  ['rank', /(什么|啥|几).{0,2}(段位|段|星)|段位|多少星|what rank/],
  [
    'gear',
    /(什么|啥|哪款).{0,3}(配置|显卡|键盘|鼠标|耳机|电脑|手机|麦|声卡|外设|相机)|配置|灵敏度|键位|what (mouse|keyboard|gpu|settings)/,
  ],
  ['build', /出装|铭文|符文|配装|什么(枪|武器|皮肤|英雄)|what build/],
  ['lottery', /抽奖|福袋|怎么抽|几点抽|开奖|中奖|giveaway/],
  ['group', /粉丝群|加群|进群|群号|怎么加|discord/],
  ['age', /几岁|多大(了|年纪|$)|芳龄|年龄|how old/],
  ['height', /多高|身高多少|主播.{0,2}身高|how tall/],
  ['hometown', /哪里人|哪的人|哪儿人|哪个(城市|地方)|在哪个城|where.*from/],
  ['next', /下一(个|把|局|款|首).{0,4}(什么|啥|谁)|一会.{0,3}(播|卖|玩)什么|what.*next/],
];

const remotePlaces = /新疆|西藏|内蒙|青海|宁夏|甘肃|海南|偏远|边远|边疆/;
const abroadPlaces = /香港|澳门|台湾|港澳|国外|海外|日本|韩国|美国|英国|加拿大|澳洲|马来|新加坡|overseas|abroad/;
const nearPlaces =
  /北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|四川|贵州|云南|陕西|东北|乡镇|村里|农村/gu;

function placesOf(text: string, analysis: TextAnalysis): Set<string> {
  const places = new Set<string>(text.match(nearPlaces) ?? []);
  // Shops answer for these together: fee, time and whether they deliver at all are one rule for all of them.
  if (remotePlaces.test(text)) places.add('remote');
  if (abroadPlaces.test(text)) places.add('abroad');
  if (places.size > 0) return places;
  for (const entity of analysis.entities) if (entity.type === 'place') places.add(entity.text);
  return places;
}

const chineseDigits = '零一二三四五六七八九十';
const toItem = (digits: string): string => {
  const place = chineseDigits.indexOf(digits);
  return place < 0 ? String(Number(digits)) : String(place);
};
const itemRule = /(\d{1,3}|[一二三四五六七八九十])(?:号链接|号|链接|单|款)/gu;

const askingMarks =
  /[?？]|[吗么呢几哪谁咋啥]|什么|怎么|怎样|多少|多[久大高长重]|为何|为啥|求|(.)不\1|不$|没$|有没|是否|是不是|能否|可以|\b(how|what|when|where|which|who|why|is|are|do|does|can|could|any)\b/;

/**
 * Whether a text bears a mark of asking. The second witness beside the model: when it mistakes 666 for a question,
 * thirty people who type 666 would otherwise be one question.
 */
export function looksAsked(text: string): boolean {
  const normalized = normalize(text);
  return askingMarks.test(text.toLowerCase()) || aspectRules.some(([, rule]) => rule.test(normalized));
}

/** The shape of a question. */
export function questionShape(text: string, intent: AskingIntent, analysis: TextAnalysis): QuestionShape {
  const normalized = normalize(text);
  const aspects = new Set<string>();
  let about = normalized;
  for (const [name, rule] of aspectRules) {
    if (!rule.test(normalized)) continue;
    aspects.add(name);
    about = about.replace(rule, ' ');
  }
  const items = new Set<string>([...normalized.matchAll(itemRule)].map((match) => toItem(match[1]!)));
  return {
    intent,
    grams: contentGrams(normalized),
    aspects,
    places: placesOf(normalized, analysis),
    items,
    about: contentGrams(about),
    vector: analysis.vector ?? null,
  };
}

const shareOne = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  for (const value of a) if (b.has(value)) return true;
  return false;
};
const disagree = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && !shareOne(a, b);

/** Whether what is asked is asked about the same thing: 什么牌子 of a mouse is not 什么牌子 of a dress. */
function sameSubject(a: QuestionShape, b: QuestionShape): boolean {
  if (a.places.size !== b.places.size || a.items.size !== b.items.size) return false;
  // A single character is the rest of a cut word more often than a subject.
  if (a.about.pairs.size === 0 && b.about.pairs.size === 0) return true;
  return gramLikeness(a.about, b.about) >= 0.3;
}

/** From here on two questions are taken as one. */
export const sameQuestionFrom = 0.5;

/** The cosine of two vectors of length 1; 0 for vectors of different sizes. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return Math.min(1, Math.max(-1, sum));
}

/** Chosen on the known paraphrases: the least at which their precision stays over 0.95. */
const oneSidedMargin = 0.3;

/** One half at the cosine from which the encoder takes two questions as one, 1 for the same vector, 0 below or without. */
function meaningLikeness(a: QuestionShape, b: QuestionShape): number {
  if (!a.vector || !b.vector) return 0;
  // 新疆包邮吗 is near 包邮吗, and has another answer.
  if (a.intent !== b.intent || a.places.size !== b.places.size || a.items.size !== b.items.size) return 0;
  const least = Math.max(a.vector.sameFrom, b.vector.sameFrom);
  // Where the rules know what one of them asks about and not the other, the vectors must be surer.
  const from = a.aspects.size === b.aspects.size ? least : least + oneSidedMargin * (1 - least);
  const near = cosine(a.vector.values, b.vector.values);
  return near < from ? 0 : sameQuestionFrom + (1 - sameQuestionFrom) * (from < 1 ? (near - from) / (1 - from) : 1);
}

/**
 * How alike two questions are, 0 to 1: by their words, or by what they mean where the encoder read both. Measured on the project's own set of paraphrases (docs/suggestions.md);
 * two different places or item numbers are never the same question.
 */
export function questionLikeness(a: QuestionShape, b: QuestionShape): number {
  if (disagree(a.places, b.places) || disagree(a.items, b.items)) return 0;
  const words = gramLikeness(a.grams, b.grams);
  const samePlace = shareOne(a.places, b.places);
  // A place is rare: two people who ask about sending to the same one want one answer, whatever the words.
  if (samePlace && a.intent === b.intent) return 0.6 + 0.4 * words;
  // Known to ask about two things: price and discount lie near each other in every vector space.
  if (disagree(a.aspects, b.aspects)) return 0.5 * words;
  const meaning = meaningLikeness(a, b);
  if (!shareOne(a.aspects, b.aspects)) return Math.max(meaning, a.intent === b.intent ? words : 0.85 * words);
  // 多少钱 and 买两件什么价 ask one thing about two.
  return sameSubject(a, b) ? Math.max(meaning, 0.55 + 0.45 * words) : 0.25 + 0.45 * words;
}
