import type { Language } from '@app/shared/settings';
import { agencyWordsFor } from '@app/shared/words/agency';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { type Answers, Refusal, requestId } from '../testing/fake-server.ts';
import {
  consentFixture,
  overviewFixture,
  personFixture,
  sessionFixture,
  sessionRowFixture,
  streamerFixture,
  uuid,
} from '../testing/fixtures.ts';
import { closeAgency, openAgency, signedOut } from '../testing/open-agency.tsx';

const en = agencyWordsFor('en');
const han = /\p{Script=Han}/u;
const ofFeeling =
  /情绪|心情|开心|高兴|愤怒|生气|悲伤|难过|焦虑|抑郁|emotion|mood|happy|happiness|angry|anger|\bsad\b|anxi|depress/i;
const adminPages = [
  '/',
  '/sessions',
  `/sessions/${uuid(10)}`,
  '/people',
  `/people/${uuid(3)}`,
  '/invites',
  '/account',
  '/nowhere',
];
const streamerPages = ['/', `/sessions/${uuid(10)}`, '/consents', '/access-log', '/account'];
const anEntry: Answers['me.accessLog'] = () => ({
  items: [
    {
      id: uuid(40),
      at: '2026-11-24T16:00:00Z',
      reader: { id: uuid(2), username: 'Ada', role: 'agency_admin' },
      what: 'session',
      session_id: uuid(10),
    },
  ],
  next_cursor: null,
});
const ownSession: Answers['sessions.get'] = () => ({
  ...sessionFixture,
  suggestions: [
    { type: 'content', urgency: 'low', shown: 4, used: 1 },
    { type: 'emotion', urgency: 'low', shown: 2, used: 1 },
  ],
});
const asStreamer = { user: streamerFixture, answers: { 'me.accessLog': anEntry, 'sessions.get': ownSession } };

beforeEach(() => page.viewport(1440, 900));
afterEach(closeAgency);

/** The words of a page, once it has them all. */
async function wordsOf(at: string, language: Language, options: Parameters<typeof openAgency>[0] = {}) {
  openAgency({ ...options, at, language });
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => document.querySelector('[aria-busy="true"]')).toBeNull();
  const copy = document.body.cloneNode(true) as HTMLElement;
  for (const own of copy.querySelectorAll('[lang="zh-CN"]')) own.remove();
  const spoken = [...copy.querySelectorAll('[aria-label], [title], [data-title]')].map((node) =>
    ['aria-label', 'title', 'data-title'].map((name) => node.getAttribute(name) ?? '').join(' '),
  );
  return `${copy.textContent} ${spoken.join(' ')} ${document.title}`;
}

test.each(adminPages)('%s holds no Chinese in English and no word of feelings in any language', async (at) => {
  const english = await wordsOf(at, 'en');
  expect(english.length).toBeGreaterThan(60);
  expect(english.match(han)).toBeNull();
  expect(english.match(ofFeeling)).toBeNull();
  expect((await wordsOf(at, 'zh')).match(ofFeeling)).toBeNull();
});

test.each(streamerPages)('%s of a streamer holds no Chinese in English and no word of feelings', async (at) => {
  const english = await wordsOf(at, 'en', asStreamer);
  expect(english.match(han)).toBeNull();
  expect(english.match(ofFeeling)).toBeNull();
  expect((await wordsOf(at, 'zh', asStreamer)).match(ofFeeling)).toBeNull();
});

test('each missing consent says that it is missing and why, and no cell is a dash', async () => {
  const text = await wordsOf(`/sessions/${uuid(10)}`, 'zh');
  const zh = agencyWordsFor('zh');
  expect(page.getByTestId('missing-consent').elements()).toHaveLength(2);
  expect(text).toContain('未获主播授权');
  expect(text).toContain(zh.consent.missingWhy.danmaku_excerpts);
  expect(text).toContain(zh.consent.missingWhy.wellbeing_summary);
  for (const cell of document.querySelectorAll('dd, td')) expect(cell.textContent?.trim()).not.toMatch(/^[-–—]?$/);
});

