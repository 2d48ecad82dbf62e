import type { Pushes } from '@app/shared/ipc';
import type { HotkeyAction } from '@app/shared/settings';
import type { EngineLink } from '../supervisor/engine-link.ts';

/** Does what a key stands for and says what came of it; rejects as the engine's calls do. */
export async function pressed(
  action: Exclude<HotkeyAction, 'toggle'>,
  engine: Pick<EngineLink, 'call'>,
): Promise<Pushes['hotkey.pressed']> {
  if (action === 'mark' || action === 'help') {
    await engine.call(action === 'mark' ? 'marker.add' : 'help.ask', {});
    return { action, code: null };
  }
  const { live } = await engine.call('live.get', {});
  if (action === 'break') {
    const active = live.session?.breakSince == null;
    await engine.call('break.set', { active });
    return { action: active ? 'rest' : 'backFromRest', code: null };
  }
  const top = live.cards.find((card) => card.outcome === 'open' && card.expiresAt > Date.now());
  if (!top) return { action: 'noCard', code: null };
  await engine.call(`suggestion.${action}`, { suggestionId: top.id });
  return { action, code: null };
}
