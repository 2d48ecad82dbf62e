// The six global hotkeys: registered while the overlay is shown, only the toggle while it is hidden.
import { type HotkeyAction, hotkeyActions, type Settings } from '@app/shared/settings';

export type Registry = {
  register(accelerator: string, callback: () => void): boolean;
  unregister(accelerator: string): void;
};

export type Hotkeys = {
  /** Registers what is set; returns the accelerators that another program holds or that cannot be read. */
  apply(keys: Settings['hotkeys'], overlayVisible: boolean): string[];
  /** Whether a key is free for an action: not used by another action and not held by another program. */
  isFree(action: HotkeyAction, accelerator: string): boolean;
  clear(): void;
};

/** Makes the hotkeys over a registry (Electron's globalShortcut); `onAction` hears each press. */
export function makeHotkeys(registry: Registry, onAction: (action: HotkeyAction) => void): Hotkeys {
  let held = new Map<string, HotkeyAction>();
  let keys: Settings['hotkeys'] | null = null;
  const tryRegister = (accelerator: string, callback: () => void) => {
    try {
      return registry.register(accelerator, callback);
    } catch {
      return false; // Electron throws on an accelerator that it cannot read
    }
  };
  const clear = () => {
    for (const accelerator of held.keys()) registry.unregister(accelerator);
    held = new Map();
  };
  return {
    apply(next, overlayVisible) {
      clear();
      keys = next;
      const taken: string[] = [];
      for (const action of hotkeyActions) {
        if (!overlayVisible && action !== 'toggle') continue;
        const accelerator = next[action];
        if (tryRegister(accelerator, () => onAction(action))) held.set(accelerator, action);
        else taken.push(accelerator);
      }
      return taken;
    },
    isFree(action, accelerator) {
      const same = (other: string) => other.toLowerCase() === accelerator.toLowerCase();
      if (keys && hotkeyActions.some((other) => other !== action && same(keys![other]))) return false;
      if ([...held.keys()].some(same)) return true;
      if (!tryRegister(accelerator, () => undefined)) return false;
      registry.unregister(accelerator);
      return true;
    },
    clear,
  };
}
