// What is kept of a voice: on this computer, in the safe store, and nowhere else.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type EngineInProcess, openEngine, openQuietRoom } from './engine-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'voice-data-'));
const opened: { close(): Promise<void> }[] = [];
const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

const state = { version: 1, clips: 21, mean: [0.123456789], m2: [0.987654321] };

async function sessionWithBaseline(): Promise<EngineInProcess> {
  const room = keep(await openQuietRoom());
  const queueAs = () => ({ hlc: '000000000001-0000-00000000' });
  const engine = keep(await openEngine({ path: join(folder, 'app.db'), endpoint: room.endpoint, queueAs }));
  await engine.call('session.start', { source: 'rehearsal' });
  engine.voice.save(state);
  await engine.call('session.stop', {});
  return engine;
}

test('the database and the outbox of a session hold nothing of the voice baseline', async () => {
  const engine = await sessionWithBaseline();
  expect(engine.store.outbox.counts().waiting).toBe(1);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(files.length).toBeGreaterThan(0);
  for (const bytes of files) expect(bytes).not.toMatch(/0\.123456789|0\.987654321|voice-profile|"mean"/);
});

test('the baseline is listed, exported whole, and gone after its erasure', async () => {
  const engine = await sessionWithBaseline();
  expect((await engine.call('voice.get', {})).profile).toMatchObject({ clips: 21 });
  expect(JSON.parse((await engine.call('voice.export', {})).json).state).toEqual(state);
  await engine.call('voice.forget', {});
  expect((await engine.call('voice.get', {})).profile).toBeNull();
  expect(await engine.ask('voice.export', {})).toMatchObject({ ok: false, error: { code: 'NO_VOICE_PROFILE' } });
});
