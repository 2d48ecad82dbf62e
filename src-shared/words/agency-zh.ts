// The agency web in Chinese is the original: `AgencyWords` is its shape, and English does not compile with a key missing.
import type { ErrorCode, UserRole } from '../api.ts';
import { agencyZhPeople } from './agency-zh-people.ts';
import { agencyZhSessions } from './agency-zh-sessions.ts';
import { zh } from './zh.ts';

/** What the page itself can run into, beside the codes of the server. */
export type PageErrorCode = 'OFFLINE' | 'TOO_SLOW' | 'BAD_ANSWER';
/** What happened and what to do. */
export type AgencyErrorWords = { what: string; next: string };

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const { count, percent, clock, ago, platform, milliseconds } = zh;
const minutes = (value: number) => (value >= 60 && value % 60 === 0 ? `${value / 60}\u00a0小时` : zh.minutes(value));
const seconds = (value: number) => (value < 60 ? `${Math.round(value)}\u00a0秒` : minutes(Math.round(value / 60)));

/** Every sentence of the agency web in Chinese. */
export const agencyZh = {
  code: 'zh-CN',
  count,
  percent,
  minutes,
  seconds,
  clock,
  ago,
  platform,
  milliseconds,
  hours: (value: number) => minutes(Math.round(value * 60)),
  shortHours: (value: number) =>
    value > 0 && value < 1 ? minutes(Math.max(1, Math.round(value * 60))) : `${Number(value.toFixed(1))}\u00a0小时`,
  share: (value: number) => `${Number((value * 100).toFixed(1))}%`,
  day: (at: number, now: number) => {
    const date = new Date(at);
    const year = date.getFullYear() === new Date(now).getFullYear() ? '' : `${date.getFullYear()} 年 `;
    return `${year}${date.getMonth() + 1} 月 ${date.getDate()} 日 ${weekdays[date.getDay()]}`;
  },
  /** A week by its first day, `2026-11-23` in the shape of the contract. */
  weekOf: (start: string) => `${Number(start.slice(5, 7))}/${Number(start.slice(8, 10))}`,
  span: (from: string, to: string) => `${from} – ${to}`,
  join: (first: string, second: string) => `${first}${second}`,
  list: (parts: string[]) => parts.join('、'),
  line: (parts: string[]) => parts.join(' · '),
  brand: { name: '提猫公会后台', short: '提猫' },
  otherLanguage: { label: 'English', code: 'en' },
  actions: {
    retry: '重试',
    refresh: '刷新',
    copy: '复制',
    copied: '已复制',
    cancel: '取消',
    close: '关闭',
    more: '再看更早的',
    back: '返回',
    clear: '清除筛选',
    toDark: '深色',
    toLight: '浅色',
    signOut: '退出登录',
    skip: '跳到正文',
  },
  nav: {
    main: '主导航',
    overview: '总览',
    sessions: '场次',
    people: '人员',
    invites: '邀请',
    account: '账号',
    ownSessions: '我的场次',
    consents: '授权',
    accessLog: '谁看过',
  },
  role: { super_admin: '总管理员', agency_admin: '管理员', streamer: '主播', assistant: '场控' } satisfies Record<
    UserRole,
    string
  >,
  loading: { start: '正在恢复登录…', page: '正在读取…', export: (rows: string) => `正在导出，已读 ${rows} 场…` },
  stale: (age: string) => `现在读不到新的数据，下面是 ${age}读到的。`,
  offline: '网络断了。已打开的内容还能看，恢复后会自动再读。',
  offlineEmpty: '等网络恢复后再读。',
  refreshed: (age: string) => `${age}更新`,
  notFoundTitle: '没有这一页',
  notFound: '链接可能写错了，或内容已被删除。',
  forbidden: '你的身份看不了这一页。',
  signIn: {
    title: '登录公会后台',
    ended: '登录已结束，请再登录一次。登录后回到刚才那一页。',
    organization: '公会短名',
    organizationHelp: '这台服务器上有几个公会，请填你所在公会的短名，例如 maoyun。',
    username: '用户名',
    password: '密码',
    submit: '登录',
    hasCode: '有邀请码？在这里设密码',
    fill: { username: '请填用户名。', password: '请填密码。', organization: '请填公会短名。' },
  },
  setup: {
    title: '建立公会',
    intro: '这个链接只能用一次。建好后，你就是第一位管理员。',
    name: '公会名称',
    slug: '短名',
    slugHelp: '选填。小写字母、数字和连字符，登录和链接里会用到。',
    username: '你的用户名',
    password: '密码',
    passwordHelp: '至少 10 个字符。',
    submit: '建立并登录',
    noToken: '这个地址缺了 # 后面的口令。请从服务器启动时给出的完整链接进来。',
    fill: { name: '请填公会名称。', slug: '短名只能用小写字母、数字和连字符。' },
  },
  accept: {
    title: '接受邀请',
    intro: '管理员或场控用邀请码设好密码，就能登录。主播的邀请码请填在电脑上的提猫里。',
    code: '邀请码',
    codeFill: '邀请码有 10 位，请核对。',
    submit: '设密码并登录',
    toSignIn: '已有密码？去登录',
  },
  passwordFill: '密码至少 10 个字符。',
  errorId: (code: string, id: string) => (id ? `${code}\u2002${id}` : code),
  error: {
    BAD_INPUT: { what: '填的内容服务器不接受。', next: '请核对后再试。' },
    UNAUTHENTICATED: { what: '登录已失效。', next: '请再登录一次。' },
    WRONG_LOGIN: { what: '用户名或密码不对。', next: '请核对大小写；多次输错会锁 15 分钟。' },
    SESSION_ENDED: { what: '登录已结束。', next: '请再登录一次。' },
    FORBIDDEN: { what: '你的身份不能做这件事。', next: '需要的话请找管理员。' },
    FORBIDDEN_ORIGIN: { what: '服务器不认这个网页地址。', next: '请从公会给的网址打开，再试一次。' },
    NOT_FOUND: { what: '找不到它。', next: '可能已被删除。请返回列表刷新。' },
    METHOD_NOT_ALLOWED: { what: '这个网页和服务器版本不一致。', next: '请刷新网页。' },
    CODE_NOT_VALID: { what: '邀请码或链接用过了、过期了，或写错了。', next: '请核对；还不行就要一个新的。' },
    USERNAME_TAKEN: { what: '这个用户名已经有人用。', next: '请换一个。' },
    ORGANIZATION_TAKEN: { what: '这个短名已被别的公会用了。', next: '请换一个短名。' },
    ORGANIZATION_REQUIRED: { what: '这台服务器上有几个公会。', next: '请填公会短名再登录。' },
    LAST_ADMIN: { what: '公会至少要留一位管理员。', next: '请先邀请另一位管理员。' },
    CONSENT_NOT_OFFERED: { what: '这个地区不提供这项内容。', next: '不用处理。' },
    SEQ_GAP: { what: '这个网页和服务器版本不一致。', next: '请刷新网页。' },
    EPOCH_CHANGED: { what: '这个网页和服务器版本不一致。', next: '请刷新网页。' },
    TOO_LARGE: { what: '内容太大，服务器没有收。', next: '请缩短后再试。' },
    UNSUPPORTED_MEDIA: { what: '这个网页和服务器版本不一致。', next: '请刷新网页。' },
    TOO_MANY_REQUESTS: { what: '试得太多，服务器先不接了。', next: '请等几分钟再试。' },
    NOT_READY: { what: '服务器正在启动或数据库暂时连不上。', next: '已上传的数据都在，请稍等再试。' },
    INTERNAL: { what: '服务器出错了。', next: '请再试一次；还不行，把下面的编号交给管理服务器的人。' },
    OFFLINE: { what: '连不上服务器。', next: '请检查网络，再试一次。' },
    TOO_SLOW: { what: '服务器 20 秒没有回答。', next: '请稍等再试。' },
    BAD_ANSWER: { what: '服务器的回答读不懂。', next: '网页可能旧了，请刷新。' },
  } satisfies Record<ErrorCode | PageErrorCode, AgencyErrorWords>,
  ...agencyZhSessions,
  ...agencyZhPeople,
};

/** The shape of every language: the Chinese keys, no more and no fewer. */
export type AgencyWords = typeof agencyZh;
