import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { resetApp, startApp } from '../../app-store.ts';
import { FakeFailure, installFakeApp } from '../../testing/fake-app.ts';
import { pairingFixture } from '../../testing/fixtures.ts';
import { mount, unmount } from '../../testing/mount.tsx';
import { isServerUrl, PairingPage } from './pairing-page.tsx';
import { SettingsPage } from './settings-page.tsx';

let stop: (() => void) | null = null;

function open(node: ReactNode, options: Parameters<typeof installFakeApp>[0] = { live: null }) {
  const app = installFakeApp(options);
  resetApp();
  stop = startApp();
  mount(node);
  return app;
}

/** Whatever says this, alone or among other words. */
const saying = (text: string) => page.getByText(text, { exact: false }).first();

beforeEach(() => page.viewport(1200, 900));
afterEach(() => {
  unmount();
  stop?.();
  stop = null;
});

test('consent for camera and microphone is unticked until it is given, sensor by sensor', async () => {
  const app = open(<SettingsPage />);
  await expect.element(page.getByTestId('allow-camera')).toHaveAttribute('aria-checked', 'false');
  await expect.element(page.getByTestId('allow-microphone')).toHaveAttribute('aria-checked', 'false');
  await page.getByTestId('allow-microphone').click();
  expect(app.callsOf('settings.set')).toEqual([{ devices: { microphoneAllowed: true } }]);
  await expect.element(page.getByTestId('allow-camera')).toHaveAttribute('aria-checked', 'false');
});

test('a key of another action is refused in words and not sent', async () => {
  const app = open(<SettingsPage />);
  await page.getByTestId('hotkey-accept').click();
  await userEvent.keyboard('{F9}');
  await expect.element(saying('F9 已用于「跳过卡片」')).toBeVisible();
  expect(app.callsOf('hotkey.set')).toEqual([]);
});

test('a free key is saved and shown; a bare letter is not taken', async () => {
  const app = open(<SettingsPage />);
  await page.getByTestId('hotkey-accept').click();
  await userEvent.keyboard('k');
  await expect.element(saying('请再按一个字母')).toBeVisible();
  await page.getByTestId('hotkey-accept').click();
  await userEvent.keyboard('{Control>}{Shift>}k{/Shift}{/Control}');
  await expect.element(page.getByTestId('hotkey-accept')).toMatchTextContent('Ctrl+Shift+K');
  expect(app.callsOf('hotkey.set')).toEqual([{ action: 'accept', accelerator: 'Control+Shift+K' }]);
});

test('a key that another program holds keeps the old one and says so', async () => {
  open(<SettingsPage />, {
    live: null,
    answers: {
      'hotkey.set': () => {
        throw new FakeFailure('HOTKEY_TAKEN');
      },
    },
  });
  await page.getByTestId('hotkey-mark').click();
  await userEvent.keyboard('{F4}');
  await expect.element(page.getByTestId('error')).toMatchTextContent('这个按键已被占用');
  await expect.element(page.getByTestId('hotkey-mark')).toMatchTextContent('F6');
});

test('erasing asks once, and says how many rows went', async () => {
  const app = open(<SettingsPage />, { live: null, answers: { 'data.erase': () => ({ rows: 1234 }) } });
  await page.getByTestId('erase').click();
  expect(app.callsOf('data.erase')).toEqual([]);
  await page.getByRole('button', { name: '全部删除' }).click();
  expect(app.callsOf('data.erase')).toHaveLength(1);
});

test('an address without https is refused in words, and never sent', async () => {
  const app = open(<PairingPage />);
  await page.getByRole('textbox', { name: '服务器地址' }).fill('http://sync.example.com');
  await page.getByRole('textbox', { name: '邀请码' }).fill('ABCDE23456');
  await page.getByRole('textbox', { name: '这台电脑叫什么' }).fill('desk');
  await page.getByTestId('pair').click();
  await expect.element(saying('地址要以 https:// 开头')).toBeVisible();
  expect(app.callsOf('pairing.redeem')).toEqual([]);
  expect(['https://a.cn', 'http://127.0.0.1:8080', 'http://a.cn', 'ftp://a.cn', 'a.cn'].map(isServerUrl)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('before pairing the page says what it agrees to, field by field, and the consent can be taken back', async () => {
  const paired = { ...pairingFixture, paired: true, serverUrl: 'https://a.cn', organizationName: 'Moon' };
  const app = open(<PairingPage />, {
    live: null,
    answers: {
      'pairing.redeem': () => ({ ...paired, syncConsent: true }),
      'consent.set': ({ granted }) => ({ ...paired, syncConsent: granted }),
    },
  });
  await page.getByRole('textbox', { name: '服务器地址' }).fill('https://a.cn');
  await page.getByRole('textbox', { name: '邀请码' }).fill('ABCDE23456');
  await page.getByRole('textbox', { name: '这台电脑叫什么' }).fill('desk');
  await expect.element(saying('即同意')).toBeVisible();
  await page.getByText('看看上传什么').click();
  await expect.element(page.getByText('hours_live', { exact: true })).toBeVisible();
  await page.getByTestId('pair').click();
  await expect.element(page.getByTestId('sync-consent')).toHaveAttribute('aria-checked', 'true');
  expect(app.callsOf('consent.set')).toEqual([]);
  await page.getByTestId('sync-consent').click();
  await expect.element(page.getByTestId('sync-consent')).toHaveAttribute('aria-checked', 'false');
  expect(app.callsOf('consent.set')).toEqual([{ kind: 'session_summary', granted: false }]);
});

test('a wrong invite code is answered with what to do', async () => {
  open(<PairingPage />, {
    live: null,
    answers: {
      'pairing.redeem': () => {
        throw new FakeFailure('CODE_NOT_VALID');
      },
    },
  });
  await page.getByRole('textbox', { name: '服务器地址' }).fill('https://a.cn');
  await page.getByRole('textbox', { name: '邀请码' }).fill('WRONG23456');
  await page.getByRole('textbox', { name: '这台电脑叫什么' }).fill('desk');
  await page.getByTestId('pair').click();
  await expect.element(page.getByTestId('error')).toMatchTextContent('请向机构要一个新的邀请码');
});

test('the overlay can be made touchable from here, and the page says with which key as well', async () => {
  const app = open(<SettingsPage />);
  await expect.element(saying('连按两次 F10')).toBeVisible();
  await page.getByTestId('overlay-touch').click();
  expect(app.callsOf('overlay.touch')).toEqual([{ active: true }]);
});
