import { type HotkeyAction, settings } from '@app/shared/settings';
import { expect, test } from 'vitest';
import { makeHotkeys, type Registry } from './hotkeys.ts';

function setUp(heldByOthers: string[] = []) {
  const registered = new Map<string, () => void>();
  const registry: Registry = {
    register(accelerator, callback) {
      if (accelerator === 'Nonsense+') throw new TypeError('cannot read');
      if (heldByOthers.includes(accelerator) || registered.has(accelerator)) return false;
      registered.set(accelerator, callback);
      return true;
    },
    unregister: (accelerator) => void registered.delete(accelerator),
  };
  const pressed: HotkeyAction[] = [];
  return { registered, pressed, hotkeys: makeHotkeys(registry, (action) => pressed.push(action)) };
}
const keys = settings.parse({}).hotkeys;

test('six keys work while the overlay is shown, and only the toggle is held while it is hidden', () => {
  const { registered, pressed, hotkeys } = setUp();
  expect(hotkeys.apply(keys, true)).toEqual([]);
  expect(registered.size).toBe(6);
  registered.get('F8')?.();
  expect(pressed).toEqual(['accept']);
  hotkeys.apply(keys, false);
  expect([...registered.keys()]).toEqual([keys.toggle]);
});

test('a key that another program holds is named, and the others still work', () => {
  const { registered, hotkeys } = setUp(['F9']);
  expect(hotkeys.apply(keys, true)).toEqual(['F9']);
  expect(registered.size).toBe(5);
});

test('a new key is refused when another action or another program has it, or when it cannot be read', () => {
  const { hotkeys, registered } = setUp(['F5']);
  hotkeys.apply(keys, true);
  expect(hotkeys.isFree('accept', 'F9')).toBe(false);
  expect(hotkeys.isFree('accept', 'f9')).toBe(false);
  expect(hotkeys.isFree('accept', 'F5')).toBe(false);
  expect(hotkeys.isFree('accept', 'Nonsense+')).toBe(false);
  expect(hotkeys.isFree('accept', 'F8')).toBe(true);
  expect(hotkeys.isFree('accept', 'F3')).toBe(true);
  expect(registered.size).toBe(6);
});
