import { agencyEnPeople } from './agency-en-people.ts';
import { agencyEnSessions } from './agency-en-sessions.ts';
import type { AgencyWords } from './agency-zh.ts';
import { en } from './en.ts';

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const { count, percent, clock, ago, platform, milliseconds } = en;
const minutes = (value: number) => (value >= 60 && value % 60 === 0 ? `${value / 60}\u00a0h` : en.minutes(value));
const seconds = (value: number) => (value < 60 ? `${Math.round(value)}\u00a0s` : minutes(Math.round(value / 60)));

/** Every sentence of the agency web in English. */
export const agencyEn: AgencyWords = {
  code: 'en',
  count,
  percent,
  minutes,
  seconds,
  clock,
  ago,
  platform,
  milliseconds,
  hours: (value) => minutes(Math.round(value * 60)),
  shortHours: (value) =>
    value > 0 && value < 1 ? minutes(Math.max(1, Math.round(value * 60))) : `${Number(value.toFixed(1))}\u00a0h`,
  share: (value) => `${Number((value * 100).toFixed(1))}%`,
  day: (at, now) => {
    const date = new Date(at);
    const year = date.getFullYear() === new Date(now).getFullYear() ? '' : ` ${date.getFullYear()}`;
    return `${weekdays[date.getDay()]}, ${date.getDate()} ${months[date.getMonth()]}${year}`;
  },
  weekOf: (start) => `${Number(start.slice(8, 10))} ${months[Number(start.slice(5, 7)) - 1]}`,
  span: (from, to) => `${from} – ${to}`,
  join: (first, second) => `${first} ${second}`,
  list: (parts) => parts.join(', '),
  line: (parts) => parts.join(' · '),
  brand: { name: 'Timao agency web', short: 'Timao' },
  otherLanguage: { label: '中文', code: 'zh-CN' },
  actions: {
    retry: 'Try again',
    refresh: 'Refresh',
    copy: 'Copy',
    copied: 'Copied',
    cancel: 'Cancel',
    close: 'Close',
    more: 'Show earlier ones',
    back: 'Back',
    clear: 'Clear filters',
    toDark: 'Dark',
    toLight: 'Light',
    signOut: 'Sign out',
    skip: 'Skip to content',
  },
  nav: {
    main: 'Main navigation',
    overview: 'Overview',
    sessions: 'Sessions',
    people: 'People',
    invites: 'Invites',
    account: 'Account',
    ownSessions: 'My sessions',
    consents: 'Consents',
    accessLog: 'Who looked',
  },
  role: { super_admin: 'Server admin', agency_admin: 'Admin', streamer: 'Streamer', assistant: 'Assistant' },
  loading: {
    start: 'Restoring your sign-in…',
    page: 'Reading…',
    export: (rows) => `Exporting, ${rows} sessions read…`,
  },
  stale: (age) => `New data cannot be read now. This was read ${age}.`,
  offline: 'No network. What is open can still be read; it is read again once the network is back.',
  offlineEmpty: 'It is read once the network is back.',
  refreshed: (age) => `Updated ${age}`,
  notFoundTitle: 'No such page',
  notFound: 'The link may be wrong, or the content was deleted.',
  forbidden: 'Your role cannot see this page.',
  signIn: {
    title: 'Sign in to the agency web',
    ended: 'This sign-in has ended. Sign in again and you are back where you were.',
    organization: 'Short name of the agency',
    organizationHelp: 'This server holds several agencies. Enter the short name of yours, such as maoyun.',
    username: 'User name',
    password: 'Password',
    submit: 'Sign in',
    hasCode: 'Have an invite code? Set a password here',
    fill: {
      username: 'Enter your user name.',
      password: 'Enter your password.',
      organization: 'Enter the short name of the agency.',
    },
  },
  setup: {
    title: 'Set up your agency',
    intro: 'This link works once. You become the first admin.',
    name: 'Name of the agency',
    slug: 'Short name',
    slugHelp: 'Optional. Small letters, digits and hyphens; used in sign-in and links.',
    username: 'Your user name',
    password: 'Password',
    passwordHelp: 'At least 10 characters.',
    submit: 'Set up and sign in',
    noToken: 'The part after # is missing from this address. Open the whole link that the server gave when it started.',
    fill: {
      name: 'Enter the name of the agency.',
      slug: 'The short name takes small letters, digits and hyphens only.',
    },
  },
  accept: {
    title: 'Accept an invite',
    intro:
      'Admins and assistants set a password with their code, then sign in. Streamers enter their code in Timao on their computer.',
    code: 'Invite code',
    codeFill: 'The code has 10 characters. Check it.',
    submit: 'Set password and sign in',
    toSignIn: 'Have a password? Sign in',
  },
  passwordFill: 'The password needs at least 10 characters.',
  errorId: (code, id) => (id ? `${code}\u2002${id}` : code),
  error: {
    BAD_INPUT: { what: 'The server does not take what was entered.', next: 'Check it and try again.' },
    UNAUTHENTICATED: { what: 'This sign-in is no longer valid.', next: 'Sign in again.' },
    WRONG_LOGIN: {
      what: 'User name or password is wrong.',
      next: 'Check capital letters. After many wrong tries the account is locked for 15 minutes.',
    },
    SESSION_ENDED: { what: 'This sign-in has ended.', next: 'Sign in again.' },
    FORBIDDEN: { what: 'Your role may not do this.', next: 'Ask an admin if you need it.' },
    FORBIDDEN_ORIGIN: {
      what: 'The server does not accept the address of this page.',
      next: 'Open the address your agency gave you and try again.',
    },
    NOT_FOUND: { what: 'It cannot be found.', next: 'It may have been deleted. Go back to the list and refresh.' },
    METHOD_NOT_ALLOWED: { what: 'This page and the server differ in version.', next: 'Reload the page.' },
    CODE_NOT_VALID: {
      what: 'The code or link was used, has run out or is misspelt.',
      next: 'Check it, or ask for a new one.',
    },
    USERNAME_TAKEN: { what: 'This user name is in use.', next: 'Choose another one.' },
    ORGANIZATION_TAKEN: { what: 'Another agency uses this short name.', next: 'Choose another one.' },
    ORGANIZATION_REQUIRED: {
      what: 'This server holds several agencies.',
      next: 'Enter the short name of yours and sign in.',
    },
    LAST_ADMIN: { what: 'An agency keeps at least one admin.', next: 'Invite another admin first.' },
    CONSENT_NOT_OFFERED: { what: 'This is not offered in this region.', next: 'There is nothing to do.' },
    SEQ_GAP: { what: 'This page and the server differ in version.', next: 'Reload the page.' },
    EPOCH_CHANGED: { what: 'This page and the server differ in version.', next: 'Reload the page.' },
    TOO_LARGE: { what: 'This is too large for the server.', next: 'Make it shorter and try again.' },
    UNSUPPORTED_MEDIA: { what: 'This page and the server differ in version.', next: 'Reload the page.' },
    TOO_MANY_REQUESTS: { what: 'Too many tries; the server takes no more for now.', next: 'Wait a few minutes.' },
    NOT_READY: {
      what: 'The server is starting, or its database cannot be reached.',
      next: 'Nothing is lost. Try again in a moment.',
    },
    INTERNAL: {
      what: 'Something went wrong on the server.',
      next: 'Try again. If it stays, give the number below to whoever runs the server.',
    },
    OFFLINE: { what: 'The server cannot be reached.', next: 'Check the network and try again.' },
    TOO_SLOW: { what: 'The server did not answer within 20 s.', next: 'Wait a moment and try again.' },
    BAD_ANSWER: { what: 'The answer of the server cannot be read.', next: 'This page may be old: reload it.' },
  },
  ...agencyEnSessions,
  ...agencyEnPeople,
};
