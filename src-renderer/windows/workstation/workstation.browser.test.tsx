import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { resetApp, startApp } from '../../app-store.ts';
import { FakeFailure, installFakeApp } from '../../testing/fake-app.ts';
import {
  cardFixture,
  liveFixture,
  rowFixture,
  sessionId,
  settingsFixture,
  systemFixture,
  uuid,
} from '../../testing/fixtures.ts';
import { mount, unmount } from '../../testing/mount.tsx';
import { Workstation } from './workstation.tsx';
import '../../ui/base.css';
import './workstation.css';

let stop: (() => void) | null = null;
const han = /\p{Script=Han}/u;
const english = { ...settingsFixture, language: 'en' as const };

function open(options: Parameters<typeof installFakeApp>[0] = {}) {
  const app = installFakeApp(options);
  resetApp();
  stop = startApp();
  mount(<Workstation />);
  return app;
}

/** Whatever says this, alone or among other words. */
const saying = (text: string) => page.getByText(text, { exact: false }).first();

beforeEach(() => page.viewport(1440, 900));
afterEach(() => {
  unmount();
  stop?.();
  stop = null;
});

test('start waits until the live page was read, and then starts a rehearsal', async () => {
  let answer: () => void = () => undefined;
  const waiting = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const app = open({
    live: null,
    answers: {
      'live.get': async () => {
        await waiting;
        return { live: (await import('@app/shared/view')).emptyLiveView, danmaku: [] };
      },
    },
  });
  await expect.element(page.getByTestId('start')).toBeDisabled();
  answer();
  await expect.element(page.getByTestId('start')).toBeEnabled();
  await page.getByTestId('start').click();
  expect(app.callsOf('session.start')).toEqual([{ source: 'rehearsal' }]);
});

test('a page that cannot be read says what happened, keeps its code and can be read again', async () => {
  let fails = true;
  open({
    live: null,
    answers: {
      'live.get': async () => {
        if (fails) throw new FakeFailure('ENGINE_AWAY');
        return { live: (await import('@app/shared/view')).emptyLiveView, danmaku: [] };
      },
    },
  });
  await expect.element(page.getByTestId('error')).toMatchTextContent('记录进程没有应答');
  await expect.element(page.getByTestId('error')).toMatchTextContent('ENGINE_AWAY');
  await expect.element(page.getByTestId('start')).toBeDisabled();
  fails = false;
  await page.getByRole('button', { name: '重试' }).click();
  await expect.element(page.getByTestId('start')).toBeEnabled();
});

test('accepting, dismissing and rating a card reach the engine', async () => {
  const app = open();
  await page.getByTestId('accept').click();
  await page.getByTestId('dismiss').click();
  await page.getByTestId('rating-2').first().click();
  const id = uuid(900);
  expect(app.callsOf('suggestion.accept')).toEqual([{ suggestionId: id }]);
  expect(app.callsOf('suggestion.dismiss')).toEqual([{ suggestionId: id }]);
  expect(app.callsOf('suggestion.rate')).toEqual([{ suggestionId: uuid(901), rating: 2 }]);
});

test('a card shows the words it rests on', async () => {
  open();
  await page.getByRole('button', { name: '为什么' }).click();
  await expect.element(saying('90 秒内 3 条')).toBeVisible();
  await expect.element(page.getByText('「remote areas too?」', { exact: true })).toBeVisible();
});

test('an expired card is not shown', async () => {
  const now = Date.now();
  open({ live: { ...liveFixture(now), cards: [cardFixture(now, { expiresAt: now - 1 })] } });
  await expect.element(saying('没有要说的')).toBeVisible();
  expect(page.getByTestId('card').elements()).toHaveLength(0);
});

test('a question marked answered names its danmaku', async () => {
  const app = open();
  await expect.element(page.getByTestId('question-row').first()).toMatchTextContent('12 人问');
  await page.getByTestId('answered').first().click();
  expect(app.callsOf('question.answered')).toEqual([{ danmakuIds: [uuid(11)] }]);
});

test('the voice says how many clips it has heard until it is sure', async () => {
  open();
  await expect.element(page.getByTestId('voice-state')).toMatchTextContent('已听 7/20 段，还不确定');
});

