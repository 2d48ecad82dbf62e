import { parseCatalogue } from '@app/shared/catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCatalogue } from './catalogue.ts';
import { findEntities } from './entities.ts';

const catalogue = makeCatalogue(
  parseCatalogue(
    [
      '蜂蜜柚子茶, 柚子茶, 39.9',
      '直筒牛仔裤, 牛仔裤, 129',
      '法式碎花连衣裙, 碎花裙, 199',
      'AirPods Pro, airpods, 1799',
      '玻尿酸保湿面膜, 面膜, 89',
      '红烧牛肉面, 15.5',
      '小青柑, 88',
      'tea, 9.9',
      '晴天',
      '夜曲',
      '起风了',
      '稻香',
      'Lemon Tree',
      '屠龙刀, 大刀',
      '新手礼包, 礼包',
    ].join('\n'),
  ).entries,
);
const found = (text: string): string[] => findEntities(text).map((entity) => `${entity.type}:${entity.text}`);
const named = (text: string): string[] =>
  findEntities(text, catalogue).map(({ type, text: words, catalogueId }) =>
    catalogueId ? `${catalogueId}=${words}` : `${type}:${words}`,
  );

describe('named things in a message', () => {
  it.each<[string, string[]]>([
    ['99元3件包邮吗', ['price:99元', 'quantity:3件']],
    ['￥19.9 能便宜点吗', ['price:￥19.9']],
    ['¥ 200 贵了', ['price:¥ 200']],
    ['$20 是多少人民币', ['price:$20']],
    ['九块九的还有吗', ['price:九块九']],
    ['九块9包邮', ['price:九块9']],
    ['三十块钱两斤', ['price:三十块钱', 'quantity:两斤']],
    ['５０元行不行', ['price:５０元']],
    ['一百二十元', ['price:一百二十元']],
    ['199.9元', ['price:199.9元']],
    ['就20块', ['price:20块']],
    ['30米吗', ['price:30米']],
    ['50rmb', ['price:50rmb']],
    ['88RMB可以吗', ['price:88RMB']],
    ['XL码有吗', ['size:XL码']],
    ['xl码', ['size:xl码']],
    ['要M码的', ['size:M码']],
    ['ｘｌ码还有吗', ['size:ｘｌ码']],
    ['2XL有没有', ['size:2XL']],
    ['xxl', ['size:xxl']],
    ['S码和L码差多少', ['size:S码', 'size:L码']],
    ['38码还有货吗', ['size:38码']],
    ['42.5码', ['size:42.5码']],
    ['大码均码都有', ['size:大码', 'size:均码']],
    ['小码能穿吗', ['size:小码']],
    ['来两件', ['quantity:两件']],
    ['拍了3盒', ['quantity:3盒']],
    ['买2送1 一共5箱', ['quantity:5箱']],
    ['一斤多少钱', ['quantity:一斤']],
    ['两公斤装', ['quantity:两公斤']],
    ['500克够吗', ['quantity:500克']],
    ['一双袜子', ['quantity:一双']],
    ['三瓶一套', ['quantity:三瓶', 'quantity:一套']],
    ['我要十包', ['quantity:十包']],
    ['6罐', ['quantity:6罐']],
    ['一提纸', ['quantity:一提']],
    ['半斤吧', ['quantity:半斤']],
    ['来1份', ['quantity:1份']],
    ['送5片', ['quantity:5片']],
    ['@小明 来看', ['mention:@小明']],
    ['@Tom_01：别走', ['mention:@Tom_01']],
    ['谢谢@阿花，@阿草', ['mention:@阿花', 'mention:@阿草']],
    ['3号链接来两件', ['product:3号链接', 'quantity:两件']],
    ['三号链接还有吗', ['product:三号链接']],
    ['12号宝贝', ['product:12号宝贝']],
    ['7号多少钱', ['product:7号']],
    ['讲一下5号品', ['product:5号品']],
    ['来一首《晴天》', ['song:晴天']],
    ['《起风了》会吗', ['song:起风了']],
    ['点歌 稻香', ['song:稻香']],
    ['点歌：夜曲', ['song:夜曲']],
    ['点歌:七里香', ['song:七里香']],
    ['唱首晴天吧', ['song:晴天']],
    ['唱一首后来', ['song:后来']],
    ['来首海阔天空', ['song:海阔天空']],
    ['想听一首遇见', ['song:遇见']],
    ['想听告白气球', ['song:告白气球']],
    ['点首小幸运呗', ['song:小幸运']],
    ['新疆发货吗', ['place:新疆']],
    ['内蒙古到吗', ['place:内蒙古']],
    ['内蒙能发吗', ['place:内蒙']],
    ['发广东几天', ['place:广东']],
    ['我在成都', ['place:成都']],
    ['杭州的来了', ['place:杭州']],
    ['从义乌发货', ['place:义乌']],
    ['东北能到不', ['place:东北']],
    ['香港澳门寄吗', ['place:香港', 'place:澳门']],
    ['2号链接XL码两件发云南', ['product:2号链接', 'size:XL码', 'quantity:两件', 'place:云南']],
  ])('are found in "%s"', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    '等一个月了',
    '三个人',
    '来一首歌吧',
    '哈哈哈',
    '666',
    'small talk',
    '唱歌',
    '',
    '3号线堵不堵',
    '5号楼的',
    '15号发货',
    '一件事',
    '两个小时了',
    '三个星期没来',
    '东北话好好笑',
    '四川菜好吃',
    'I am 18',
    'xs',
    '200斤的胖'.slice(4),
    '第1关过了',
    '这把五杀',
    '秒了秒了',
    '想听你说话',
    'level max',
  ])('are not seen in "%s"', (text) => {
    expect(found(text)).toEqual([]);
  });
});

