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
};

/** Makes the hotkeys over a registry (Electron's globalShortcut); `onAction` hears each press. */
export function makeHotkeys(registry: Registry, onAction: (action: HotkeyAction) => void): Hotkeys {
  const held = new Map<string, HotkeyAction>();
  let keys: Settings['hotkeys'] | null = null;
  const tryRegister = (accelerator: string, callback: () => void) => {
    try {
      return registry.register(accelerator, callback);
    } catch {
      return false; // Electron throws on an accelerator that it cannot read
    }
  };
  return {
    apply(next, overlayVisible) {
      keys = next;
      const wanted = hotkeyActions.filter((action) => overlayVisible || action === 'toggle');
      // A key that stays is not let go: taken anew from within its own press, X11 would lose presses.
      for (const [accelerator, action] of held) {
        if (wanted.includes(action) && next[action] === accelerator) continue;
        registry.unregister(accelerator);
        held.delete(accelerator);
      }
      const taken: string[] = [];
      for (const action of wanted) {
        const accelerator = next[action];
        if (held.get(accelerator) === action) continue;
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
  };
}