test('a consent that was given is not called missing', async () => {
  const consents = [{ kind: 'danmaku_excerpts' as const, granted: true }];
  await wordsOf(`/sessions/${uuid(10)}`, 'en', {
    answers: { 'sessions.get': () => ({ ...sessionFixture, consents }) },
  });
  expect(page.getByTestId('missing-consent').elements()).toHaveLength(1);
  await expect.element(page.getByText(en.consent.givenNothing)).toBeVisible();
});

test('one look at a session is one logged read: the page of its streamer is not asked for', async () => {
  const { calls } = openAgency({ at: `/sessions/${uuid(10)}` });
  await expect.element(page.getByTestId('session-page')).toBeVisible();
  await expect.element(page.getByTestId('missing-consent').first()).toBeVisible();
  const logged = calls.filter(({ name }) => name === 'sessions.get' || name === 'users.get');
  expect(logged.map(({ name }) => name)).toEqual(['sessions.get']);
});

test('the page of a streamer says plainly what they took back, and nothing when they took nothing', async () => {
  const open = (changes: Partial<typeof personFixture>) =>
    wordsOf(`/people/${uuid(3)}`, 'en', { answers: { 'users.get': () => ({ ...personFixture, ...changes }) } });
  const at = '2026-01-05T08:00:00Z';
  expect(await open({ consents: [{ ...consentFixture, granted: false, at }] })).toContain('has withdrawn consent');
  expect(await open({ erased_at: at })).toContain('has erased sessions of their own');
  await open({});
  expect(page.getByTestId('taken-back').elements()).toEqual([]);
});

test('an admin is told that the read was logged; a streamer on their own page is not', async () => {
  expect(await wordsOf(`/sessions/${uuid(10)}`, 'en')).toContain(en.session.logged);
  const own = await wordsOf(`/sessions/${uuid(10)}`, 'en', asStreamer);
  expect(own).not.toContain(en.session.logged);
  expect(own).toContain(en.session.ownOnly);
});

test('quality is told in words: share, reconnects, gaps added up, devices, latency', async () => {
  const text = await wordsOf(`/sessions/${uuid(10)}`, 'en');
  expect(text).toContain('Connected to the platform 97.2% of the time. 3\u00a0reconnects.');
  expect(text).toContain('Chat connection: 2\u00a0gaps, 7\u00a0min in all');
  expect(text).toContain('Camera had trouble once');
  expect(text).toContain('Half within 81\u00a0ms, 95% within 240\u00a0ms.');
});

test('below five streamers the overview says why it shows no totals of cards', async () => {
  expect(await wordsOf('/', 'en')).toContain(en.overview.tooFew(5, 3));
  const suggestions = [{ type: 'content' as const, urgency: 'low' as const, shown: 300, used: 120 }];
  const many = { 'reports.overview': () => ({ ...overviewFixture, streamers: 6, suggestions }) };
  const text = await wordsOf('/', 'en', { answers: many });
  expect(text).not.toContain(en.overview.tooFew(5, 6));
  expect(text).toContain('40%');
});

test('an agency without sessions is told what fills the page, and led there', async () => {
  const weeks = overviewFixture.weeks.map((week) => ({ ...week, sessions: 0, streamers: 0, hours_live: 0 }));
  openAgency({ answers: { 'reports.overview': () => ({ streamers: 0, weeks, suggestions: null }) } });
  await page.getByRole('button', { name: en.overview.emptyAction }).click();
  expect(window.location.pathname).toBe('/invites');
});

test('an invite code is shown once: not after it was closed, nor anywhere else in the page', async () => {
  openAgency({ at: '/invites' });
  await page.getByTestId('invite-username').fill('Nora');
  await page.getByTestId('invite-make').click();
  await expect.element(page.getByTestId('invite-code')).toHaveTextContent('2345ABCDEF');
  await expect.element(page.getByTestId('invite-code')).toHaveFocus();
  await page.getByRole('button', { name: en.invites.done }).click();
  await expect.element(page.getByTestId('invite-username')).toHaveValue('');
  expect(document.documentElement.outerHTML).not.toContain('2345ABCDEF');
  await page.getByTestId('nav-people').click();
  await page.getByTestId('nav-invites').click();
  await expect.element(page.getByTestId('invite-row')).toBeVisible();
  expect(document.documentElement.outerHTML).not.toContain('2345ABCDEF');
});

