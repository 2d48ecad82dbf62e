import type { ErrorCode } from '../api.ts';

/** What happened, what still works, what to do: the three parts of every error the windows show. */
export type ErrorWords = { what: string; still: string; next: string };

const others = '其他照常。';

/** Codes of the app itself; codes of the server come from its contract. */
const app = {
  NO_VOICE_PROFILE: { what: '没有保存任何声音基线。', still: others, next: '说话满几句之后再来。' },
  NO_SESSION: { what: '现在没有在播。', still: others, next: '先开始一场，再做这件事。' },
  SESSION_RUNNING: { what: '已经有一场在进行。', still: '那一场不受影响。', next: '先结束它，再开始新的。' },
  SESSION_NOT_FOUND: {
    what: '找不到这一场。',
    still: '其他记录都在。',
    next: '它可能已过保留期或被删除，请刷新列表。',
  },
  SESSION_NOT_OPEN: { what: '这一场已经结束。', still: '报告可以照常看。', next: '要继续请开始新的一场。' },
  SUGGESTION_NOT_FOUND: { what: '这张卡片已经不在了。', still: others, next: '不用处理。' },
  SUGGESTION_CLOSED: { what: '这张卡片已经收起。', still: '仍然可以给它打分。', next: '不用处理。' },
  REPLAY_NOT_FOUND: { what: '打不开这个文件。', still: others, next: '确认文件还在原处，再选一次。' },
  REPLAY_UNREADABLE: { what: '这个文件读不懂。', still: others, next: '回放文件是 .jsonl，一行一条弹幕；请换一个。' },
  SIMULATOR_FAILED: {
    what: '模拟房间没能启动。',
    still: '记录和设置可以照常看。',
    next: '再点一次开始；还不行就重启应用。',
  },
  ALREADY_PAIRED: { what: '这台电脑已经配对。', still: others, next: '要换机构，先解除现在的配对。' },
  CARD_GONE: { what: '这张卡片刚刚收起。', still: '仍然可以在「刚才的卡片」里打分。', next: '不用处理。' },
  NO_RECORDING: { what: '这个回放文件读不出来。', still: others, next: '确认文件还在原处，是 .jsonl，再选一次。' },
  REPLAY_NOT_RESUMABLE: { what: '回放不能接着播。', still: '它的记录都在。', next: '结束并存档，再重新回放。' },
  SESSION_LEFT_OPEN: {
    what: '上一场还没有结束。',
    still: '那一场的记录都在。',
    next: '先在上方选择接着播，或结束并存档。',
  },
  OVERLAY_CLOSED: { what: '浮层没有打开。', still: others, next: '请重启应用。' },
  HOTKEY_TAKEN: {
    what: '这个按键已被占用。',
    still: '原来的按键照旧有效。',
    next: '换一个按键，或加上 Ctrl、Alt、Shift。',
  },
  PAIRING_REFUSED: {
    what: '服务器没有接受这次配对。',
    still: '不配对也能完整使用。',
    next: '请核对邀请码，或向机构要一个新的。',
  },
  NOT_PAIRED: { what: '还没有和机构配对。', still: '本机功能都能用。', next: '先填服务器地址和邀请码。' },
  SERVER_UNREACHABLE: {
    what: '连不上机构的服务器。',
    still: '本机一切照常，摘要留在本机排队。',
    next: '检查网络和地址；联网后会自动再试。',
  },
  SERVER_AWAY: {
    what: '连不上机构的服务器。',
    still: '本机一切照常，摘要留在本机排队。',
    next: '检查网络和地址；联网后会自动再试。',
  },
  BAD_ANSWER: {
    what: '服务器的回答读不懂。',
    still: '本机一切照常，摘要留在本机排队。',
    next: '确认地址填的是机构的服务器。',
  },
  ALREADY_STARTED: { what: '已经在连接了。', still: others, next: '不用处理。' },
  ENDPOINT_REFUSED: { what: '没有可以连的弹幕地址。', still: others, next: '再点一次开始；还不行就重启应用。' },
  BAD_AUTH_BODY: { what: '平台的登录信息不对。', still: others, next: '请重新登录平台。' },
  MODEL_UNKNOWN: { what: '清单里没有这个模型。', still: '弹幕和卡片照常。', next: '请重新安装应用。' },
  SERVER_ERROR: {
    what: '机构的服务器出错了。',
    still: '本机一切照常，摘要留在本机排队。',
    next: '过一会儿会自动再试。',
  },
  SECRETS_UNAVAILABLE: {
    what: '系统的密钥保管没有打开。',
    still: '不配对也能完整使用。',
    next: '打开系统钥匙串后再配对。',
  },
  ENGINE_AWAY: {
    what: '记录进程没有应答。',
    still: '直播不受影响，已存的不会丢。',
    next: '等几秒再试；还不行就在直播医生里重启它。',
  },
  ENGINE_NOT_READY: { what: '记录进程还在启动。', still: '直播不受影响。', next: '等几秒再试。' },
  ENGINE_STOPPED: { what: '记录进程停了。', still: '直播不受影响，已存的不会丢。', next: '在直播医生里重启它。' },
  TIMEOUT: { what: '等了太久没有结果。', still: others, next: '再试一次；还不行请重启应用。' },
  PART_FAILED: { what: '这个进程没能启动。', still: others, next: '再重启一次；还不行请重启应用。' },
  DATABASE_DAMAGED: {
    what: '本机的记录库损坏。',
    still: '直播不受影响，这个文件没有被改动；没有它，本应用不能开始。',
    next: '请退出，把应用数据文件夹里的 timao.db 改名留作备份，再打开应用。',
  },
  DATABASE_NEWER: { what: '本机的记录库来自更新的版本。', still: '记录没有被改动。', next: '请升级应用再打开。' },
  DATABASE_FULL: { what: '磁盘满了，存不下新的记录。', still: '弹幕和卡片照常显示。', next: '请腾出至少 1 GB 空间。' },
  MODEL_MISSING: { what: '缺少模型文件。', still: '弹幕和卡片照常，对应读数显示看不清。', next: '请重新安装应用。' },
  MODEL_DAMAGED: {
    what: '模型文件和清单对不上，没有载入。',
    still: '弹幕和卡片照常，对应读数显示看不清。',
    next: '请重新安装应用。',
  },
  UNKNOWN_ROUTE: { what: '界面和程序的版本对不上。', still: others, next: '请重启应用。' },
  NOT_ALLOWED: { what: '这个窗口不能做这件事。', still: others, next: '请在工作台里操作。' },
  BRIDGE_MISSING: { what: '这个页面没有在应用里打开。', still: '没有数据被读取。', next: '请从应用里打开它。' },
} satisfies Record<string, ErrorWords>;