test('a page in English holds no Chinese', async () => {
  const app = open({ answers: { 'settings.get': () => ({ settings: english }) } });
  const chinese = () => document.body.textContent.replaceAll('中文', '').match(new RegExp(han, 'gu'))?.join('') ?? '';
  await expect.element(saying('To answer')).toBeVisible();
  expect(chinese()).toBe('');
  for (const name of ['history', 'settings', 'pairing'] as const) {
    await page.getByTestId(`nav-${name}`).click();
    await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(chinese()).toBe('');
  }
  await page.getByTestId('nav-history').click();
  await page.getByTestId('session-row').first().click();
  await expect.element(page.getByTestId('report')).toBeVisible();
  expect(chinese()).toBe('');
  const labels = [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap((element) =>
    ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
  );
  expect(labels.filter((label) => han.test(label))).toEqual([]);
  expect(app.calls.length).toBeGreaterThan(0);
});

test('the language button asks main and the page follows', async () => {
  const app = open();
  await expect.element(saying('待回答')).toBeVisible();
  await page.getByTestId('lang-toggle').click();
  await expect.element(saying('To answer')).toBeVisible();
  expect(app.callsOf('settings.set')).toEqual([{ language: 'en' }]);
  expect(document.documentElement.lang).toBe('en');
});

test('of 1,200 messages the newest 500 stay, few are drawn, and what is missing is counted', async () => {
  const app = open();
  await expect.element(saying('待回答')).toBeVisible();
  for (let batch = 0; batch < 12; batch += 1) {
    const rows = Array.from({ length: 100 }, (_, index) => rowFixture(batch * 100 + index));
    app.push('live.danmaku', { rows, dropped: batch === 3 ? 40 : 0 });
  }
  await expect.element(page.getByText('message 1199', { exact: true })).toBeVisible();
  expect(page.getByTestId('danmaku-row').elements().length).toBeLessThan(60);
  await expect
    .element(page.getByTestId('danmaku-losses'))
    .toMatchTextContent('只显示最近 500 条，更早的 700 条可以搜索');
  await expect.element(page.getByTestId('danmaku-losses')).toMatchTextContent('略过显示 40 条');
});

test('a paused list holds still and counts what came since', async () => {
  const app = open();
  app.push('live.danmaku', { rows: [rowFixture(1)], dropped: 0 });
  await expect.element(page.getByText('message 1', { exact: true })).toBeVisible();
  await page.getByTestId('danmaku-pause').click();
  app.push('live.danmaku', { rows: [rowFixture(2), rowFixture(3)], dropped: 0 });
  await expect.element(page.getByTestId('danmaku-pause')).toMatchTextContent('2 条新');
  expect(page.getByTestId('danmaku-row').elements()).toHaveLength(1);
  await page.getByTestId('danmaku-pause').click();
  await expect.element(page.getByText('message 3', { exact: true })).toBeVisible();
});

test('abuse is folded until it is asked for', async () => {
  const app = open();
  app.push('live.danmaku', { rows: [rowFixture(7, { abusive: true, content: 'something nasty' })], dropped: 0 });
  await expect.element(saying('攻击内容已折叠')).toBeVisible();
  expect(document.body.textContent).not.toContain('something nasty');
  await page.getByRole('button', { name: '展开' }).click();
  await expect.element(saying('something nasty')).toBeVisible();
});

test('search asks the engine and says when it finds nothing', async () => {
  const app = open();
  const box = page.getByRole('textbox', { name: '搜索存下的弹幕' });
  await box.fill('fabric');
  await userEvent.keyboard('{Enter}');
  await expect.element(saying('没有找到「fabric」')).toBeVisible();
  expect(app.callsOf('danmaku.search')).toEqual([{ query: 'fabric', limit: 200 }]);
});

test('ending asks nothing and offers the report', async () => {
  const app = open();
  await page.getByTestId('stop').click();
  expect(app.callsOf('session.stop')).toHaveLength(1);
  app.push('live.changed', { session: null });
  await page.getByTestId('open-report').click();
  await expect.element(page.getByTestId('report')).toBeVisible();
  expect(app.callsOf('sessions.get')).toEqual([{ sessionId }]);
});

test('a session that was left open is offered for resuming or closing', async () => {
  const resumable = { sessionId, roomName: 'Rehearsal room', startedAt: 1, lastEventAt: Date.now() };
  const app = open({ live: { ...(await import('@app/shared/view')).emptyLiveView, resumable } });
  await page.getByTestId('resume').click();
  await page.getByTestId('resume-close').click();
  expect(app.callsOf('session.resume')).toEqual([{ sessionId }]);
  expect(app.callsOf('session.close')).toEqual([{ sessionId }]);
});

test('a call that fails is said in words with its code, and can be closed', async () => {
  open({
    answers: {
      'marker.add': () => {
        throw new FakeFailure('NO_SESSION');
      },
    },
  });
  await page.getByTestId('mark').click();
  await expect.element(page.getByTestId('error')).toMatchTextContent('现在没有在播');
  await page.getByRole('button', { name: '关闭' }).click();
  await expect.element(page.getByTestId('error')).not.toBeInTheDocument();
});

test('each state of a device that is not fine has its sentence, and a part that is away is said once at the top', async () => {
  const app = open();
  await expect.element(saying('直播医生')).toBeVisible();
  app.push('system.changed', {
    ...systemFixture,
    camera: { state: 'busy', label: '' },
    processes: { ...systemFixture.processes, inference: 'failed' },
  });
  await expect.element(saying('多半是 OBS')).toBeVisible();
  await saying('模型进程连续三次没能启动').hover();
  await page.getByRole('button', { name: '重启', exact: true }).first().click();
  expect(app.callsOf('part.restart')).toEqual([{ part: 'inference' }]);
});

test('the whole way from the first page to a started rehearsal works by keyboard', async () => {
  const app = open({ live: null });
  await expect.element(page.getByTestId('start')).toBeEnabled();
  (document.activeElement as HTMLElement | null)?.blur();
  const reached: string[] = [];
  for (let step = 0; step < 20; step += 1) {
    await userEvent.keyboard('{Tab}');
    const focused = document.activeElement as HTMLElement | null;
    reached.push(focused?.dataset.testid ?? focused?.textContent ?? '');
    if (focused?.dataset.testid === 'start') break;
  }
  expect(reached).toContain('nav-live');
  expect(reached.at(-1)).toBe('start');
  expect(getComputedStyle(document.activeElement as Element).outlineStyle).not.toBe('none');
  await userEvent.keyboard('{Enter}');
  expect(app.callsOf('session.start')).toHaveLength(1);
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByRole('heading', { level: 1 })).toMatchTextContent('直播记录');
});

