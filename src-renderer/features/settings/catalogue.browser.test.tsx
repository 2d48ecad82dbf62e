import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { resetApp, startApp } from '../../app-store.ts';
import { installFakeApp } from '../../testing/fake-app.ts';
import { mount, unmount } from '../../testing/mount.tsx';
import { SettingsPage } from './settings-page.tsx';

let stop: (() => void) | null = null;
beforeEach(() => page.viewport(1200, 900));
afterEach(() => {
  unmount();
  stop?.();
  stop = null;
});

test('a pasted list is saved as entries, a line that cannot be read is named and kept, and a save can be undone by the keyboard', async () => {
  const app = installFakeApp({ live: null });
  resetApp();
  stop = startApp();
  mount(<SettingsPage />);
  const text = page.getByTestId('catalogue-text');
  await text.fill('蜂蜜柚子茶, 柚子茶, 39.9\n,\n晴天');
  await expect.element(page.getByText('第 2 行没有保存', { exact: false })).toBeVisible();
  await page.getByTestId('catalogue-save').click();
  const tea = { id: '蜂蜜柚子茶', name: '蜂蜜柚子茶', aliases: ['柚子茶'], priceCents: 3990 };
  const song = { id: '晴天', name: '晴天', aliases: [], priceCents: null };
  expect(app.callsOf('settings.set')).toEqual([{ catalogue: [tea, song] }]);
  await expect.element(text).toHaveValue('蜂蜜柚子茶, 柚子茶, 39.9\n,\n晴天');
  await text.fill('蜂蜜柚子茶, 柚子茶, 39.9\n晴天');
  await page.getByTestId('catalogue-save').click();
  await expect.element(page.getByTestId('catalogue-save')).toBeDisabled();
  await expect.element(text).toHaveValue('蜂蜜柚子茶, 柚子茶, 39.9\n晴天');
  await expect.element(page.getByTestId('catalogue-undo')).toBeVisible();
  await text.fill('夜曲');
  await page.getByTestId('catalogue-save').click();
  await expect.element(text).toHaveValue('夜曲');
  (page.getByTestId('catalogue-undo').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(text).toHaveValue('蜂蜜柚子茶, 柚子茶, 39.9\n晴天');
  expect(app.callsOf('settings.set').at(-1)).toEqual({ catalogue: [tea, song] });
});
