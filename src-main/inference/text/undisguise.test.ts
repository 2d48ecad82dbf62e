import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insultWords, latinInsults } from './abuse-lexicon.ts';
import { cleanText } from './features.ts';
import { undisguise } from './undisguise.ts';

const meant = (text: string): string | null => undisguise(cleanText(text))?.text ?? null;

describe('what an insult past a filter was meant to say', () => {
  it.each<[string, string]>([
    ['你真是沙币', '你真是傻逼'],
    ['主播煞笔', '主播傻逼'],
    ['傻*逼', '傻逼'],
    ['傻-_-逼主播', '傻逼主播'],
    ['傻b玩意', '傻逼玩意'],
    ['s逼', '傻逼'],
    ['s.b主播', 'sb主播'],
    ['S*B', 'sb'],
    ['5b东西', 'sb东西'],
    ['n-m-s-l', 'nmsl'],
    ['n m s l', 'nmsl'],
    ['c.n.m', 'cnm'],
    ['你🐴死了', '你妈死了'],
    ['尼玛死了', '你妈死了'],
    ['nm死了', '你妈死了'],
    ['艹你🐎', '操你妈'],
    ['草泥马', '操你妈'],
    ['曹尼玛的', '操你妈的'],
    ['c你妈', '操你妈'],
    ['cao ni ma', '操你妈'],
    ['sha bi 一个', '傻逼一个'],
    ['四全家', '死全家'],
    ['司全家吧你', '死全家吧你'],
    ['脑·残', '脑残'],
    ['nao残粉', '脑残粉'],
    ['恼残', '脑残'],
    ['z障', '智障'],
    ['费物', '废物'],
    ['fei物主播', '废物主播'],
    ['贝戋人', '贱人'],
    ['jian人', '贱人'],
    ['滚粗去', '滚出去'],
    ['gun出去', '滚出去'],
    ['王巴旦', '王八蛋'],
    ['犭句东西', '狗东西'],
    ['猪播辣鸡', '主播垃圾'],
    ['辣鸡主播', '垃圾主播'],
    ['去💀', '去死'],
    ['qu死', '去死'],
    ['杂.种', '杂种'],
    ['f*ck you', 'fuck you'],
    ['b1tch', 'bitch'],
    ['1d1ot', 'idiot'],
    ['傻\u200b逼\u200b', '傻逼'],
    ['sǎ bī', '傻逼'],
    ['傻🤏逼', '傻逼'],
    ['ⓢⓑ', 'sb'],
    ['fw主播', '废物主播'],
    ['老马蚤货', '老骚货'],
    ['狗娘yang的', '狗娘养的'],
    ['给👴爬', '给爷爬'],
    ['去4吧你', '去死你'],
    ['垃土及主播', '垃圾主播'],
  ])('"%s" is read as "%s"', (text, plain) => {
    // What cleaning alone undoes needs no second reading.
    expect(meant(text) ?? cleanText(text)).toBe(plain);
  });

  it.each([
    '多少钱',
    '傻逼',
    'nmsl',
    's比m大多少',
    '电脑c盘满了',
    '我是j人你是p人',
    '马上来',
    '你马上下播吗',
    '还没马上就走',
    '吃了没妈妈做的饭',
    '去四川玩',
    '沙比西好吃吗',
    '杀了他',
    '草莓多少钱一斤',
    '这操作太秀了',
    '卧槽牛逼',
    '制杖的视频做得真好',
    '吧台好看',
    '狗比猫可爱',
    'USB接口的吗',
    'u s b',
    'i m so happy',
    'a s m r 好舒服',
    'gg wp',
    'k.o.',
    '5.0分好评',
    '打几把',
    '白吃了一顿',
    '鲨鱼币怎么得',
    '沙滩币',
    '你妈妈做的好吃',
    '草泥马毛绒玩具',
    '曹操你马上出装',
    '滚筒洗衣机',
    '全家桶',
    '费用和物流',
    '人物渣渣的',
    '主播辣不辣',
    '我四点全家出门',
    '死亡笔记',
    '他们没马了只有炮',
    '白鹿痴情',
    '去死神那集',
    '辣鸡翅好吃吗',
    '香辣鸡排一份',
    '音乐色彩好丰富',
    '大智若愚',
    '若智能手表',
    '去4楼看看',
    '2b铅笔',
    '公司妈妈节福利',
    '你🐴好可爱',
    'b站格式怎么调',
    'café',
    'naïve',
    'ⓜ码有吗',
    'zz',
    '绿茶🍵好喝',
  ])('"%s" hides nothing', (text) => {
    expect(meant(text)).toBeNull();
  });

  it('any text is answered, and only with one that holds a plain insult it did not show', () => {
    const parts = fc.constantFrom(
      '傻',
      '逼',
      's',
      'b',
      '.',
      '*',
      '你',
      '马',
      '🐴',
      '死',
      '了',
      'ni',
      ' ',
      '沙',
      '币',
      '哈',
      '\ud83d',
    );
    const text = fc.array(parts, { maxLength: 30 });
    fc.assert(
      fc.property(text, (list) => {
        const cleaned = cleanText(list.join(''));
        const found = undisguise(cleaned);
        if (!found) return;
        expect(found.text).not.toBe(cleaned);
        expect(insultWords.some(({ plain }) => found.text.includes(plain)) || latinInsults.test(found.text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
