import { emptyLiveView } from '@app/shared/view';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { installFakeApp } from '../../testing/fake-app.ts';
import { cardFixture, liveFixture, settingsFixture, systemFixture, uuid } from '../../testing/fixtures.ts';
import { mount, unmount } from '../../testing/mount.tsx';
import { Overlay } from './overlay.tsx';
import { firstView } from './overlay-state.ts';
import './overlay.css';

let nextId = 5000;
const freshCard = (change = {}) => cardFixture(Date.now(), { id: uuid(nextId++), ...change });
const withCards = (cards: ReturnType<typeof freshCard>[]) => ({ ...liveFixture(Date.now()), cards });
const settle = (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whatever says this, alone or among other words. */
const saying = (text: string) => page.getByText(text, { exact: false }).first();

beforeEach(() => page.viewport(420, 700));
afterEach(() => {
  vi.restoreAllMocks();
  unmount();
});

test('an overlay with nothing to say asks for no animation frame and sets no timer', async () => {
  const app = installFakeApp({ live: withCards([]) });
  mount(<Overlay />);
  await expect.element(saying('偏忙')).toBeVisible();
  await settle();
  const frames = vi.spyOn(window, 'requestAnimationFrame');
  const intervals = vi.spyOn(window, 'setInterval');
  const changes = vi.fn();
  const watch = new MutationObserver(changes);
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const calls = app.calls.length;
  await settle(2500);
  watch.disconnect();
  expect(frames).not.toHaveBeenCalled();
  expect(intervals).not.toHaveBeenCalled();
  expect(changes).not.toHaveBeenCalled();
  expect(app.calls.length).toBe(calls);
});

test('the timer of the expiry line ends with the last card', async () => {
  const app = installFakeApp({ live: withCards([]) });
  const started = vi.spyOn(window, 'setInterval');
  const ended = vi.spyOn(window, 'clearInterval');
  mount(<Overlay />);
  await settle();
  app.push('overlay.changed', firstView(withCards([freshCard()])));
  await expect.element(page.getByTestId('card')).toBeVisible();
  await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(1));
  app.push('overlay.changed', firstView(withCards([])));
  await expect.element(page.getByTestId('card')).not.toBeInTheDocument();
  await vi.waitFor(() => expect(ended).toHaveBeenCalledWith(started.mock.results[0]?.value));
});

test('a card is reported as shown once, with the time at which it was on the screen', async () => {
  const before = Date.now();
  const card = freshCard();
  const app = installFakeApp({ live: withCards([card]) });
  mount(<Overlay />);
  await vi.waitFor(() => expect(app.callsOf('suggestion.shown')).toHaveLength(1));
  const [shown] = app.callsOf('suggestion.shown');
  expect(shown?.suggestionId).toBe(card.id);
  expect(shown?.shownAt).toBeGreaterThanOrEqual(before);
  app.push('overlay.changed', firstView(withCards([{ ...card, shownAt: shown?.shownAt ?? null }])));
  await settle(300);
  expect(app.callsOf('suggestion.shown')).toHaveLength(1);
});

test('the report waits for the second frame after the card entered the page', async () => {
  const app = installFakeApp({ live: withCards([]) });
  const queue: FrameRequestCallback[] = [];
  mount(<Overlay />);
  await settle();
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((callback) => queue.push(callback));
  app.push('overlay.changed', firstView(withCards([freshCard()])));
  await settle();
  expect(queue).toHaveLength(1);
  queue.shift()?.(0);
  expect(app.callsOf('suggestion.shown')).toHaveLength(0);
  queue.shift()?.(16);
  expect(app.callsOf('suggestion.shown')).toHaveLength(1);
});

test('an expired card is never drawn, and one that expires leaves by itself', async () => {
  const late = freshCard({ expiresAt: Date.now() - 1 });
  installFakeApp({ live: withCards([late, freshCard({ expiresAt: Date.now() + 900 })]) });
  mount(<Overlay />);
  await expect.element(page.getByTestId('card')).toBeVisible();
  expect(page.getByTestId('card').elements()).toHaveLength(1);
  await vi.waitFor(() => expect(page.getByTestId('card').elements()).toHaveLength(0), { timeout: 4000 });
});

test('at most two cards stand there, and a critical one says so in words and as an alert', async () => {
  const critical = freshCard({ urgency: 'critical', trigger: 'abuse', params: { count: 12, viewers: 3 } });
  installFakeApp({ live: withCards([critical, freshCard(), freshCard()]) });
  mount(<Overlay />);
  await expect.element(saying('紧急')).toBeVisible();
  expect(page.getByTestId('card').elements()).toHaveLength(2);
  expect(document.querySelector('[role=alert]')?.textContent).toContain('12\u00a0条攻击已折叠');
});

test('the keys on the first card are those of the settings; a key that another program holds is not promised', async () => {
  const settings = { ...settingsFixture, hotkeys: { ...settingsFixture.hotkeys, accept: 'Control+Shift+K' } };
  installFakeApp({
    live: withCards([freshCard(), freshCard()]),
    answers: {
      'settings.get': () => ({ settings }),
      'system.get': () => ({ ...systemFixture, hotkeysTaken: ['F9'] }),
    },
  });
  mount(<Overlay />);
  await expect.element(saying('Ctrl+Shift+K')).toBeVisible();
  expect(document.querySelectorAll('kbd')).toHaveLength(1);
});