test('the banners of a rehearsal and of an Electron for tests are there', async () => {
  open({ answers: { 'system.get': () => ({ ...systemFixture, oldElectron: true }) } });
  await expect.element(saying('彩排：模拟房间与示例媒体')).toBeVisible();
  await expect.element(saying('此 Electron 仅供测试与彩排')).toBeVisible();
});

test('nothing of the live page is wider than the window at 1280 x 720', async () => {
  await page.viewport(1280, 720);
  open();
  await expect.element(saying('待回答')).toBeVisible();
  await vi.waitFor(() => expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1280));
  const wide = () =>
    [...document.querySelectorAll('.panel')]
      .filter((panel) => panel.getBoundingClientRect().right > 1280 || panel.scrollWidth > panel.clientWidth + 1)
      .map((panel) => panel.getAttribute('aria-label'));
  await vi.waitFor(() => expect(wide()).toEqual([]));
});

test('a full disk is said only while the database takes nothing', async () => {
  const app = open();
  await expect.element(saying('待回答')).toBeVisible();
  expect(page.getByTestId('storage-trouble').elements()).toHaveLength(0);
  app.push('live.changed', { storage: { state: 'full', waiting: 1200 } });
  await expect.element(page.getByTestId('storage-trouble')).toMatchTextContent('1,200 条记录先放在内存里');
  app.push('live.changed', { storage: { state: 'ok', waiting: 0 } });
  await expect.element(page.getByTestId('storage-trouble')).not.toBeInTheDocument();
});

test('a second click on start or on end is not a second wish', async () => {
  const slow = () => new Promise<{ sessionId: string }>((resolve) => setTimeout(() => resolve({ sessionId }), 200));
  const app = open({ live: null, answers: { 'session.start': slow } });
  await page.getByTestId('start').dblClick();
  await vi.waitFor(() => expect(app.callsOf('session.start')).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(app.callsOf('session.start')).toHaveLength(1);
});

test('the sentence of a failure goes with the next thing that is done', async () => {
  open({
    answers: {
      'help.ask': () => {
        throw new FakeFailure('NO_SESSION');
      },
    },
  });
  await page.getByTestId('help').click();
  await expect.element(page.getByTestId('error')).toMatchTextContent('NO_SESSION');
  await page.getByTestId('mark').click();
  await expect.element(page.getByTestId('error')).not.toBeInTheDocument();
});

test('a hotkey is answered in words, and what it could not do too', async () => {
  const app = open();
  await expect.element(saying('待回答')).toBeVisible();
  app.push('hotkey.pressed', { action: 'mark', code: null });
  await expect.element(saying('已打点')).toBeVisible();
  app.push('hotkey.pressed', { action: 'help', code: 'NO_SESSION' });
  await expect.element(page.getByTestId('error')).toMatchTextContent('NO_SESSION');
});

test.each([
  [1280, 720],
  [1024, 640],
  [720, 450],
])(
  'at %i by %i nothing sticks out of the window, in English too, and every button stands in its own panel',
  async (width, height) => {
    await page.viewport(width, height);
    open({ answers: { 'settings.get': () => ({ settings: english }) } });
    await expect.element(saying('To answer')).toBeInTheDocument();
    await expect.element(page.getByTestId('danmaku-pause')).toBeInTheDocument();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    for (const button of document.querySelectorAll('.frame button, .frame input')) {
      const box = button.getBoundingClientRect();
      const around = (button.closest('.panel') ?? document.body).getBoundingClientRect();
      expect(box.right, button.outerHTML.slice(0, 120)).toBeLessThanOrEqual(around.right + 1);
    }
    const clock = document.querySelector('.fact-clock')!.getBoundingClientRect();
    const mark = document.querySelector('[data-testid=mark]')!.getBoundingClientRect();
    expect(clock.right <= mark.left || clock.bottom <= mark.top).toBe(true);
  },
);

test('a replay that is over or cannot be read is not called a platform that went off air', async () => {
  const live = liveFixture(Date.now());
  const replay = { ...live, session: { ...live.session!, source: 'replay' as const } };
  const app = open({ live: { ...replay, connector: { ...live.connector, state: 'ended' } } });
  await expect.element(saying('文件放完了')).toBeVisible();
  expect(document.body.textContent).not.toContain('已下播');
  app.push('live.changed', { connector: { ...live.connector, state: 'error' } });
  await expect.element(saying('文件里没有能读的弹幕')).toBeVisible();
});
