import type { Language } from '../settings.ts';
import type { LoadReason } from '../wellbeing/load.ts';
import type { LoadState } from '../wellbeing/load-state.ts';

type LoadWords = {
  state: Record<LoadState, string>;
  reason: Record<LoadReason['code'], (value: number) => string>;
  /** One thing to do, or nothing. */
  advice: Record<LoadState, string>;
  /** The name of the switch that turns the reminder off. */
  turnOff: string;
};

const spanZh = (minutes: number): string =>
  minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
const spanEn = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;

const zh: LoadWords = {
  state: { calm: '平稳', busy: '偏忙', rest: '该歇一下', unknown: '看不清' },
  reason: {
    live_long: (minutes) => `已播 ${spanZh(minutes)}`,
    no_break: (minutes) => `${spanZh(minutes)}没歇过`,
    chat_fast: (perMinute) => `弹幕每分钟 ${perMinute} 条，看不过来`,
    attacks: (perMinute) => `攻击弹幕每分钟 ${perMinute} 条，已折叠`,
    night: (hour) => `现在是凌晨 ${hour} 点多`,
    just_started: () => '刚开播，还看不出来',
    gap: () => '刚才有一段没收到弹幕',
    on_break: (minutes) => (minutes < 1 ? '正在休息' : `已休息 ${minutes} 分钟`),
  },
  advice: { calm: '', busy: '弹幕不用条条回', rest: '找个空当，离开几分钟', unknown: '' },
  turnOff: '关闭此提醒',
};

const en: LoadWords = {
  state: { calm: 'Calm', busy: 'Busy', rest: 'Time for a break', unknown: 'Not sure' },
  reason: {
    live_long: (minutes) => `Live for ${spanEn(minutes)}`,
    no_break: (minutes) => `No break for ${spanEn(minutes)}`,
    chat_fast: (perMinute) => `${perMinute} messages a minute, too many to read`,
    attacks: (perMinute) => `${perMinute} attacks a minute, folded away`,
    night: (hour) => `It is past ${hour}:00 at night`,
    just_started: () => 'Just started, too early to tell',
    gap: () => 'No chat came in for a while',
    on_break: (minutes) => (minutes < 1 ? 'On a break' : `On a break for ${minutes} min`),
  },
  advice: { calm: '', busy: 'No need to answer every message', rest: 'Find a moment and step away', unknown: '' },
  turnOff: 'Turn this reminder off',
};

const catalogue: Record<Language, LoadWords> = { zh, en };

/** The words of the load in a language. */
export const loadWords = (language: Language): LoadWords => catalogue[language];

/** A reason in words. */
export const loadReasonText = (reason: LoadReason, language: Language): string =>
  catalogue[language].reason[reason.code](reason.value);