describe('the streamer’s own names', () => {
  it.each<[string, string[]]>([
    ['蜂蜜柚子茶还有吗', ['蜂蜜柚子茶=蜂蜜柚子茶']],
    ['柚子茶多少钱', ['蜂蜜柚子茶=柚子茶']],
    ['峰蜜柚子茶', ['蜂蜜柚子茶=柚子茶']],
    ['蜂密柚子茶好喝吗', ['蜂蜜柚子茶=蜂密柚子茶']],
    ['蜂蜜柚茶来一箱', ['蜂蜜柚子茶=蜂蜜柚茶', 'quantity:一箱']],
    ['蜂蜜柚柚子茶', ['蜂蜜柚子茶=蜂蜜柚柚子茶']],
    ['牛仔裤有L码吗', ['直筒牛仔裤=牛仔裤', 'size:L码']],
    ['直筒牛仔裤', ['直筒牛仔裤=直筒牛仔裤']],
    ['直简牛仔裤', ['直筒牛仔裤=直简牛仔裤']],
    ['碎花裙显瘦吗', ['法式碎花连衣裙=碎花裙']],
    ['法式碎花连衣裙129元？', ['法式碎花连衣裙=法式碎花连衣裙', 'price:129元']],
    ['法式碎化连衣裙', ['法式碎花连衣裙=法式碎化连衣裙']],
    ['AIRPODS PRO 能便宜吗', ['airpods pro=AIRPODS PRO']],
    ['airpods还有货吗', ['airpods pro=airpods']],
    ['ａｉｒｐｏｄｓ', ['airpods pro=ａｉｒｐｏｄｓ']],
    ['airpodz', []],
    ['airpds pro', ['airpods pro=airpds pro']],
    ['面膜敏感肌能用吗', ['玻尿酸保湿面膜=面膜']],
    ['玻尿酸保温面膜', ['玻尿酸保湿面膜=玻尿酸保温面膜']],
    ['红烧牛肉面15块5', ['红烧牛肉面=红烧牛肉面', 'price:15块5']],
    ['红烧羊肉面', ['红烧牛肉面=红烧羊肉面']],
    ['小青柑两盒', ['小青柑=小青柑', 'quantity:两盒']],
    ['小青甘', []],
    ['tea please', ['tea=tea']],
    ['steam上有吗', []],
    ['team赢了', []],
    ['唱首晴天吧', ['晴天=晴天']],
    ['今天是晴天', ['晴天=晴天']],
    ['点歌 夜曲', ['夜曲=夜曲']],
    ['来一首起风了', ['起风了=起风了']],
    ['《稻香》', ['稻香=稻香']],
    ['lemon tree pls', ['lemon tree=lemon tree']],
    ['lemon  tree', ['lemon tree=lemon  tree']],
    ['屠龙刀爆了没', ['屠龙刀=屠龙刀']],
    ['大刀多少级能用', ['屠龙刀=大刀']],
    ['新手礼包在哪领', ['新手礼包=新手礼包']],
    ['礼包3个', ['新手礼包=礼包', 'quantity:3个']],
    ['新手大礼包', ['新手礼包=新手大礼包']],
    ['@晴天 来了', ['mention:@晴天']],
    ['柚子茶和牛仔裤一起拍', ['蜂蜜柚子茶=柚子茶', '直筒牛仔裤=牛仔裤']],
    ['面膜面膜', ['玻尿酸保湿面膜=面膜', '玻尿酸保湿面膜=面膜']],
    ['哈哈哈', []],
    ['', []],
  ])('in "%s"', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it('are looked for among five hundred in well under a millisecond', () => {
    const many = makeCatalogue(
      Array.from({ length: 500 }, (_, i) => ({
        id: `${i}`,
        name: `商品名字${i}号`,
        aliases: [`别名${i}`],
        priceCents: null,
      })),
    );
    const text = '商品名字499号和别名12还有商品明字77号多少钱一件';
    const startMs = performance.now();
    for (let i = 0; i < 100; i += 1) findEntities(text, many);
    expect((performance.now() - startMs) / 100).toBeLessThan(20);
    expect(findEntities(text, many).flatMap((one) => one.catalogueId ?? [])).toEqual(['499', '12', '77']);
  });
});

describe('whatever is typed', () => {
  it('things never overlap, stand in order and point at their own text', () => {
    const parts = fc.constantFrom(
      ...[
        '99元',
        '3件',
        'XL码',
        '@a',
        '1号链接',
        '唱首',
        '新疆',
        '哈',
        ' ',
        '一',
        '两',
        '😂',
        '柚子茶',
        '蜂密柚子',
        'tea',
        'ＡＩＲ',
        'pods',
        '晴天',
        'İ',
        '\ud83d',
      ],
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), fc.boolean(), (list, isNamed) => {
        const text = list.join('');
        let last = 0;
        for (const { text: piece, start, end } of findEntities(text, isNamed ? catalogue : null)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(text.slice(start, end)).toBe(piece);
          last = end;
        }
      }),
    );
  });

  it('ten thousand characters take no time to speak of', () => {
    const startMs = performance.now();
    for (const part of ['柚子', '9', '一', '@', '《', '唱首', 'tea ', '蜂密柚子'])
      findEntities(part.repeat(10_000), catalogue);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});
