// An hour in which nothing is the matter: varied danmaku of chat, game and shopping rooms, written for tests.
// Trigger rules must stay silent on it; what they say here is the false-alarm rate that docs/suggestions.md reports.
import type { IntentLabel } from '../emotion/labels.ts';
import type { LiveEvent } from '../live-event.ts';
import { type AnalysisSketch, createSampler, scoresOf, seededRandom } from './sample-events.ts';

export type OrdinaryLine = { text: string; intent: IntentLabel; sentiment: number };

const lines = (intent: IntentLabel, sentiment: number, packed: string): OrdinaryLine[] =>
  packed
    .split('/')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ text, intent, sentiment }));

/** Each line once; the questions are all different ones. */
export const ordinaryLines: readonly OrdinaryLine[] = [
  ...lines(
    'greeting',
    0.3,
    `晚上好 / 主播好呀 / 来了来了 / 我来晚了 / 早上好 / 中午好各位 / 打卡第七天 / 报到 / 前排 / 终于赶上直播了 / 刚下课就来了 / 下班路上听你播 /
    大家好我是新来的 / 老粉报到 / 好久不见 / 先走了各位 / 去吃饭了一会回来 / 晚安主播 / 睡了睡了明天见 / 拜拜 / 我回来了 / 路过看看 / 第一次来这个直播间 /
    从视频过来的 / 朋友推荐我来的 / hello / hi everyone / good evening / 阿姨好 / 哥哥姐姐们好 / 今天来得早 / 蹲到了 / 抢到前排了 / 又见面了 / 周末好`,
  ),
  ...lines(
    'praise',
    0.7,
    `今天状态好 / 声音好好听 / 唱得太好了 / 这把打得漂亮 / 操作好细 / 讲得很清楚 / 主播真有耐心 / 衣服好看 / 这件显瘦 / 颜色真好看 / 好可爱 / 笑死我了 /
    太逗了 / 这个反应绝了 / 神了 / 厉害厉害 / 好听哭了 / 学到了 / 干货满满 / 主播好专业 / 质量真不错我买过 / 回购三次了 / 昨天收到了很喜欢 / 我妈也说好用 /
    包装很用心 / 这价格可以 / 真香 / 这波血赚 / 帅 / 好稳 / 意识真好 / 这枪压得好 / 神仙配合 / 漂亮 / 好球 / 笑不活了 / 主播人真好 / 氛围好好 / 背景布置得好温馨 /
    灯光好看 / 头发好看 / 今天妆好看 / 猫好可爱 / 小猫出镜了 / 这歌选得好 / 高音上去了 / 副歌好听 / 单曲循环中 / 这关终于过了恭喜 / 太强了吧 / 这都能反杀 / 服了 / 牛 / nice / well played /
    great voice / love this song / so funny / 越看越喜欢 / 手好巧 / 切得真整齐 / 看饿了 / 香到我了 / 这刀工可以 / 画得真像 / 上色好舒服 / 好治愈`,
  ),
  ...lines(
    'chat',
    0.05,
    `我家也有一个 / 我这边下雨了 / 今天好冷 / 刚吃完火锅 / 在加班摸鱼看 / 作业还没写完 / 明天要早起 / 我也玩这个 / 我上次也是这样死的 / 这图我熟 / 左边有人 / 小心后面 /
    打野在上路 / 先打小龙 / 装备差一点 / 下把能赢 / 这把稳了 / 对面闪现没了 / 我选择躺平 / 队友在挂机 / 大招好了 / 别急慢慢来 / 先回家 / 开雾 / 这英雄加强了 / 版本变了 / 我昨天刚上星 /
    手机有点卡等我重进 / 我网不太行 / 耳机没电了 / 开会偷偷看 / 我爸也在看 / 刚把孩子哄睡 / 外卖到了 / 喝口水 / 我在地铁上 / 信号不好听得断断续续我这边 / 云吸猫 / 我家狗也这样 / 养猫人路过 /
    这歌我妈爱听 / 小时候常听 / 童年回忆 / 我单曲循环一周了 / 上次那首也不错 / 周杰伦的歌都好 / 翻唱比原唱温柔 / 我五音不全 / 在学吉他 / 我也想学画画 / 上次那个汤我做了 / 盐少放点 / 我喜欢吃辣 /
    我不吃香菜 / 减肥中看着馋 / 深夜放毒 / 我买了两件 / 我昨天下单的还在路上 / 到货了来报告 / 我穿L正好 / 我一米六五穿M / 白色好搭 / 我选了黑的 / 我妈穿也合适 / 给我爸买的 / 等发工资 / 先加购物车 /
    冬天快到了 / 这个季节穿正好 / 南方还穿短袖 / 北方已经供暖了 / 我们这下雪了 / 周五了 / 明天周一好烦 / 刚考完试 / 今天是我生日 / 我升职了 / 刚搬家 / 失眠中 / 在医院陪床 / 刚跑完步 / 腿酸 / 腰疼 / 眼睛干 /
    主播喝水 / 注意休息 / 别太累 / 坐久了动一动 / 灯有点晃 / 麦的声音刚好 / 画面挺清楚 / 今天没口音 / 像我同学 / 像那个演员 / 有点像 / 不像 / 我觉得像 / 确实 / 有道理 / 懂了 / 原来如此 / 这样啊 / 好吧 / 可以 / 行 / 嗯嗯 / 对对对 / 是的 / 不是吧 /
    真的假的 / 离谱 / 抽象 / 无语 / 绷不住了 / 乐 / 典 / 难绷 / 草 / 寄 / 我人傻了 / 裂开 / 笑喷了 / 我截图了 / 录屏了 / 已发朋友圈 / 分享给同桌了 / 我同桌也在看 / 弹幕好快 / 弹幕护体 / 前方高能 / 名场面 / 合影 / 我活着 / 又活一天 /
    想死你们了 / 累死了今天 / 饿死了 / 困死我了 / 笑死 / 冻死了 / 杀了他 / 快杀了那个残血 / 我又死了 / 复活再来 / 要死一起死 / 这个boss杀了我十次 /
    我先去洗碗 / 锅糊了 / 水开了 / 楼上在装修 / 邻居家狗叫 / 我家娃不睡 / 陪我妈看 / 我爷爷也爱听 / 我们宿舍都在看 / 老师来了快跑 / 下节体育课 / 食堂今天有鸡腿 / 奶茶到了 / 咖啡续命 / 追剧追到三点 /
    我也是双子座 / 属兔的举手 / 南方人第一次见雪 / 东北人表示习惯了 / 海边风大 / 高原反应了 / 在高铁上 / 隧道没信号了 / 刚落地 / 堵在路上 / 我到家了 / 充上电了 / 换了新手机 / 屏幕碎了 / 键盘进水了 /
    上把我也在 / 输了三连 / 掉星了 / 单排到心累 / 先练两把人机 / 换个辅助试试 / 我玩射手 / 我只会打坦克 / 这地图新出的 / 旧版好玩 / 等更新 / 抽到金了 / 歪了 / 保底来了 / 存了两百抽 /
    这布看着就软 / 我家那件穿三年了 / 洗了好多次没变形 / 我买大了一码 / 送给闺蜜了 / 公司发的福利 / 上次团的还没吃完 / 冰箱满了 / 快递柜塞不下了 / 这个牌子我知道 / 超市也见过 / 同事推荐的`,
  ),
  ...lines(
    'question',
    0,
    `什么时候下播 / 这是什么游戏 / 歌名叫什么 / 主播多高 / 你家猫叫什么名字 / 这个能机洗吗 / 里面是加绒的吗 / 会起球吗 / 敏感肌能用吗 / 保质期到哪年 / 怎么加粉丝群 / 用的什么麦克风 / 什么段位 / 这套怎么出装 /
    为什么不打龙 / 明天播不播 / 学了几年画画 / 这个颜料哪种好 / 油温要多高 / 放几勺盐 / 可以用空气炸锅吗 / 主播是哪里人 / 你最喜欢哪首歌 / 会弹吉他吗 / 电脑什么配置 / 这皮肤出了吗 / 几个人一起玩 / 这关有隐藏宝箱吗 /
    孕妇能吃吗 / 有没有大一号的 / 160斤穿什么码 / 适合送长辈吗 / 和上一款区别在哪 / 充电要多久 / 防水吗 / 苹果手机能连吗 / 电池能换吗 / 里面几片装 / 开封能放几天 / 国产的吗 / 有赠品吗 / 福袋几点开 / 你结婚了吗 / 平时几点睡`,
  ),
  ...lines(
    'price',
    0,
    `这个多少钱 / 两件有优惠吗 / 3号链接什么价 / 会员打几折 / 运费险送吗 / 昨天是不是更便宜 / 一箱多少 / 能用满减券吗`,
  ),
  ...lines(
    'logistics',
    0,
    `包邮吗 / 发什么快递 / 今天能发货吗 / 广东几天到 / 新疆发吗 / 可以改地址吗 / 不合适能退吗 / 香港能寄吗`,
  ),
  ...lines(
    'request',
    0.1,
    `唱首晴天 / 再来一遍 / 放大看看 / 转一圈看看 / 试一下白色 / 看看背面 / 念一下弹幕 / 开个麦 / 把音乐调小点 / 镜头拉近一点 / 讲慢点 / 换首歌 / 用那个英雄 / 去右边看看 / 打个招呼 / 说句生日快乐 / 介绍一下这款 / 再切一次 / 让猫出来 /
    翻一下标签 / 比个心 / 拿近一点 / 对比一下两个颜色 / 教教那个连招 / 重开一把`,
  ),
  ...lines('gift', 0.4, `送你个小心心 / 点赞了 / 刷了个棒棒糖 / 谢谢老板 / 老板大气 / 支持一下`),
  ...lines(
    'complaint',
    -0.5,
    `有点卡 / 声音小了 / 等太久了 / 没抢到 / 上次发货有点慢 / 广告有点多 / 画面糊了一下 / 今天运气不行`,
  ),
  ...lines('spam', 0, `关注我主页有惊喜 / 加群领资料 / 互关吗 / 看我头像`),
];

