import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { resetApp, startApp } from '../../app-store.ts';
import { installFakeApp } from '../../testing/fake-app.ts';
import { mount, unmount } from '../../testing/mount.tsx';
import { VoiceData } from './voice-data.tsx';

let stop: (() => void) | null = null;
function open(profile: { profile: string; clips: number; bytes: number } | null) {
  const app = installFakeApp({
    live: null,
    answers: { 'voice.get': () => ({ profile }), 'voice.export': () => ({ json: '{}' }) },
  });
  resetApp();
  stop = startApp();
  mount(<VoiceData />);
  return app;
}
afterEach(() => {
  unmount();
  stop?.();
  stop = null;
});

test('a voice that was heard is listed by its clips, and erased only after a second press', async () => {
  const app = open({ profile: 'own', clips: 37, bytes: 40_000 });
  await expect.element(page.getByTestId('voice-kept')).toMatchTextContent('37');
  await page.getByTestId('voice-forget').click();
  expect(app.callsOf('voice.forget')).toEqual([]);
  await page.getByRole('button', { name: '删除基线' }).last().click();
  expect(app.callsOf('voice.forget')).toHaveLength(1);
  await expect.element(page.getByTestId('voice-export')).toBeDisabled();
});

test('where nothing is kept there is nothing to export or erase', async () => {
  open(null);
  await expect.element(page.getByTestId('voice-export')).toBeDisabled();
  await expect.element(page.getByTestId('voice-forget')).toBeDisabled();
});
