// Our own list of insults and of the ways in which they are spelled past a filter. Only what has no harmless reading in
// a chat stands here: 杀了他, 你死了, 菜 and 卧槽 are game talk, and are left to the models.

/**
 * How the characters of an insult are written, one part each: the character and what stands in for it (split characters
 * and emoji in round brackets), then its syllable, then shorter Latin forms that count beside a Han character only.
 */
export type Insult = { plain: string; parts: readonly string[]; notAfter: string; notBefore: string };

const insult = (plain: string, parts: string, notAfter = '', notBefore = ''): Insult => ({
  plain,
  parts: parts.split(' '),
  notAfter,
  notBefore,
});

const you = '你尼泥拟妮伲(亻尔)/ni/n';
const mother = '妈马玛码蚂嘛(女马)(🐴)(🐎)/ma/m';
const mothers = '妈玛(女马)(🐴)(🐎)/ma/m';
const trash = '垃辣拉喇/la/l 圾鸡极机几及/ji/j';
const streamer = '主猪/zhu/z 播啵波/bo/b';
const slur = '逼笔币屄毕碧哔(13)/bi/b';

/** Of those that begin alike the longer one first: the first that fits at a place is taken. */
export const insultWords: readonly Insult[] = [
  insult('你妈死了', `${you} ${mothers} 死四司思斯寺似没炸(💀)/si/s|4 了乐勒啦咯辣/le/l`),
  insult('你妈死', `${you} ${mothers} 死(💀)(⭐)(⚰)(🪦)`),
  insult('操你妈', `操草艹曹糙肏(扌喿)/cao/c ${you} ${mother}`, '上路虎云来克可毛玩公表'),
  insult('日你妈', `日淦 ${you} ${mothers}`),
  insult('死全家', '死四司思亖(💀)/si/s|4 全泉/quan/q 家加佳(🏠)/jia/j'),
  insult('全家死光', '全泉/quan/q 家加佳(🏠)/jia/j 死四亖(💀)/si/s 光完绝/guang/g'),
  insult('死妈', '死没(💀) (🐴)(🐎)(女马)'),
  insult('滚出去', '滚衮磙辊(氵衮)/gun/g 出粗初/chu/c 去曲/qu/q'),
  insult('滚出', '滚衮磙(氵衮)/gun 粗'),
  insult('滚蛋', '滚衮磙(氵衮)/gun 蛋旦弹淡/dan'),
  insult('王八蛋', '王忘亡/wang/w 八巴吧/ba/b|8 蛋旦弹淡/dan/d'),
  insult('神经病', '神申/shen/s 经精京/jing/j 病冰/bing/b'),
  insult('垃圾主播', `${trash} ${streamer}`),
  insult('主播垃圾', `${streamer} ${trash}`),
  insult('傻逼', `傻煞沙莎砂鲨(亻夋)/sha ${slur}`, '如较赛例方重亚萨试基尼西'),
  insult('傻逼', `傻煞/sha 比`, '如较赛例方重试'),
  insult('傻逼', '(s) 逼屄'),
  insult('脑残', '脑恼瑙(月凶)/nao 残惨蚕/can', '害'),
  insult('智障', '智制治痔/zhi|z 障/zhang', '碍'),
  insult('智障', '智 杖仗胀/zhang'),
  insult('弱智', '弱/ruo 智治志/zhi', '能商'),
  insult('废物', '废费肺沸/fei 物勿/wu', '理料质流回利'),
  insult('贱人', '贱溅践(贝戋)/jian 人(亻)/ren/r'),
  insult('去死', '去/qu 死亖(💀)/si', '神侠记亡角海'),
  insult('婊子', '婊裱(女表)/biao 子孑/zi'),
  insult('杂种', '杂砸/za 种肿/zhong', '粮植'),
  insult('畜生', '畜触/chu 生牲/sheng', '产'),
  insult('鸡巴', '鸡吉基(🐔)/ji 巴吧八', '士掌拉'),
  insult('吃屎', '吃池/chi 屎(💩)'),
  insult('丑逼', '丑仇/chou 逼屄(13)'),
  insult('孤儿', '孤菇/gu 儿/er', '院'),
  insult('狗东西', '狗苟(犭句)(🐶)(🐕)/gou 东冬咚/dong 西茜/xi'),
  insult('狗逼', '狗苟(犭句)(🐶)(🐕)/gou 逼屄(13)'),
  insult('白痴', '白/bai 痴(疒知)/chi'),
  insult('蠢猪', '蠢春/chun 猪(🐷)(🐖)/zhu'),
  insult('人渣', '人(亻)/ren 渣/zha', '男'),
];

/** Latin words and initials that mean one insult and nothing else. */
export const latinInsults =
  /(?<![a-z])(?:sb|cnm|nmsl|nmb|rnm|dsb|mlgb|cnmd|wcnm|shabi|caonima|nimasile|kys|bitch|idiots?|retards?|morons?|dumbass|asshole|fuck (?:you|off|u)|loser)(?![a-z])/u;
