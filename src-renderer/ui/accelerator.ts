const names: Record<string, string> = {
  CommandOrControl: 'Ctrl',
  Control: 'Ctrl',
  Command: 'Cmd',
  Return: 'Enter',
  Plus: '+',
};
const modifiers = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'CapsLock', 'Process', 'Dead']);
const keys: Record<string, string> = {
  ' ': 'Space',
  '+': 'Plus',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/** An accelerator as people read it: `CommandOrControl+Shift+K` becomes `Ctrl+Shift+K`. */
export const showAccelerator = (accelerator: string): string =>
  accelerator
    .split('+')
    .map((part) => names[part] ?? part)
    .join('+');

/** The accelerator of a key press; null while only modifiers are down. */
export function acceleratorOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>,
): string | null {
  if (modifiers.has(event.key)) return null;
  const plain = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const key = plain ?? keys[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const held = [event.ctrlKey && 'Control', event.altKey && 'Alt', event.shiftKey && 'Shift', event.metaKey && 'Meta'];
  return [...held.filter(Boolean), key].join('+');
}

/** Whether a key may stand alone as a global hotkey; a bare letter would be lost to every other program. */
export const mayStandAlone = (accelerator: string): boolean =>
  accelerator.includes('+') || /^F\d{1,2}$/.test(accelerator);
