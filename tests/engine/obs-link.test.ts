import type { ObsView } from '@app/shared/view';
import { afterEach, expect, test, vi } from 'vitest';
import { makeObsLink, skippedShare } from '../../src-main/engine/quality/obs-link.ts';
import { startObs as startFakeObs } from './fake-obs.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const startObs = async (options: Parameters<typeof startFakeObs>[0] = {}) => {
  const obs = await startFakeObs(options);
  stops.push(obs.stop);
  return obs;
};

function openLink(password: string | null = null) {
  const seen: ObsView[] = [];
  const link = makeObsLink({ password: () => password, onChange: (view) => void seen.push(view), random: () => 0 });
  stops.push(() => link.stop());
  return { link, seen };
}

test('with the right password the figures come, and skipped frames are the share since the last look', async () => {
  const obs = await startObs({ password: 'geheim' });
  const { link } = openLink('geheim');
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view).toMatchObject({ state: 'connected', fps: 60, streaming: true }), 3_000);
  obs.figures.renderSkippedFrames = 6;
  await vi.waitFor(() => expect(link.view.skippedShare).toBeGreaterThanOrEqual(0.04), 3_000);
});

test.each([
  ['a wrong password', 'falsch'],
  ['no password', null],
])('%s is said as such, not as OBS being away', async (_name, password) => {
  const obs = await startObs({ password: 'geheim' });
  const { link } = openLink(password);
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('refused'), 3_000);
});

test('OBS that is closed is away, and is found again when it comes back', async () => {
  const obs = await startObs();
  const { link } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  await obs.stop();
  await vi.waitFor(() => expect(link.view.state).toBe('away'), 3_000);
  await startObs({ port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 8_000);
});

test('OBS that answers no more, as after sleep, is away after three seconds', async () => {
  const obs = await startObs();
  const { link } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  obs.state.isMute = true;
  await vi.waitFor(() => expect(link.view.state).toBe('away'), 7_000);
});

test('turned off it lets go at once and says nothing more', async () => {
  const obs = await startObs();
  const { link, seen } = openLink();
  link.apply({ enabled: true, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('connected'), 3_000);
  link.apply({ enabled: false, port: obs.port });
  await vi.waitFor(() => expect(link.view.state).toBe('off'), 3_000);
  expect(seen.at(-1)).toEqual({ state: 'off', skippedShare: null, fps: null, cpuPercent: null, streaming: null });
});

test('counters that began anew, or stood still, give no share', () => {
  expect(skippedShare(null, { skipped: 5, total: 100 })).toBeNull();
  expect(skippedShare({ skipped: 50, total: 1_000 }, { skipped: 0, total: 60 })).toBeNull();
  expect(skippedShare({ skipped: 5, total: 100 }, { skipped: 5, total: 100 })).toBeNull();
  expect(skippedShare({ skipped: 5, total: 100 }, { skipped: 8, total: 160 })).toBeCloseTo(0.05, 9);
});
