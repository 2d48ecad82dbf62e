// Named things in a message, by rules and the streamer's catalogue: offsets are those of the message as it came.
import type { Entity } from '@app/shared/emotion/labels';
import { type Catalogue, foldUnits } from './catalogue.ts';

const hanNumber = '[一二两三四五六七八九十百千万半]{1,6}';
const number = String.raw`(?:\d{1,6}(?:\.\d{1,2})?|${hanNumber})`;
const units = '件|个|单|盒|箱|公斤|斤|千克|克|双|套|瓶|袋|包(?!邮)|份|条|支|罐|提|片|颗|串|张|本|杯|桶|块(?=$|[装巧])';
const provinces =
  '北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古?|广西|西藏|宁夏|新疆|香港|澳门|东北';
const cities =
  '广州|深圳|杭州|成都|武汉|西安|南京|苏州|长沙|郑州|青岛|大连|厦门|福州|济南|合肥|昆明|南宁|贵阳|兰州|太原|石家庄|哈尔滨|沈阳|长春|南昌|海口|三亚|乌鲁木齐|拉萨|银川|西宁|呼和浩特|宁波|无锡|佛山|东莞|温州|义乌|珠海|洛阳|桂林';

// In this order: what an earlier rule has taken, a later one leaves alone. The text is folded: lower case, half width.
const rules: [Entity['type'], RegExp][] = [
  ['mention', /@[^\s@:：,，。!！?？]{1,20}/gu],
  [
    'price',
    new RegExp(
      String.raw`[¥￥$]\s?\d{1,6}(?:\.\d{1,2})?|${number}(?:块[一二三四五六七八九\d](?!\d|${units})|元|块钱?(?!装|巧)|米(?=[吗啊呀?？]|$)|rmb|刀(?=[吗啊呀?？]|$))`,
      'gu',
    ),
  ],
  ['product', /(?:\d{1,3}|[一二三四五六七八九十]{1,3})号(?:链接|宝贝|商品|款|品)?(?!线|楼|位|床|[发下]?货|开播)/gu],
  [
    'size',
    /(?<![a-z\d])(?:[2-6]?x{0,3}[sl]|m)[码号](?![a-z])|(?<![a-z\d])[2-6]?x{1,3}l(?![a-z])|(?<!\d)\d{2,3}(?:\.5)?码|[均大中小]码/gu,
  ],
  ['quantity', new RegExp(`(?<![\\d.])${number}(?:${units})(?!月|小时|人|星期|字|件|事|持|礼拜|时辰|关|钟头)`, 'gu')],
  [
    'song',
    /(?<=《)[^《》\n]{1,20}(?=》)|(?<=点歌[:： ]?|点一?首|[唱来]一?首|[想要]听(?:一?首)?|翻唱(?:一下)?)(?![歌他她你我谁什:： ]|一?首)[^\s,，。!！?？《》]{2,10}?(?=吧|呗|吗|好吗|可以|行|谢|[\s,，。!！?？]|$)/gu,
  ],
  ['place', new RegExp(`(?:${provinces}|${cities})(?!话|菜|人|腔|大学|路|饭|烤|虾|卫视)`, 'gu')],
];

const readUnits = 500;
const mostEntities = 20;
/** Without any of these characters no rule can find anything: most of what is typed. */
const mayHold =
  /[\d@¥￥$《一二两三四五六七八九十百千万半码点唱首听xml东西南北京津海庆江山辽吉龙苏浙徽福河湖广川贵云陕甘青台蒙藏宁新香澳杭成武长郑大厦合昆兰太石哈沈三乌拉银呼无佛温义珠洛桂深]/u;

/** The things found in a text, in the order in which they stand; none overlaps another. A name of the catalogue wins. */
export function findEntities(text: string, catalogue: Catalogue | null = null): Entity[] {
  const head = text.slice(0, readUnits);
  const folded = foldUnits(head);
  if (!catalogue && !mayHold.test(folded)) return [];
  const found: Entity[] = [];
  const offer = (type: Entity['type'], start: number, end: number, catalogueId?: string) => {
    if (found.some((other) => end > other.start && start < other.end)) return;
    const entity = { type, text: head.slice(start, end), start, end };
    found.push(catalogueId === undefined ? entity : { ...entity, catalogueId });
  };
  for (const match of folded.matchAll(rules[0]![1])) offer('mention', match.index, match.index + match[0].length);
  for (const { id, start, end } of catalogue?.find(folded) ?? []) offer('product', start, end, id);
  for (const [type, pattern] of rules.slice(1)) {
    for (const match of folded.matchAll(pattern)) offer(type, match.index, match.index + match[0].length);
  }
  return found.sort((a, b) => a.start - b.start).slice(0, mostEntities);
}
