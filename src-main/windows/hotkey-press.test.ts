import { IpcFailure } from '@app/shared/ipc';
import type { CardView, LiveView } from '@app/shared/view';
import { emptyLiveView } from '@app/shared/view';
import { expect, test } from 'vitest';
import { pressed } from './hotkey-press.ts';

function engine(live: Partial<LiveView>, fails?: string) {
  const calls: [string, unknown][] = [];
  const call = async (name: string, input: unknown) => {
    if (name === 'live.get') return { live: { ...emptyLiveView, ...live }, danmaku: [] };
    calls.push([name, input]);
    if (fails) throw new IpcFailure(fails, name);
    return {};
  };
  return { calls, link: { call } as unknown as Parameters<typeof pressed>[1] };
}
const card = (id: string, change: Partial<CardView> = {}) =>
  ({ id, outcome: 'open', expiresAt: Date.now() + 60_000, ...change }) as CardView;

test('a card key takes the first card that still stands there, and says so when there is none', async () => {
  const cards = [card('old', { expiresAt: Date.now() - 1 }), card('taken', { outcome: 'accepted' }), card('here')];
  const { calls, link } = engine({ cards });
  expect(await pressed('accept', link)).toEqual({ action: 'accept', code: null });
  expect(calls).toEqual([['suggestion.accept', { suggestionId: 'here' }]]);
  const none = engine({ cards: cards.slice(0, 2) });
  expect(await pressed('dismiss', none.link)).toEqual({ action: 'noCard', code: null });
  expect(none.calls).toEqual([]);
});

test('the break key begins a break, and ends the one that runs', async () => {
  const off = engine({});
  expect((await pressed('break', off.link)).action).toBe('rest');
  expect(off.calls).toEqual([['break.set', { active: true }]]);
  const resting = engine({ session: { breakSince: 5 } as LiveView['session'] });
  expect((await pressed('break', resting.link)).action).toBe('backFromRest');
  expect(resting.calls).toEqual([['break.set', { active: false }]]);
});

test('what the engine refuses is not reported as done', async () => {
  await expect(pressed('mark', engine({}, 'NO_SESSION').link)).rejects.toMatchObject({ code: 'NO_SESSION' });
});
