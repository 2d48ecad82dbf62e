import { expect, test } from '@playwright/test';
import { startObs } from '../engine/fake-obs.ts';
import { startApp } from './live-app.ts';

test('frames that OBS skips make the models step back within three seconds, and the page says why', async () => {
  const obs = await startObs({ password: 'geheim' });
  const app = await startApp();
  try {
    const { workstation } = app;
    await workstation.getByTestId('start').first().click();
    await app.call('obs.password', { password: 'geheim' });
    await app.call('settings.set', { obs: { enabled: true, port: obs.port } });
    await app.until(
      'OBS is connected',
      () => app.call('obs.get', {}),
      (view) => view.state === 'connected' && view.skippedShare !== null,
    );
    obs.state.skipEachLook = 6;
    const skippedAt = Date.now();
    await app.until(
      'the models stepped back for OBS',
      () => app.call('system.get', {}),
      ({ governor }) => governor.reason === 'obs',
    );
    const steppedBackMs = Date.now() - skippedAt;
    console.log(`stepped back after ${steppedBackMs} ms`);
    expect(steppedBackMs).toBeLessThan(3_000);
    await expect(workstation.getByText(/OBS 在丢帧/)).toBeVisible();
    obs.state.skipEachLook = 0;
    await app.until(
      'OBS is calm again',
      () => app.call('obs.get', {}),
      (view) => view.skippedShare === 0,
    );
    await app.until(
      'the models are back, or step back for the busy test machine',
      () => app.call('system.get', {}),
      ({ governor }) => governor.reason !== 'obs',
      45_000,
    );
  } finally {
    await app.stop();
    await obs.stop();
  }
});
