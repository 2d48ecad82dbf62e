import { hotlineFor } from '../wellbeing/hotlines.ts';
import type { CardCatalogue } from './card-catalogue.ts';

const yuan = (cents: number): string => `${Number((cents / 100).toFixed(2)).toLocaleString('en-US')} 元`;
const quoted = (quotes: readonly string[]): string => quotes.map((quote) => `「${quote}」`).join('');

/** The cards in Chinese; this is the original. */
export const cardsZh: CardCatalogue = {
  repeated_question: {
    title: '大家在问',
    headline: ({ viewers }, own) => ({ lead: `${viewers} 人问：`, words: own }),
    line: (_, quotes) => quoted(quotes),
    action: () => '说一遍，都能听到',
  },
  price_question: {
    title: '问价格',
    headline: ({ viewers }) => ({ lead: `${viewers} 人在问价格` }),
    line: (_, quotes) => quoted(quotes),
    action: () => '报一遍价格和优惠',
  },
  logistics_question: {
    title: '问发货',
    headline: ({ viewers }) => ({ lead: `${viewers} 人在问发货和快递` }),
    line: (_, quotes) => quoted(quotes),
    action: () => '说一下几天到、包不包邮',
  },
  purchase_intent: {
    title: '想买',
    headline: ({ viewers }) => ({ lead: `${viewers} 人想买` }),
    line: (_, quotes) => quoted(quotes),
    action: () => '说一下在哪里下单',
  },
  gift_thanks: {
    title: '礼物',
    headline: ({ kind, name, gift, count, viewers }) => {
      if (kind === 'many') return { lead: `${viewers} 人送了 ${count} 个小礼物` };
      if (kind === 'guard') return { lead: `${gift || '大航海'}：`, words: name };
      return { lead: `${count} 个${gift || '礼物'}：`, words: name };
    },
    line: ({ kind }) => (kind === 'many' ? '合在一起，不用逐个念' : kind === 'guard' ? '刚刚开通' : '连送已结束'),
    action: ({ kind }) => (kind === 'many' ? '一起谢一声' : '念一下名字，谢一声'),
  },
  superchat_thanks: {
    title: '醒目留言',
    headline: ({ kind, name, count }, own) => {
      if (kind === 'many') return { lead: `${count} 条醒目留言在等` };
      return own ? { lead: '', words: own } : { lead: '醒目留言：', words: name };
    },
    line: ({ kind, name, cents }, quotes) => {
      if (kind === 'many') return quoted(quotes);
      return cents < 0 ? name : `${name} · ${yuan(cents)}`;
    },
    action: ({ kind }) => (kind === 'many' ? '按顺序念' : '念出来，回一句'),
  },
  newcomers: {
    title: '新观众',
    headline: ({ people }) => ({ lead: `刚进来 ${people} 人` }),
    line: ({ seconds, usual }) => `${seconds} 秒内，平时约 ${usual} 人`,
    action: () => '用一句话说说现在在做什么',
  },
  mood_drop: {
    title: '房间情绪',
    headline: () => ({ lead: '房间情绪在往下走' }),
    line: ({ messages }) => `最近 ${messages} 条弹幕，比前几分钟低`,
    action: () => '看一眼弹幕，问问怎么了',
  },
  negative_burst: {
    title: '集中不满',
    headline: ({ viewers }, own) => (own ? { lead: `${viewers} 人不满：`, words: own } : { lead: `${viewers} 人不满` }),
    line: (_, quotes) => quoted(quotes),
    action: () => '先回应这一件',
  },
  abuse: {
    title: '弹幕护盾',
    headline: ({ count }) => ({ lead: `${count} 条攻击已折叠` }),
    line: ({ viewers }) => `来自 ${viewers} 人，不用看`,
    action: () => '照常播，交给场控',
  },
  long_silence: {
    title: '有人在等',
    headline: ({ seconds, viewers }) => ({ lead: `安静了 ${seconds} 秒，${viewers} 人在等` }),
    line: (_, quotes) => quoted(quotes),
    action: () => '挑一个回答',
  },
  streamer_strained: {
    title: '缓一缓',
    headline: () => ({ lead: '这几分钟绷得有点紧' }),
    line: ({ minutes }) => `声音和表情持续约 ${minutes} 分钟，不一定准`,
    action: () => '喝口水，放慢一点',
  },
  viewer_distress: {
    title: '可能需要帮助',
    headline: () => ({ lead: '有观众可能需要帮助' }),
    line: ({ name, count }) => `${count > 1 ? `${count} 条弹幕` : name}：用平台的举报入口报告，不点名，不追问`,
    action: () => `可以说：「看到你了。请找身边的人陪着，或打 ${hotlineFor('CN')}。」`,
  },
};
