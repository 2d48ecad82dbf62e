import { enErrors } from './en-errors.ts';
import { enLive } from './en-live.ts';
import { enPages } from './en-pages.ts';
import type { Words } from './zh.ts';

const two = (value: number) => String(value).padStart(2, '0');
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const trim = (value: number) => value.toFixed(1).replace(/\.0$/, '');
const count = (value: number) =>
  value >= 1_000_000
    ? `${trim(value / 1_000_000)}M`
    : value >= 10_000
      ? `${trim(value / 1000)}K`
      : Math.round(value).toLocaleString('en-US');
const some = (value: number, one: string, many: string) => `${value} ${value === 1 ? one : many}`;

/** Every sentence of the windows in English. */
export const en: Words = {
  code: 'en',
  app: {
    name: 'Timao Companion',
    short: 'Timao',
    tagline: 'Watches the chat and the stream, and watches that you rest.',
  },
  nav: { live: 'Live', history: 'History', settings: 'Settings', pairing: 'Pairing', main: 'Main navigation' },
  listSeparator: ', ',
  withState: (name, state) => `${name} (${state})`,
  sentences: (first, second) => `${first} ${second}`,
  quote: (text) => `“${text}”`,
  count,
  percent: (share) => `${Math.round(share * 100)}%`,
  milliseconds: (value) => (value >= 10_000 ? `${trim(value / 1000)}\u00a0s` : `${Math.round(value)}\u00a0ms`),
  perMinute: (value) => `${count(value)}/min`,
  ageShort: (ms) =>
    ms < 60_000
      ? `${Math.floor(ms / 1000)}\u00a0s`
      : ms < 3_600_000
        ? `${Math.floor(ms / 60_000)}\u00a0min`
        : `${trim(ms / 3_600_000)}\u00a0h`,
  ago: (ms) =>
    ms < 5_000
      ? 'just now'
      : ms < 60_000
        ? `${Math.floor(ms / 1000)}\u00a0s ago`
        : ms < 3_600_000
          ? `${Math.floor(ms / 60_000)}\u00a0min ago`
          : ms < 86_400_000
            ? `${Math.floor(ms / 3_600_000)}\u00a0h ago`
            : `${some(Math.floor(ms / 86_400_000), 'day', 'days')} ago`,
  minutes: (value) =>
    value < 1
      ? 'under 1\u00a0min'
      : value < 60
        ? `${value}\u00a0min`
        : `${Math.floor(value / 60)}\u00a0h ${value % 60}\u00a0min`,
  day: (at) => {
    const date = new Date(at);
    return `${weekdays[date.getDay()]}, ${date.getDate()} ${months[date.getMonth()]}`;
  },
  clock: (at) => {
    const date = new Date(at);
    return `${two(date.getHours())}:${two(date.getMinutes())}`;
  },
  platform: {
    douyin: 'Douyin',
    kuaishou: 'Kuaishou',
    bilibili: 'Bilibili',
    xiaohongshu: 'Xiaohongshu',
    taobao: 'Taobao',
  },
  source: { rehearsal: 'Rehearsal', replay: 'Replay' },
  banner: {
    rehearsal: 'Rehearsal: simulated room and sample media',
    oldElectron: 'This Electron is for tests and rehearsal only',
    resume: (room, at) => `The last session did not end properly: ${room}, last event at ${at}.`,
    engineAway: 'The recorder stopped and is restarting. This stretch becomes a gap; nothing saved is lost.',
    engineFailed:
      'The recorder failed to start three times. Your stream is unaffected; restart it, or restart the app.',
    inferenceAway: 'The models stopped and are restarting. Chat and cards go on; mood is unclear for a moment.',
    inferenceFailed: 'The models failed to start three times. Chat and cards go on; emotion and chat mood are off.',
    captureFailed: 'Capture failed to start. Camera and microphone are off, everything else goes on.',
    storageFull: (waiting) => `The disk is full; ${waiting} records wait in memory and are saved once there is room.`,
    storageFailed: (waiting) => `The records cannot be written; ${waiting} wait in memory while it tries again.`,
    modelsMissing: (names) =>
      `Models that cannot be used: ${names}. Their readings say “unclear”, everything else goes on. Please install the app again.`,
  },
  actions: {
    start: 'Start rehearsal',
    replay: 'Replay a file',
    stop: 'End',
    rest: 'Take a break',
    backFromRest: 'Back on air',
    mark: 'Mark',
    help: 'Ask for help',
    accept: 'Use it',
    dismiss: 'Skip',
    answered: 'Answered',
    resume: 'Carry on',
    closeOld: 'End and file it',
    retry: 'Try again',
    restart: 'Restart',
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    cancel: 'Cancel',
    openReport: 'See the report',
    allRecords: 'All sessions',
    why: 'Why',
    hideWhy: 'Less',
    pause: 'Pause',
    follow: 'Follow',
    search: 'Search',
    clear: 'Clear',
    toEnglish: '中文',
    theme: { dark: 'Switch to light', light: 'Switch to dark' },
  },
  done: {
    stopped: 'The session has ended and is filed.',
    marked: 'Marked',
    helpAsked: 'Your call for help is noted',
    restBegan: 'On a break; the clock runs from now',
    rated: 'Rating noted',
  },
  session: {
    live: 'Running',
    onRest: (age) => `On a break, ${age}`,
    online: (value) => `${value} online`,
    elapsed: 'Live for',
  },
  offAir: {
    first: 'Going live? Leave one eye to me.',
    firstHint: 'Try a simulated room first: no platform, no camera, stop any time.',
    again: 'You are off air.',
    againHint: 'Start a rehearsal, or replay a recorded chat file.',
    replayNote: 'A replay file is .jsonl, one message a line.',
    pictureAlt: 'A half-open cat’s eye',
  },
  loading: {
    live: 'Reading session and settings…',
    history: 'Reading past sessions…',
    report: 'Reading this session’s report…',
    pairing: 'Reading the pairing state…',
    search: 'Searching…',
  },
  ...enLive,
  cards: {
    title: 'Suggestions',
    empty: 'Nothing to say. A card comes only when it matters, two at most.',
    recent: 'Recent cards',
    recentEmpty: 'Used and expired cards stay here, so that you can rate them.',
    rate: 'Was it useful',
    rateAs: (stars) => `Rate ${some(stars, 'star', 'stars')}`,
    rated: (stars) => `Rated ${stars}`,
    seen: (value, seconds) => `${some(value, 'message', 'messages')} in ${seconds} s`,
    said: 'In viewers’ words',
    noWords: 'No chat message caused this card: your own state and the clock did.',
    confidence: (share) => `${share} sure`,
    expiresIn: (seconds) => `${seconds}\u00a0s left`,
    urgency: { low: 'Hint', medium: 'Advice', high: 'Important', critical: 'Urgent' },
    outcome: {
      open: 'On screen',
      accepted: 'Used',
      dismissed: 'Skipped',
      expired: 'Expired',
      replaced: 'Replaced',
      answered: 'Answered',
    },
  },
  danmaku: {
    title: 'Chat',
    filter: { all: 'All', comment: 'Chat', question: 'Questions', money: 'Gifts', abuse: 'Abuse' },
    newRows: (value) => `${value} new`,
    skipped: (value) => `Too fast: ${value} not shown (all are filed)`,
    older: (value) => `Latest 500 only; search finds the ${value} before them`,
    empty: 'No chat yet. While the connection is fine, the first message shows up here.',
    emptyFilter: 'None of this kind among the latest 500.',
    searchHint: 'Search saved chat',
    searchEmpty: (query) => `Nothing found for “${query}”. Only chat within the keeping time can be found.`,
    searchCount: (value) => `${value} found`,
    positive: 'Positive',
    negative: 'Negative',
    neutral: 'Neutral',
    waiting: 'Pending',
    folded: 'Abusive message folded',
    unfold: 'Unfold',
    giftTimes: (value) => `×${value}`,
  },
  messageType: {
    comment: 'Chat',
    gift: 'Gift',
    follow: 'Follow',
    share: 'Share',
    like: 'Like',
    enter: 'Enter',
    superchat: 'Super chat',
    superchat_delete: 'Super chat withdrawn',
    guard: 'Guard',
    online: 'Viewers online',
    live_state: 'Live state',
    other: 'Other',
  },
  intent: {
    question: 'Question',
    price: 'Price',
    logistics: 'Shipping',
    praise: 'Praise',
    complaint: 'Complaint',
    greeting: 'Greeting',
    request: 'Request',
    gift: 'Gift',
    spam: 'Spam',
    abuse: 'Abuse',
    chat: 'Small talk',
  },
  overlay: {
    labels: { danmaku: 'Chat', quality: 'Record', load: 'Load', viewers: 'Viewers' },
    stale: (age) => `quiet ${age}`,
    quality: { good: 'Fine', gap: 'Gap', off: 'Off' },
    notLive: 'Off air',
    onRest: 'On a break',
    mayBeSeen: 'May be captured',
    notTested: 'Not verified',
    mayBeSeenHelp:
      'This system cannot keep windows out of captures. Use a second screen, or do not capture the whole desktop.',
    notTestedHelp: 'No capture test was made yet, so it is not promised that viewers cannot see this.',
    touchable: 'Ready to click and drag; lets clicks pass again soon after the mouse leaves.',
  },
  hotkeys: {
    accept: 'Use the card',
    dismiss: 'Skip the card',
    toggle: 'Show or hide overlay',
    mark: 'Mark',
    break: 'Break',
    help: 'Ask for help',
  },
  pressed: {
    accept: 'Card used',
    dismiss: 'Card skipped',
    noCard: 'No card right now',
    mark: 'Marked',
    rest: 'Break begun',
    backFromRest: 'Break over',
    help: 'Call for help noted',
  },
  ...enPages,
  errors: enErrors,
};