const server = {
  BAD_INPUT: { what: '填的内容不对。', still: '没有改动任何东西。', next: '检查后再试。' },
  UNAUTHENTICATED: { what: '配对已失效。', still: '本机一切照常，摘要留在本机排队。', next: '请解除后重新配对。' },
  WRONG_LOGIN: { what: '账号或密码不对。', still: others, next: '检查后再试。' },
  SESSION_ENDED: { what: '登录已过期。', still: others, next: '请重新登录。' },
  FORBIDDEN: { what: '没有权限做这件事。', still: others, next: '请联系机构管理员。' },
  FORBIDDEN_ORIGIN: { what: '服务器不接受来自这里的请求。', still: others, next: '请联系机构管理员。' },
  NOT_FOUND: { what: '服务器上没有这一项。', still: others, next: '检查地址是否填对。' },
  METHOD_NOT_ALLOWED: { what: '服务器不认识这个请求。', still: others, next: '服务器和应用的版本可能对不上，请升级。' },
  CODE_NOT_VALID: {
    what: '邀请码不对，或已过期、已用过。',
    still: '不配对也能完整使用。',
    next: '请向机构要一个新的邀请码。',
  },
  USERNAME_TAKEN: { what: '这个名字已被使用。', still: others, next: '换一个名字。' },
  ORGANIZATION_TAKEN: { what: '这个机构名已被使用。', still: others, next: '换一个名字。' },
  ORGANIZATION_REQUIRED: { what: '要写明是哪个机构。', still: others, next: '填上机构名再试。' },
  LAST_ADMIN: { what: '这是最后一个管理员。', still: others, next: '先添加另一个管理员。' },
  CONSENT_NOT_OFFERED: { what: '这个地区不提供这项同意。', still: others, next: '不用处理，什么都没有上传。' },
  SEQ_GAP: { what: '上传的顺序断了一截。', still: '摘要都在本机。', next: '程序会自动补发。' },
  EPOCH_CHANGED: { what: '服务器恢复过备份。', still: '摘要都在本机。', next: '程序会自动重发。' },
  TOO_LARGE: { what: '内容太大，服务器没有收。', still: '摘要都在本机。', next: '程序会拆小再发。' },
  UNSUPPORTED_MEDIA: { what: '服务器不认识这种内容。', still: others, next: '服务器和应用的版本可能对不上，请升级。' },
  TOO_MANY_REQUESTS: { what: '请求太频繁。', still: others, next: '等一分钟再试。' },
  NOT_READY: { what: '还没准备好。', still: others, next: '等几秒再试。' },
  INTERNAL: {
    what: '程序内部出错了。',
    still: '直播不受影响，已存的不会丢。',
    next: '再试一次；还不行请复制代码联系支持。',
  },
} satisfies Record<ErrorCode, ErrorWords>;

export const zhErrors = {
  title: '出了点问题',
  still: '仍然可用',
  next: '接下来',
  code: (code: string) => `代码 ${code}`,
  general: {
    what: '出了个没见过的问题。',
    still: '直播不受影响。',
    next: '再试一次；还不行请复制代码联系支持。',
  } as ErrorWords,
  known: { ...app, ...server } satisfies Record<string, ErrorWords>,
};
