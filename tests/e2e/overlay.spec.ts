// What the overlay promises on a real screen, and what happens when a device is refused or not there.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type LiveApp, pictures, pressKey, type Room, startApp, startRoom } from './live-app.ts';

test.beforeAll(() => void mkdirSync(pictures, { recursive: true }));

const xdotool = (...args: string[]) => execFileSync('xdotool', args, { encoding: 'utf8' }).trim();
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const hotkeys = ['F6', 'F7', 'F8', 'F9', 'F10', 'Shift+F10'];

async function onAir(room: Room, choice: Parameters<typeof startApp>[0] = {}): Promise<LiveApp> {
  const app = await startApp({ ...choice, args: [`--endpoint=${room.endpoint}`, '--cooldowns-off'] });
  await app.workstation.getByTestId('start').first().click();
  await app.until(
    'on air',
    () => app.call('live.get', {}),
    ({ live }) => live.connector.state === 'live',
  );
  return app;
}

const overlayState = (app: LiveApp) =>
  app.electron.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/overlay/'))!;
    return {
      box: window.getBounds(),
      visible: window.isVisible(),
      focused: window.isFocused(),
      onTop: window.isAlwaysOnTop(),
      pid: window.webContents.getOSProcessId(),
    };
  });

/** Frames that the compositor of one process drew within a time, out of Chromium's own trace. */
async function framesDrawn(app: LiveApp, pid: number, withinMs: number): Promise<number> {
  const path = await app.electron.evaluate(async ({ contentTracing }, ms) => {
    await contentTracing.startRecording({
      included_categories: ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame'],
    });
    await new Promise((done) => setTimeout(done, ms));
    return contentTracing.stopRecording();
  }, withinMs);
  const { traceEvents } = JSON.parse(readFileSync(path, 'utf8')) as { traceEvents: { name: string; pid: number }[] };
  rmSync(path);
  return traceEvents.filter((event) => event.name === 'DrawFrame' && event.pid === pid).length;
}

/** Clicks on the middle of the overlay's bar and says whether the workstation below heard it. */
async function clickReachesBelow(app: LiveApp): Promise<boolean> {
  const { box } = await overlayState(app);
  await app.workstation.evaluate(() => {
    const hear = () => {
      document.title = 'heard';
    };
    document.addEventListener('pointerdown', hear, { capture: true, once: true });
    document.title = 'waiting';
  });
  xdotool('mousemove', String(box.x + 150), String(box.y + 28), 'click', '1');
  await wait(400);
  return (await app.workstation.evaluate(() => document.title)) === 'heard';
}

test('the overlay stays above a window as large as the screen, lets the mouse through, takes no focus, and two presses make it touchable', async () => {
  const room = await startRoom();
  const app = await onAir(room);
  try {
    await app.electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/workstation/'));
      window?.setFullScreen(true);
    });
    await wait(1_000);
    expect(await overlayState(app)).toMatchObject({ visible: true, focused: false, onTop: true });
    expect(await clickReachesBelow(app)).toBe(true);
    expect(await overlayState(app)).toMatchObject({ focused: false });
    execFileSync('scrot', ['-o', join(pictures, 'screen-overlay-above.png')]);

    pressKey('F10');
    await wait(150);
    pressKey('F10');
    await app.until(
      'touchable',
      () => app.call('system.get', {}),
      (system) => system.overlayTouchable && system.overlayVisible,
    );
    await wait(400);
    expect(await clickReachesBelow(app)).toBe(false);
    const { box } = await overlayState(app);
    const [x, y] = [box.x + 150, box.y + 28];
    xdotool('mousemove', String(x), String(y), 'mousedown', '1');
    for (let step = 1; step <= 8; step++) {
      xdotool('mousemove', String(x - step * 20), String(y + step * 20));
      await wait(60);
    }
    xdotool('mouseup', '1');
    await wait(300);
    const after = await overlayState(app);
    expect(after.focused).toBe(false);
    expect(after.box.x).toBeLessThan(box.x - 100);
    expect(after.box.y).toBeGreaterThan(box.y + 100);
  } finally {
    await app.stop();
    room.stop();
  }
});

test('hidden, it leaves every key but its own to other programs, and comes back by that key', async () => {
  const room = await startRoom();
  const app = await onAir(room);
  const held = () =>
    app.electron.evaluate(
      ({ globalShortcut }, keys) => keys.filter((key) => globalShortcut.isRegistered(key)),
      hotkeys,
    );
  try {
    expect(await held()).toEqual(hotkeys);
    for (const visible of [false, true, false, true]) {
      pressKey('F10');
      await wait(800);
      expect((await overlayState(app)).visible).toBe(visible);
      expect(await held()).toEqual(visible ? hotkeys : ['F10']);
    }
    pressKey('F6');
    await expect(app.overlay.getByText('已打点')).toBeVisible();
  } finally {
    await app.stop();
    room.stop();
  }
});

test('while people chat and there is no card, the overlay draws not one frame in three seconds; with a card it draws', async () => {
  const room = await startRoom();
  const app = await onAir(room);
  try {
    const { pid } = await overlayState(app);
    await wait(2_000);
    const chat = ['晚上好', '来了来了', '今天的歌不错', '哈哈', '刚下班', '主播早'];
    const talk = setInterval(() => {
      const text = chat.shift();
      if (text) room.tell({ type: 'say', viewer: 50 + chat.length, text });
    }, 400);
    const idle = await framesDrawn(app, pid, 3_000);
    clearInterval(talk);
    expect(await app.overlay.getByTestId('card').count()).toBe(0);
    for (const [index, text] of ['发货到新疆要几天', '新疆几天能到', '到新疆要几天啊'].entries())
      room.tell({ type: 'say', viewer: index, text });
    await expect(app.overlay.getByTestId('card')).toBeVisible();
    const withCard = await framesDrawn(app, pid, 3_000);
    console.log(`overlay frames in 3 s: ${idle} idle, ${withCard} with a card`);
    expect(idle).toBe(0);
    expect(withCard).toBeGreaterThan(0);
  } finally {
    await app.stop();
    room.stop();
  }
});

const troubles = [
  { name: 'there is no camera', noDevices: true, state: 'missing', sentence: '没有找到选中的摄像头，请插好或换一个。' },
  {
    name: 'the camera is refused',
    noDevices: false,
    state: 'denied',
    sentence: '系统没有给摄像头权限，请在系统设置里放行。',
  },
];
for (const { name, noDevices, state, sentence } of troubles) {
  test(`where ${name} a sentence says so, and the chat goes on`, async () => {
    const room = await startRoom();
    const app = await onAir(room, { noDevices });
    try {
      if (state === 'denied') {
        await app.electron.evaluate(({ session }) => {
          session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
          session.defaultSession.setPermissionCheckHandler(() => false);
        });
      }
      await app.call('settings.set', { devices: { cameraAllowed: true } });
      await expect(app.workstation.getByText(sentence)).toBeVisible();
      const { camera, microphone } = await app.call('system.get', {});
      expect([camera.state, microphone.state]).toEqual([state, 'off']);
      await app.workstation.screenshot({ path: join(pictures, `camera-${state}.png`) });
      room.tell({ type: 'say', viewer: 1, text: '没有摄像头也能播' });
      await expect(app.workstation.getByText('没有摄像头也能播')).toBeVisible();
    } finally {
      await app.stop();
      room.stop();
    }
  });
}