const fillers = [
  '666',
  '哈哈哈哈',
  '哈哈',
  '1',
  '来了',
  '2333',
  '好',
  '👍',
  '笑死',
  '是',
  '冲',
  '啊啊啊',
  'hhh',
  '？',
  '加油',
];

/** What goes wrong in the model's labels in the noisy hour: this share of comments gets another intent. */
export type HourOptions = { seed: number; labelNoise?: number; fillersPerMinute?: number };

const hourMs = 3_600_000;
const wrongIntents: readonly IntentLabel[] = ['question', 'price', 'logistics', 'complaint', 'request'];

/** The events of an ordinary hour in order of time: comments with analyses, arrivals, small gifts, speech and calm readings. */
export function ordinaryHour(
  startMs: number,
  { seed, labelNoise = 0, fillersPerMinute = 60 }: HourOptions,
): LiveEvent[] {
  const random = seededRandom(seed);
  const sampler = createSampler();
  const events: LiveEvent[] = [];
  const someTime = () => startMs + Math.floor(random() * hourMs);
  const someViewer = () => `viewer${Math.floor(random() * 400)}`;
  function say(line: OrdinaryLine): void {
    const wrong = random() < labelNoise;
    const sketch: AnalysisSketch = {
      intent: wrong ? wrongIntents[Math.floor(random() * wrongIntents.length)]! : line.intent,
      intentScore: wrong ? 0.6 : 0.85,
      sentiment: Math.max(-1, Math.min(1, line.sentiment + 0.3 * (random() - 0.5))),
      certain: random() < 0.7,
      purchase: random() * 0.3,
      abuse: random() * 0.2,
    };
    events.push(...sampler.comment(someTime(), line.text, someViewer(), sketch));
  }
  for (const line of ordinaryLines) say(line);
  for (let i = 0; i < 60 * fillersPerMinute; i += 1) {
    say({ text: fillers[Math.floor(random() * fillers.length)]!, intent: 'chat', sentiment: 0.2 });
  }
  for (let i = 0; i < 900; i += 1) events.push(sampler.message(someTime(), { kind: 'enter' }));
  for (let i = 0; i < 60; i += 1) events.push(sampler.message(someTime(), { kind: 'follow' }));
  for (let i = 0; i < 30; i += 1) {
    const metadata = { gift_name: '小心心', gift_count: 1, price_cents: 10, paid: true };
    events.push(sampler.message(someTime(), { kind: 'gift', viewer: someViewer(), metadata }));
  }
  events.push(...ordinaryStreamer(startMs, random, sampler));
  return events.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
}

/** Speech in segments with pauses, and readings that are calm, now and then glad or briefly tense. */
function ordinaryStreamer(
  startMs: number,
  random: () => number,
  sampler: ReturnType<typeof createSampler>,
): LiveEvent[] {
  const events: LiveEvent[] = [];
  for (let at = startMs; at < startMs + hourMs; ) {
    const end = at + 1_500 + random() * 8_000;
    events.push({ ...sampler.base(Math.round(end)), type: 'speech.segment', startAt: Math.round(at), loudnessDb: -28 });
    at = end + 400 + random() * 9_000;
  }
  for (let at = startMs; at < startMs + hourMs; at += 1_000) {
    const draw = random();
    const scores = draw < 0.7 ? scoresOf('neutral') : draw < 0.92 ? scoresOf('happy') : scoresOf('angry', 0.7);
    const emotion = { label: 'neutral' as const, confidence: 0.8, scores };
    events.push({
      ...sampler.base(at),
      type: 'emotion.observed',
      source: 'face',
      emotion,
      certain: true,
      reason: null,
      figures: {},
    });
  }
  return events;
}
