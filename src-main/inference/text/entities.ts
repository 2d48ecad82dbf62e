// Named things in a message, by rules: offsets are those of the message as it came.
import type { Entity } from '@app/shared/emotion/labels';

const number = String.raw`(?:\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百千万半]{1,6})`;
const units = '件|个|单|盒|箱|斤|公斤|双|套|瓶|袋|包|份|条|支|罐|提';
const provinces =
  '北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古?|广西|西藏|宁夏|新疆|香港|澳门|东北';

// In this order: what an earlier rule has taken, a later one leaves alone.
const rules: [Entity['type'], RegExp][] = [
  ['mention', /@[^\s@:：,，。!！?？]{1,20}/gu],
  [
    'price',
    new RegExp(
      String.raw`[¥￥]\s?\d{1,6}(?:\.\d{1,2})?|${number}(?:块[一二三四五六七八九\d](?!\d|${units})|元|块钱?|米(?=[吗啊呀?？]|$)|rmb)`,
      'giu',
    ),
  ],
  ['product', /(?:\d{1,3}|[一二三四五六七八九十]{1,3})号(?:链接|宝贝|商品|款|品)?(?!线|楼)/gu],
  [
    'size',
    /(?<![a-z\d])(?:[2-6]?x{0,3}[sl]|m)[码号](?![a-z])|(?<![a-z\d])[2-6]?x{1,3}l(?![a-z])|(?<!\d)\d{2,3}(?:\.5)?码|[均大中小]码/giu,
  ],
  ['quantity', new RegExp(`${number}(?:${units})(?!月|小时|人|星期|字|件|持|礼拜)`, 'gu')],
  ['song', /(?<=《)[^《》\n]{1,20}(?=》)|(?<=点歌[:： ]?|[唱来]一?首)(?!歌)[^\s,，。!！?？《》吧呗吗]{2,10}/gu],
  ['place', new RegExp(provinces, 'gu')],
];

const readCharacters = 500;
const mostEntities = 20;

/** The things found in a text, in the order in which they stand; none overlaps another. */
export function findEntities(text: string): Entity[] {
  const head = text.slice(0, readCharacters);
  const found: Entity[] = [];
  for (const [type, pattern] of rules) {
    for (const match of head.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].length;
      if (found.every((other) => end <= other.start || start >= other.end))
        found.push({ type, text: match[0], start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start).slice(0, mostEntities);
}
