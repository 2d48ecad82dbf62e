// The Chinese catalogue is the original: `Words` is its shape, and English does not compile with a key missing or extra.
import type { IntentLabel } from '../emotion/labels.ts';
import type { HotkeyOutcome } from '../ipc.ts';
import type { MessageType, Platform, Urgency } from '../live-event.ts';
import type { HotkeyAction } from '../settings.ts';
import type { CardOutcome } from '../view.ts';
import { zhErrors } from './zh-errors.ts';
import { zhLive } from './zh-live.ts';
import { zhPages } from './zh-pages.ts';

const two = (value: number) => String(value).padStart(2, '0');
const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

/** Every sentence of the windows in Chinese. */
export const zh = {
  code: 'zh-CN',
  app: { name: '提猫直播伴侣', short: '提猫', tagline: '替你看弹幕、看状态，也看着你歇一歇。' },
  nav: { live: '直播', history: '记录', settings: '设置', pairing: '配对', main: '主导航' },
  listSeparator: '、',
  withState: (name: string, state: string) => `${name}（${state}）`,
  sentences: (first: string, second: string) => `${first}${second}`,
  quote: (text: string) => `「${text}」`,
  count: (value: number) =>
    value >= 100_000_000
      ? `${trim(value / 100_000_000)}\u00a0亿`
      : value >= 10_000
        ? `${trim(value / 10_000)}\u00a0万`
        : value.toLocaleString('en-US'),
  percent: (share: number) => `${Math.round(share * 100)}%`,
  milliseconds: (value: number) =>
    value >= 10_000 ? `${trim(value / 1000)}\u00a0秒` : `${Math.round(value)}\u00a0毫秒`,
  perMinute: (value: number) => `${zhCount(value)}\u00a0条/分`,
  ageShort: (ms: number) =>
    ms < 60_000
      ? `${Math.floor(ms / 1000)}\u00a0秒`
      : ms < 3_600_000
        ? `${Math.floor(ms / 60_000)}\u00a0分`
        : `${trim(ms / 3_600_000)}\u00a0小时`,
  ago: (ms: number) =>
    ms < 5_000
      ? '刚刚'
      : ms < 60_000
        ? `${Math.floor(ms / 1000)}\u00a0秒前`
        : ms < 3_600_000
          ? `${Math.floor(ms / 60_000)}\u00a0分钟前`
          : ms < 86_400_000
            ? `${Math.floor(ms / 3_600_000)}\u00a0小时前`
            : `${Math.floor(ms / 86_400_000)} 天前`,
  minutes: (value: number) =>
    value < 1
      ? '不到\u00a01\u00a0分钟'
      : value < 60
        ? `${value}\u00a0分钟`
        : `${Math.floor(value / 60)}\u00a0小时 ${value % 60}\u00a0分`,
  day: (at: number) => {
    const date = new Date(at);
    return `${date.getMonth() + 1} 月 ${date.getDate()} 日 ${weekdays[date.getDay()]}`;
  },
  clock: (at: number) => {
    const date = new Date(at);
    return `${two(date.getHours())}:${two(date.getMinutes())}`;
  },
  platform: {
    douyin: '抖音',
    kuaishou: '快手',
    bilibili: 'B站',
    xiaohongshu: '小红书',
    taobao: '淘宝',
  } satisfies Record<Platform, string>,
  source: { rehearsal: '彩排', replay: '回放' } as Record<string, string>,
  banner: {
    rehearsal: '彩排：模拟房间与示例媒体',
    oldElectron: '此 Electron 仅供测试与彩排',
    resume: (room: string, at: string) => `上次没有正常结束：${room}，最后一条在 ${at}。`,
    engineAway: '记录进程停了，正在重启。这段时间会记成缺口，已存的不会丢。',
    engineFailed: '记录进程连续三次没能启动。直播不受影响；请重启它，或重启本应用。',
    inferenceAway: '模型进程停了，正在重启。弹幕和卡片照常，情绪暂时看不清。',
    inferenceFailed: '模型进程连续三次没能启动。弹幕和卡片照常；情绪和弹幕正负面停用。',
    captureFailed: '采集进程没能启动。摄像头和麦克风停用，其他照常。',
    storageFull: (waiting: string) => `磁盘满了，${waiting} 条记录先放在内存里。腾出空间后会自动补存。`,
    storageFailed: (waiting: string) => `记录库写不进去，${waiting} 条记录先放在内存里，正在重试。`,
    modelsMissing: (names: string) => `用不了的模型：${names}。对应的读数会显示「看不清」，其他照常。请重新安装应用。`,
  },
  actions: {
    start: '开始彩排',
    replay: '回放文件',
    stop: '结束',
    rest: '休息一下',
    backFromRest: '回来继续',
    mark: '打点',
    help: '求助',
    accept: '采用',
    dismiss: '跳过',
    answered: '已回答',
    resume: '接着播',
    closeOld: '结束并存档',
    retry: '重试',
    restart: '重启',
    copy: '复制',
    copied: '已复制',
    close: '关闭',
    cancel: '取消',
    openReport: '看本场报告',
    allRecords: '全部记录',
    why: '为什么',
    hideWhy: '收起',
    pause: '暂停',
    follow: '继续',
    search: '搜索',
    clear: '清除',
    toEnglish: 'EN',
    theme: { dark: '切到浅色', light: '切到深色' },
  },
  done: {
    stopped: '本场已结束并存好。',
    marked: '已打点',
    helpAsked: '求助已记下',
    restBegan: '休息中，计时从现在开始',
    rated: '已记下评分',
  },
  session: {
    live: '进行中',
    onRest: (age: string) => `休息中 ${age}`,
    online: (count: string) => `${count} 在线`,
    elapsed: '已播',
  },
  offAir: {
    first: '开播时，把眼睛交给我一只。',
    firstHint: '先用模拟房间走一遍：不连平台，不开摄像头，随时可停。',
    again: '现在没有在播。',
    againHint: '开始彩排，或回放一份录下的弹幕文件。',
    replayNote: '回放文件是 .jsonl，一行一条弹幕。',
    pictureAlt: '一只半睁着的猫眼',
  },
  loading: {
    live: '正在读取会话和设置…',
    history: '正在读取直播记录…',
    report: '正在读取这一场的报告…',
    pairing: '正在读取配对状态…',
    search: '正在搜索…',
  },
  ...zhLive,
  cards: {
    title: '建议',
    empty: '没有要说的。有事才出卡片，同时最多两张。',
    recent: '刚才的卡片',
    recentEmpty: '用过或过期的卡片会留在这里，可以打分。',
    rate: '这张有用吗',
    rateAs: (stars: number) => `评 ${stars} 分`,
    rated: (stars: number) => `已评 ${stars} 分`,
    seen: (count: number, seconds: number) => `${seconds} 秒内 ${count} 条`,
    said: '观众原话',
    noWords: '这张卡片不来自弹幕，来自你的状态和时间。',
    confidence: (share: string) => `把握 ${share}`,
    expiresIn: (seconds: number) => `${seconds} 秒后收起`,
    urgency: { low: '提示', medium: '建议', high: '重要', critical: '紧急' } satisfies Record<Urgency, string>,
    outcome: {
      open: '显示中',
      accepted: '已采用',
      dismissed: '已跳过',
      expired: '已过期',
      replaced: '已换下',
      answered: '已回答',
    } satisfies Record<CardOutcome, string>,
  },
  danmaku: {
    title: '弹幕',
    filter: { all: '全部', comment: '聊天', question: '提问', money: '礼物', abuse: '攻击' },
    newRows: (count: string) => `${count} 条新`,
    skipped: (count: string) => `太快，略过显示 ${count} 条（都已存档）`,
    older: (count: string) => `只显示最近 500 条，更早的 ${count} 条可以搜索`,
    empty: '还没有弹幕。连接正常时，观众一说话就会出现。',
    emptyFilter: '最近 500 条里没有这一类。',
    searchHint: '搜索存下的弹幕',
    searchEmpty: (query: string) => `没有找到「${query}」。只能搜到还在保留期内的弹幕。`,
    searchCount: (count: string) => `找到 ${count} 条`,
    positive: '正面',
    negative: '负面',
    neutral: '中性',
    waiting: '待分析',
    folded: '攻击内容已折叠',
    unfold: '展开',
    giftTimes: (count: number) => `×${count}`,
  },
  messageType: {
    comment: '聊天',
    gift: '礼物',
    follow: '关注',
    share: '分享',
    like: '点赞',
    enter: '进场',
    superchat: '醒目留言',
    superchat_delete: '撤回留言',
    guard: '上舰',
    online: '在线人数',
    live_state: '直播状态',
    other: '其他',
  } satisfies Record<MessageType, string>,
  intent: {
    question: '提问',
    price: '问价',
    logistics: '问物流',
    praise: '夸奖',
    complaint: '抱怨',
    greeting: '打招呼',
    request: '点名要求',
    gift: '送礼',
    spam: '刷屏',
    abuse: '攻击',
    chat: '闲聊',
  } satisfies Record<IntentLabel, string>,
  overlay: {
    labels: { danmaku: '弹幕', quality: '记录', load: '负荷', viewers: '观众' },
    stale: (age: string) => `停了 ${age}`,
    quality: { good: '正常', gap: '有缺口', off: '未开' },
    notLive: '未开播',
    onRest: '休息中',
    mayBeSeen: '可能被录到',
    notTested: '未验证',
    mayBeSeenHelp: '这个系统不能把窗口藏出录屏。请放到第二块屏幕，或不要采集整个桌面。',
    notTestedHelp: '还没有做过录屏自测，不能保证观众看不到。',
    touchable: '可以点按和拖动，鼠标离开一会儿后恢复穿透。',
  },
  hotkeys: {
    accept: '采用卡片',
    dismiss: '跳过卡片',
    toggle: '显示或隐藏浮层',
    mark: '打点',
    break: '休息',
    help: '求助',
  } satisfies Record<HotkeyAction, string>,
  pressed: {
    accept: '已采用',
    dismiss: '已跳过',
    noCard: '现在没有卡片',
    mark: '已打点',
    rest: '休息开始',
    backFromRest: '休息结束',
    help: '求助已记下',
  } satisfies Record<HotkeyOutcome, string>,
  ...zhPages,
  errors: zhErrors,
};

function trim(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}

function zhCount(value: number): string {
  return value >= 10_000 ? `${trim(value / 10_000)}\u00a0万` : Math.round(value).toLocaleString('en-US');
}

/** The shape every language has: the Chinese keys, no more and no fewer. */
export type Words = typeof zh;
