import { hotlineFor } from '../wellbeing/hotlines.ts';
import type { CardCatalogue } from './card-catalogue.ts';

const yuan = (cents: number): string => `¥${Number((cents / 100).toFixed(2)).toLocaleString('en-US')}`;
const quoted = (quotes: readonly string[]): string => quotes.map((quote) => `“${quote}”`).join(' ');
const some = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const people = (count: number): string => some(count, 'viewer', 'viewers');

/** The cards in English. */
export const cardsEn: CardCatalogue = {
  repeated_question: {
    title: 'Asked by several',
    headline: ({ viewers }, own) => ({ lead: `${viewers} ask: `, words: own }),
    line: (_, quotes) => quoted(quotes),
    action: () => 'Say it once for all',
  },
  price_question: {
    title: 'Price',
    headline: ({ viewers }) => ({ lead: `${people(viewers)} ask about the price` }),
    line: (_, quotes) => quoted(quotes),
    action: () => 'Repeat price and offers',
  },
  logistics_question: {
    title: 'Shipping',
    headline: ({ viewers }) => ({ lead: `${people(viewers)} ask about shipping` }),
    line: (_, quotes) => quoted(quotes),
    action: () => 'Say how long it takes and what it costs',
  },
  purchase_intent: {
    title: 'Ready to buy',
    headline: ({ viewers }) => ({ lead: `${people(viewers)} want to buy` }),
    line: (_, quotes) => quoted(quotes),
    action: () => 'Say where to order',
  },
  gift_thanks: {
    title: 'Gifts',
    headline: ({ kind, name, gift, count, viewers }) => {
      if (kind === 'many') return { lead: `${some(count, 'small gift', 'small gifts')} from ${people(viewers)}` };
      if (kind === 'guard') return { lead: `${gift || 'Membership'}: `, words: name };
      return { lead: `${count} × ${gift || 'gift'}: `, words: name };
    },
    line: ({ kind }) =>
      kind === 'many'
        ? 'Taken together, no need to name each'
        : kind === 'guard'
          ? 'Just joined'
          : 'The streak has ended',
    action: ({ kind }) => (kind === 'many' ? 'Thank them together' : 'Say the name and thanks'),
  },
  superchat_thanks: {
    title: 'Super chat',
    headline: ({ kind, name, count }, own) => {
      if (kind === 'many') return { lead: `${some(count, 'super chat is', 'super chats are')} waiting` };
      return own ? { lead: '', words: own } : { lead: 'Super chat: ', words: name };
    },
    line: ({ kind, name, cents }, quotes) => {
      if (kind === 'many') return quoted(quotes);
      return cents < 0 ? name : `${name} · ${yuan(cents)}`;
    },
    action: ({ kind }) => (kind === 'many' ? 'Read them in order' : 'Read it and reply'),
  },
  newcomers: {
    title: 'New viewers',
    headline: ({ people: count }) => ({ lead: `${count} just came in` }),
    line: ({ seconds, usual }) => `Within ${seconds} s, usually about ${usual}`,
    action: () => 'Say in one sentence what is going on',
  },
  mood_drop: {
    title: 'Room mood',
    headline: () => ({ lead: 'The mood of the room is sinking' }),
    line: ({ messages }) => `Last ${some(messages, 'message', 'messages')}, lower than the minutes before`,
    action: () => 'Glance at the chat and ask',
  },
  negative_burst: {
    title: 'Complaints',
    headline: ({ viewers }, own) =>
      own ? { lead: `${viewers} unhappy: `, words: own } : { lead: `${people(viewers)} unhappy` },
    line: (_, quotes) => quoted(quotes),
    action: () => 'Respond to this one first',
  },
  abuse: {
    title: 'Chat shield',
    headline: ({ count }) => ({ lead: `${some(count, 'attack', 'attacks')} folded away` }),
    line: ({ viewers }) => `From ${people(viewers)}, no need to look`,
    action: () => 'Carry on, leave it to your moderator',
  },
  long_silence: {
    title: 'Waiting for you',
    headline: ({ seconds, viewers }) => ({ lead: `Quiet for ${seconds} s, ${people(viewers)} waiting` }),
    line: (_, quotes) => quoted(quotes),
    action: () => 'Pick one and answer',
  },
  streamer_strained: {
    title: 'Ease off',
    headline: () => ({ lead: 'These minutes look tense' }),
    line: ({ minutes }) => `Voice and face for about ${some(minutes, 'minute', 'minutes')}, may be wrong`,
    action: () => 'Have some water, slow down a little',
  },
  viewer_distress: {
    title: 'May need help',
    headline: () => ({ lead: 'A viewer may need help' }),
    line: ({ name, count }) =>
      `${count > 1 ? `${count} messages` : name}: use the platform's report route, no names, no questions on air`,
    action: () => `You can say: “I see you. Please find someone to be with you, or call ${hotlineFor('CN')}.”`,
  },
};