test('a device is shut off only after a question', async () => {
  const { callsOf } = openAgency({ at: `/people/${uuid(3)}` });
  await page.getByRole('button', { name: en.person.revoke, exact: true }).click();
  await expect.element(page.getByText(en.person.revokeWhat)).toBeVisible();
  await page.getByRole('button', { name: en.actions.cancel }).click();
  expect(callsOf('devices.revoke')).toEqual([]);
  await page.getByRole('button', { name: en.person.revoke, exact: true }).click();
  await page.getByRole('button', { name: en.person.revokeYes }).click();
  await expect.poll(() => callsOf('devices.revoke')).toMatchObject([{ params: { id: uuid(12) } }]);
});

test('a streamer has no way to the pages of an admin', async () => {
  const { callsOf } = openAgency({ at: '/people', ...asStreamer });
  await expect.element(page.getByText(en.notFound)).toBeVisible();
  await expect.element(page.getByTestId('nav-people')).not.toBeInTheDocument();
  await page.getByTestId('nav-access-log').click();
  await expect.element(page.getByText(en.accessLog.what.session, { exact: false })).toBeVisible();
  expect(callsOf('users.list')).toEqual([]);
});

test('an assistant sees the account and nothing else', async () => {
  openAgency({ at: '/', user: { ...streamerFixture, role: 'assistant' } });
  await expect.element(page.getByText(en.account.assistantNote)).toBeVisible();
  expect(document.querySelectorAll('.nav-item')).toHaveLength(1);
});

test('a list that could not be read says what happened, and reads on request', async () => {
  const { answers } = openAgency({ at: '/sessions', answers: { 'sessions.list': refuseAll } });
  await expect.element(page.getByTestId('error')).toMatchTextContent(new RegExp(`INTERNAL.${requestId}`));
  answers['sessions.list'] = () => ({ items: [sessionRowFixture], next_cursor: null });
  await page.getByRole('button', { name: en.actions.retry }).click();
  await expect.element(page.getByTestId('session-row')).toBeVisible();
});

test('when a refresh fails, the old figures stay and are called old', async () => {
  const { answers } = openAgency();
  await expect.element(page.getByTestId('overview-numbers')).toBeVisible();
  answers['reports.overview'] = refuseAll;
  await page.getByRole('button', { name: en.actions.refresh }).click();
  await expect.element(page.getByText(en.stale('just now'))).toBeVisible();
  await expect.element(page.getByTestId('overview-numbers')).toBeVisible();
});

test('a slow page shows nothing at once, blocks after a moment and words after two seconds', async () => {
  openAgency({ at: '/people', answers: { 'users.list': () => new Promise(() => undefined) } });
  await expect.element(page.getByTestId('nav-people')).toBeVisible();
  expect(document.querySelector('.loading-block')).toBeNull();
  await expect.poll(() => document.querySelector('.loading-block')).not.toBeNull();
  await expect.element(page.getByText(en.loading.page), { timeout: 3500 }).toBeVisible();
});

test('the keyboard reaches a session through the list, and the focus follows to its page', async () => {
  openAgency({ at: '/sessions' });
  await expect.element(page.getByTestId('session-row')).toBeVisible();
  for (let steps = 0; steps < 20 && !document.activeElement?.classList.contains('row-cover'); steps += 1)
    await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByTestId('session-page')).toBeVisible();
  expect(document.activeElement?.id).toBe('main');
  await userEvent.tab();
  expect(document.activeElement?.textContent).toBe(en.session.back);
});

test.each([390, 1280, 1440, 1920])('no page is wider than a window of %i px', async (width) => {
  await page.viewport(width, 800);
  for (const at of adminPages) {
    await wordsOf(at, 'en');
    expect(document.documentElement.scrollWidth, at).toBeLessThanOrEqual(width);
  }
});

test('the door is there in both languages, and the switch names the other in its own words', async () => {
  openAgency({ answers: signedOut });
  await page.getByRole('button', { name: '中文' }).click();
  await expect.element(page.getByTestId('login-submit')).toHaveTextContent('登录');
  expect(document.documentElement.lang).toBe('zh-CN');
});

function refuseAll(): never {
  throw new Refusal(500, 'INTERNAL');
}
