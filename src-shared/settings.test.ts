import { expect, test } from 'vitest';
import { mainSettingsPatch, settings, settingsPatch } from './settings.ts';

test('a change of one field names that field alone, so that the others keep what the streamer set', () => {
  for (const patch of [
    { overlay: { scale: 1.5 } },
    { devices: { microphoneAllowed: true } },
    { retention: { emotionDays: 0 } },
    { theme: 'light' as const },
  ]) {
    expect(settingsPatch.parse(patch)).toEqual(patch);
  }
  expect(mainSettingsPatch.parse({ hotkeys: { mark: 'F4' } })).toEqual({ hotkeys: { mark: 'F4' } });
});

test('an empty file opens with every default, and devices are closed in it', () => {
  const first = settings.parse({});
  expect(first.devices).toMatchObject({ cameraAllowed: false, microphoneAllowed: false });
  expect(new Set(Object.values(first.hotkeys)).size).toBe(6);
});

test('windows cannot change hotkeys past main, nor set what is out of range or unknown', () => {
  for (const patch of [{ hotkeys: { mark: 'F4' } }, { overlay: { scale: 9 } }, { overlay: { colour: 'red' } }])
    expect(settingsPatch.safeParse(patch).success).toBe(false);
});