test('a touched overlay accepts, dismisses and rates', async () => {
  const card = freshCard();
  const app = installFakeApp({
    live: withCards([card]),
    answers: { 'system.get': () => ({ ...systemFixture, overlayTouchable: true }) },
  });
  mount(<Overlay />);
  await page.getByRole('button', { name: '采用' }).click();
  await page.getByTestId('rating-4').click();
  await page.getByRole('button', { name: '跳过' }).click();
  expect(app.callsOf('suggestion.accept')).toEqual([{ suggestionId: card.id }]);
  expect(app.callsOf('suggestion.rate')).toEqual([{ suggestionId: card.id, rating: 4 }]);
  expect(app.callsOf('suggestion.dismiss')).toEqual([{ suggestionId: card.id }]);
});

test('the mouse passes through until Alt is held, and again after it is let go', async () => {
  const app = installFakeApp({ live: withCards([freshCard()]) });
  mount(<Overlay />);
  await expect.element(page.getByTestId('card')).toBeVisible();
  expect(page.getByRole('button').elements()).toHaveLength(0);
  document.dispatchEvent(new MouseEvent('mousemove', { altKey: true }));
  await expect.element(page.getByRole('button', { name: '采用' })).toBeVisible();
  document.dispatchEvent(new MouseEvent('mousemove', { altKey: false }));
  await expect.element(page.getByRole('button', { name: '采用' })).not.toBeInTheDocument();
  expect(app.callsOf('overlay.touch')).toEqual([{ active: true }, { active: false }]);
});

test('dragging the bar moves the window by what the pointer moved', async () => {
  const app = installFakeApp({ answers: { 'system.get': () => ({ ...systemFixture, overlayTouchable: true }) } });
  mount(<Overlay />);
  await expect.element(saying('偏忙')).toBeVisible();
  await vi.waitFor(() => expect(document.querySelector('.touchable')).not.toBeNull());
  const bar = document.querySelector('.bar-frame') as HTMLElement;
  bar.setPointerCapture = () => undefined;
  const move = (type: string, screenX: number, screenY: number) =>
    bar.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, screenX, screenY }));
  move('pointerdown', 100, 100);
  move('pointermove', 130, 90);
  await settle(50);
  move('pointerup', 130, 90);
  move('pointermove', 400, 400);
  expect(app.callsOf('overlay.move')).toEqual([{ dx: 30, dy: -10 }]);
});

test('main hears the height of the bar alone and with a card', async () => {
  const app = installFakeApp({ live: withCards([]) });
  mount(<Overlay />);
  await vi.waitFor(() => expect(app.callsOf('overlay.size').at(-1)?.height).toBe(56));
  app.push('overlay.changed', firstView(withCards([freshCard()])));
  await vi.waitFor(() => expect(app.callsOf('overlay.size').at(-1)?.height).toBeGreaterThan(140));
});

test('as dots it is 12 px high', async () => {
  const settings = { ...settingsFixture, overlay: { ...settingsFixture.overlay, dots: true } };
  const app = installFakeApp({ live: withCards([]), answers: { 'settings.get': () => ({ settings }) } });
  mount(<Overlay />);
  await vi.waitFor(() => expect(app.callsOf('overlay.size').at(-1)?.height).toBe(12));
});

test('where the system cannot hide windows from captures the bar says so, and it never claims more than was tested', async () => {
  installFakeApp({ live: emptyLiveView });
  mount(<Overlay />);
  await expect.element(saying('可能被录到')).toBeVisible();
  installFakeApp({
    live: emptyLiveView,
    answers: { 'system.get': () => ({ ...systemFixture, captureProtection: 'unknown' }) },
  });
  mount(<Overlay />);
  await expect.element(saying('未验证')).toBeVisible();
});

test('the age of the last event is shown only from ten seconds on, in the steps that were pushed', async () => {
  const live = withCards([]);
  const app = installFakeApp({ live });
  mount(<Overlay />);
  await settle();
  app.push('overlay.changed', { ...firstView(live), connector: 'silent', staleSeconds: 30 });
  await expect.element(saying('停了 30 秒')).toBeVisible();
  app.push('overlay.changed', { ...firstView(live), staleSeconds: null });
  await expect.element(saying('停了 30 秒')).not.toBeInTheDocument();
});

test('what a hotkey came to stands there for a moment, and then the overlay is as still as before', async () => {
  const app = installFakeApp({ live: withCards([]) });
  mount(<Overlay />);
  await settle();
  app.push('hotkey.pressed', { action: 'mark', code: null });
  await expect.element(saying('已打点')).toBeVisible();
  app.push('hotkey.pressed', { action: 'help', code: 'NO_SESSION' });
  await expect.element(saying('现在没有在播')).toBeVisible();
  await expect.element(saying('已打点')).not.toBeInTheDocument();
  await settle(2_800);
  expect(document.querySelector('.overlay-note')?.textContent).toBe('');
});

test('an overlay that can be touched says so, and for how long', async () => {
  const app = installFakeApp({ live: withCards([]) });
  mount(<Overlay />);
  await settle();
  app.push('system.changed', { ...systemFixture, overlayTouchable: true });
  await expect.element(saying('可以点按和拖动')).toBeVisible();
  app.push('system.changed', systemFixture);
  await expect.element(saying('可以点按和拖动')).not.toBeInTheDocument();
});
