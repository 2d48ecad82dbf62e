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
  insult('死妈', '死没司(💀) (🐴)(🐎)(女马)'),
  insult('死妈', '司 妈', '', '公上'),
  insult('全家爆炸', '全 家 爆 炸/zha'),
  insult('全家火葬场', '全 家 火 葬 场'),
  insult('死得早', '(4)/si 得 早'),
  insult('滚出去', '滚衮磙辊(氵衮)/gun/g 出粗初/chu/c 去曲/qu/q'),
  insult('滚出', '滚衮磙(氵衮)/gun 粗'),
  insult('滚出', '滚/gun 出'),
  insult('滚回', '滚/gun 回'),
  insult('滚蛋', '滚衮磙(氵衮)/gun 蛋旦弹淡/dan'),
  insult('王八蛋', '王忘亡/wang/w 八巴吧/ba/b|8 蛋旦弹淡(🥚)/dan/d'),
  insult('王八羔子', '王忘/wang 八巴/ba 羔 子'),
  insult('神经病', '神申/shen/s 经精京/jing/j 病冰/bing/b'),
  insult('垃圾主播', `${trash} ${streamer}`),
  insult('主播垃圾', `${streamer} ${trash}`),
  insult('傻逼', `傻煞沙莎砂鲨(亻夋)/sha ${slur}`, '如较赛例方重亚萨试基尼西'),
  insult('傻逼', `傻煞/sha 比`, '如较赛例方重试'),
  insult('傻逼', '(s) 逼屄'),
  insult('傻逼', '傻煞 (🖊)(π)(××)'),
  insult('傻逼', '傻/sa 逼/bi'),
  insult('傻叉', '傻煞/sha 叉/cha'),
  insult('臭逼', '臭骚丑猪挫坑/sao 逼屄(b)', '站格面超'),
  insult('二逼', '二 逼屄(b)', '站格面超'),
  insult('脑瘫', '脑 瘫摊/tan'),
  insult('脑残', '脑 (🈚️)(🈚)(🦐)'),
  insult('脑残', '脑恼瑙(月凶)/nao 残惨蚕/can', '害'),
  insult('智障', '智制治痔/zhi|z 障/zhang', '碍'),
  insult('智障', '智 杖仗胀/zhang'),
  insult('弱智', '弱若 至智', '能商者', '大'),
  insult('弱智', '弱/ruo 智治志/zhi', '能商'),
  insult('废物', '废费肺沸/fei 物勿/wu', '理料质流回利'),
  insult('贱人', '贱溅践(贝戋)/jian 人(亻)/ren/r'),
  insult('去死', '去 (4吧)(4啊)(4去)'),
  insult('去死', '去/qu 死亖(💀)/si', '神侠记亡角海'),
  insult('婊子', '婊裱(女表)/biao 子孑/zi'),
  insult('杂种', '杂砸/za 种肿/zhong', '粮植'),
  insult('畜生', '畜触/chu 生牲/sheng', '产'),
  insult('鸡巴', '鸡吉基(🐔)/ji 巴吧八', '士掌拉'),
  insult('吃屎', '吃池/chi 屎(💩)/shi'),
  insult('骚货', '骚(马蚤)/sao 货/huo'),
  insult('骚', '(马叉虫)'),
  insult('贱人', '(贝戈) 人'),
  insult('贱', '(贝戈戈)'),
  insult('贱婢', '贱/jian 婢'),
  insult('娼妇', '娼(女昌) 妇'),
  insult('渣男', '(氵查) 男'),
  insult('娘炮', '娘 (p炮)/pao'),
  insult('绿茶婊', '绿 茶(🍵) 婊/biao'),
  insult('心机婊', '心 机 婊/biao'),
  insult('狗娘养的', '狗 娘 养養/yang 的/de'),
  insult('狗日的', '狗 (r) 的'),
  insult('没屁眼', '没 屁(p)/pi 眼/yan'),
  insult('丑八怪', '丑(c)/chou 八 怪'),
  insult('不要脸', '(8) 要 脸'),
  insult('给爷爬', '给 (👴) 爬'),
  insult('干你娘', '干 林 凉良娘'),
  insult('龟孙子', '(🐢) 孙 子'),
  insult('操你大爷', '操艹草曹 你 大 爷'),
  insult('去你妈的', '去 (nm)(n🐎)(你🐎)(尼玛) 的'),
  insult('滚你妈', '滚唱学扭 你 (🐎)(🐴)'),
  insult('你妈的', '(尼玛)(泥马)(你吗) 的', '确'),
  insult('垃圾', '垃辣 (土及)'),
  insult('垃圾', '辣 鸡', '翅腿排块肉米爪煲蛋面汤锅丁饭杂', '麻酸香吃'),
  insult('垃圾', '乐 色', '彩泽调', '音快欢'),
  insult('丑逼', '丑仇/chou 逼屄(13)'),
  insult('孤儿', '孤菇/gu 儿/er', '院'),
  insult('狗东西', '狗苟(犭句)(🐶)(🐕)/gou 东冬咚/dong 西茜/xi'),
  insult('狗逼', '狗苟(犭句)(🐶)(🐕)/gou 逼屄(13)'),
  insult('白痴', '白/bai 痴(疒知)/chi'),
  insult('蠢猪', '蠢春/chun 猪(🐷)(🐖)/zhu'),
  insult('人渣', '人(亻)/ren 渣/zha', '男'),
];

/** Initials that stand for one insult in chat; some of them only before whom they are said of. */
export const insultInitials: readonly (readonly [RegExp, string])[] = [
  [/(?<![a-z])fw(?![a-z])/gu, '废物'],
  [/(?<![a-z])sjb(?![a-z])/gu, '神经病'],
  [/(?<![a-z])nc(?=粉|主播|队友|玩家)/gu, '脑残'],
  [/(?<![a-z])zz(?=主播|队友|老师|玩家)/gu, '智障'],
];

/** Latin words and initials that mean one insult and nothing else. */
export const latinInsults =
  /(?<![a-z])(?:sb|cnm|nmsl|nmb|rnm|dsb|mlgb|cnmd|wcnm|shabi|caonima|nimasile|kys|bitch|idiots?|retards?|morons?|dumbass|asshole|fuck (?:you|off|u)|loser)(?![a-z])/u;
