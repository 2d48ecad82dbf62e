import type { HotkeyAction, Settings } from '@app/shared/settings';
import { type KeyboardEvent, useState } from 'react';
import { codeOf, request } from '../../app-api.ts';
import { useApp } from '../../app-store.ts';
import { acceleratorOf, mayStandAlone, showAccelerator } from '../../ui/accelerator.ts';
import { useWords } from '../../ui/language.tsx';
import { ErrorBox, Panel } from '../../ui/states.tsx';
import { SettingRow } from './setting-row.tsx';

const actions: HotkeyAction[] = ['accept', 'dismiss', 'toggle', 'mark', 'break', 'help'];

type Trouble = { kind: 'used'; key: string; by: HotkeyAction } | { kind: 'alone' } | { kind: 'code'; code: string };

function HotkeyRow({ action, hotkeys, taken }: { action: HotkeyAction; hotkeys: Settings['hotkeys']; taken: boolean }) {
  const words = useWords();
  const [listening, setListening] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const name = words.hotkeys[action];
  const current = showAccelerator(hotkeys[action]);

  const save = async (accelerator: string) => {
    try {
      const { settings } = await request('hotkey.set', { action, accelerator });
      useApp.setState({ settings });
      setTrouble(null);
    } catch (error) {
      setTrouble({ kind: 'code', code: codeOf(error) });
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (!listening || event.key === 'Tab') return setListening(false);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setListening(false);
    const accelerator = acceleratorOf(event.nativeEvent);
    if (!accelerator) return;
    setListening(false);
    const by = actions.find((other) => other !== action && hotkeys[other].toLowerCase() === accelerator.toLowerCase());
    if (!mayStandAlone(accelerator)) setTrouble({ kind: 'alone' });
    else if (by) setTrouble({ kind: 'used', key: showAccelerator(accelerator), by });
    else void save(accelerator);
  };
  const sentence =
    trouble?.kind === 'used'
      ? words.settings.keyUsed(trouble.key, words.hotkeys[trouble.by])
      : trouble?.kind === 'alone'
        ? words.settings.keyAlone
        : taken
          ? words.settings.keyTaken(current)
          : undefined;
  return (
    <>
      <SettingRow label={name} help={sentence && <span className="tone-warn">{sentence}</span>}>
        <button
          type="button"
          className={`key-button ${listening ? 'listening' : ''}`}
          data-testid={`hotkey-${action}`}
          aria-label={words.settings.rebindFor(name, current)}
          onClick={() => setListening(true)}
          onKeyDown={onKeyDown}
          onBlur={() => setListening(false)}
        >
          {listening ? words.settings.pressKeys : <kbd>{current}</kbd>}
        </button>
      </SettingRow>
      {trouble?.kind === 'code' && <ErrorBox code={trouble.code} onClose={() => setTrouble(null)} />}
    </>
  );
}

/** The six global keys: press a button, then the new key. */
export function HotkeySettings({ settings }: { settings: Settings }) {
  const words = useWords();
  const taken = useApp((state) => state.system?.hotkeysTaken ?? []);
  return (
    <Panel
      title={words.settings.sections.hotkeys}
      extra={<span className="panel-note">{words.settings.rebindHint}</span>}
    >
      {actions.map((action) => (
        <HotkeyRow
          key={action}
          action={action}
          hotkeys={settings.hotkeys}
          taken={taken.includes(settings.hotkeys[action])}
        />
      ))}
    </Panel>
  );
}
