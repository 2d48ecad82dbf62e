import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { encodeMessages } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import {
  type LiveApp,
  type Media,
  pictures,
  type Room,
  root,
  startApp,
  startRoom,
  startSyncServer,
  testMedia,
} from './live-app.ts';

const backWithinMs = 3_000;

test.beforeAll(() => void mkdirSync(pictures, { recursive: true }));

async function onAir(
  room: Room,
  choice: Parameters<typeof startApp>[0] = {},
): Promise<{ app: LiveApp; sessionId: string }> {
  const args = [`--endpoint=${room.endpoint}`, ...(choice.args ?? [])];
  const app = await startApp({ ...choice, args });
  await app.workstation.getByTestId('start').first().click();
  const { live } = await app.until(
    'on air',
    () => app.call('live.get', {}),
    (value) => value.live.connector.state === 'live',
  );
  return { app, sessionId: live.session!.id };
}

/** Lines that can be told apart, each stored before this resolves. */
async function say(app: LiveApp, room: Room, from: number, count: number): Promise<string[]> {
  const lines = Array.from({ length: count }, (_, index) => `第${from + index}句话说得很清楚`);
  for (const [index, text] of lines.entries()) room.tell({ type: 'say', viewer: from + index, text });
  await app.until(
    'stored',
    () => stored(app),
    (found) => lines.every((line) => found.includes(line)),
  );
  return lines;
}

async function stored(app: LiveApp): Promise<string[]> {
  const { danmaku } = await app.call('live.get', {});
  return danmaku.map((row) => row.content);
}

test('a killed engine is back within three seconds, nothing committed is lost, the gap is shown, the session goes on', async () => {
  const room = await startRoom();
  const { app, sessionId } = await onAir(room);
  try {
    const before = await say(app, room, 0, 20);
    const killedAt = Date.now();
    process.kill(app.pidOf('engine'), 'SIGKILL');
    const back = await app.until(
      'the engine is back on air',
      () => app.call('live.get', {}).catch(() => null),
      (value) => value?.live.session?.id === sessionId && value.live.connector.state === 'live',
    );
    const awayMs = Date.now() - killedAt;
    console.log(`engine back after ${awayMs} ms`);
    expect(awayMs).toBeLessThan(backWithinMs);
    expect(back!.live.gaps.map((gap) => gap.part)).toEqual(['engine']);
    const after = await say(app, room, 100, 5);
    const all = await stored(app);
    for (const line of [...before, ...after]) expect(all.filter((one) => one === line)).toHaveLength(1);
    await expect(app.workstation.getByText('第100句话说得很清楚')).toBeVisible();
    await app.workstation.screenshot({ path: join(pictures, 'gap-engine.png') });
  } finally {
    await app.stop();
    room.stop();
  }
});

test('killed inference and a crashed capture window are back within three seconds, and both gaps are shown', async () => {
  const room = await startRoom();
  const { app } = await onAir(room, { media: await testMedia() });
  try {
    const running = () => app.call('system.get', {});
    await app.until('devices', running, (system) => system.camera.state === 'on' && system.microphone.state === 'on');
    let at = Date.now();
    process.kill(app.pidOf('inference'), 'SIGKILL');
    await app.until('inference away', running, (system) => system.processes.inference !== 'running');
    await app.until('inference back', running, (system) => system.processes.inference === 'running');
    console.log(`inference back after ${Date.now() - at} ms`);
    expect(Date.now() - at).toBeLessThan(backWithinMs);

    at = Date.now();
    await app.electron.evaluate(({ BrowserWindow }) => {
      const capture = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('/capture/'));
      capture?.webContents.forcefullyCrashRenderer();
    });
    await app.until('capture away', running, (system) => system.processes.capture !== 'running');
    await app.until(
      'capture back',
      running,
      (system) => system.processes.capture === 'running' && system.camera.state === 'on',
    );
    console.log(`capture back after ${Date.now() - at} ms`);
    expect(Date.now() - at).toBeLessThan(backWithinMs);

    const { live } = await app.until(
      'both gaps',
      () => app.call('live.get', {}),
      (value) => value.live.gaps.length >= 2,
    );
    expect(live.gaps.map((gap) => gap.part).sort()).toEqual(['capture', 'inference']);
    await say(app, room, 0, 3);
    const analyzed = await app.until(
      'text is read again',
      () => app.call('live.get', {}),
      (value) => value.danmaku.filter((row) => row.sentiment !== null).length >= 3,
    );
    expect(analyzed.live.counts.comments).toBe(3);
  } finally {
    await app.stop();
    room.stop();
  }
});

test('after the whole app was killed, the open session is offered for resuming and has everything that was committed', async () => {
  const room = await startRoom();
  const first = await onAir(room);
  const lines = await say(first.app, room, 0, 30);
  await first.app.kill();
  const app = await startApp({ dataDir: first.app.dataDir, args: [`--endpoint=${room.endpoint}`] });
  try {
    await expect(app.workstation.getByTestId('resume')).toBeVisible();
    await app.workstation.screenshot({ path: join(pictures, 'resume.png') });
    await app.workstation.getByTestId('resume').click();
    const { live } = await app.until(
      'resumed',
      () => app.call('live.get', {}),
      (value) => value.live.connector.state === 'live',
    );
    expect(live.session?.id).toBe(first.sessionId);
    expect(live.gaps.map((gap) => gap.part)).toEqual(['app']);
    const all = await stored(app);
    for (const line of lines) expect(all.filter((one) => one === line)).toHaveLength(1);
  } finally {
    await app.stop();
    room.stop();
  }
});

test('garbage, cut-off brotli and a ten-megabyte danmaku are counted, the connection stays and the next line arrives', async () => {
  const room = await startRoom();
  const { app } = await onAir(room);
  try {
    const whole = encodeMessages([{ cmd: 'DANMU_MSG', info: [] }], 'brotli');
    room.tell({ type: 'raw', bytes: new Uint8Array([1, 2, 3]) });
    room.tell({ type: 'raw', bytes: whole.subarray(0, whole.length - 5) });
    const cut = Buffer.from(whole);
    cut.fill(0xff, 24);
    room.tell({ type: 'raw', bytes: cut });
    room.tell({ type: 'raw', bytes: encodeMessages([{ cmd: 'DANMU_MSG', info: ['x'.repeat(10_000_000)] }], 'zlib') });
    await say(app, room, 0, 3);
    const { live } = await app.until(
      'counted',
      () => app.call('live.get', {}),
      (value) => value.live.connector.unreadable >= 3,
    );
    expect(live.connector.state).toBe('live');
    await expect(app.workstation.getByText('第2句话说得很清楚')).toBeVisible();
  } finally {
    await app.stop();
    room.stop();
  }
});

test('a full database is said in a sentence, danmaku are still shown, and what was committed stays', async () => {
  const room = await startRoom(150);
  const { app, sessionId } = await onAir(room, { args: ['--max-pages=160'] });
  try {
    const full = await app.until(
      'full',
      () => app.call('live.get', {}),
      (value) => value.live.storage.state === 'full' && value.live.storage.waiting > 50,
      60_000,
    );
    const committed = full.danmaku.length;
    expect(committed).toBeGreaterThan(50);
    await expect(app.workstation.getByTestId('storage-trouble')).toBeVisible();
    await app.workstation.screenshot({ path: join(pictures, 'database-full.png') });
    await app.workstation.getByTestId('stop').click();
    await expect(app.workstation.getByTestId('error').first()).toBeVisible();
    const { live } = await app.call('live.get', {});
    expect(live.session?.id).toBe(sessionId);
    expect(live.counts.events).toBeGreaterThan(committed);
  } finally {
    await app.stop();
    room.stop();
  }
});

test('a database file that is damaged is named in a sentence and left as it is', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'timao-e2e-damaged-'));
  const garbage = 'this is not a database, but it is long enough to look at. '.repeat(50);
  writeFileSync(join(dataDir, 'timao.db'), garbage);
  const app = await startApp({ dataDir });
  try {
    await expect(app.workstation.getByTestId('error').first()).toContainText('DATABASE_DAMAGED');
    await app.workstation.screenshot({ path: join(pictures, 'database-damaged.png') });
    expect(readFileSync(join(dataDir, 'timao.db'), 'utf8')).toBe(garbage);
  } finally {
    await app.stop();
  }
});

test('a damaged model file is named, danmaku go on without it', async () => {
  const models = mkdtempSync(join(tmpdir(), 'timao-models-'));
  cpSync(join(root, 'models'), models, { recursive: true });
  const file = join(models, 'text', 'linear.bin');
  const bytes = readFileSync(file);
  bytes[1_000] = bytes[1_000]! ^ 1;
  writeFileSync(file, bytes);
  const room = await startRoom();
  const { app } = await onAir(room, { args: [`--models-dir=${models}`] });
  try {
    await app.until(
      'damaged',
      () => app.call('system.get', {}),
      (system) => system.models.some((model) => model.name === 'text' && model.state === 'damaged'),
    );
    await expect(app.workstation.getByText('弹幕模型（文件损坏）')).toBeVisible();
    await say(app, room, 0, 3);
    await expect(app.workstation.getByText('第2句话说得很清楚')).toBeVisible();
  } finally {
    await app.stop();
    room.stop();
    rmSync(models, { recursive: true });
  }
});

test('without any network a rehearsal runs from start to report, and its summary waits until the server can be reached', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'timao-offline-'));
  const dataDir = join(folder, 'data');
  const media = await testMedia();
  const server = await startSyncServer();
  try {
    const paired = await startApp({ dataDir, args: [`--server-url=${server.url}`, `--pair-code=${server.pairCode}`] });
    await paired.until(
      'paired',
      () => paired.call('pairing.get', {}),
      (pairing) => pairing.paired,
    );
    await paired.stop();
    const summary = await rehearseOffline(folder, dataDir, media);
    expect(summary.danmaku.comment).toBeGreaterThan(20);
    expect(summary).toMatchObject({ synced: false, outbox: { waiting: 1, rejected: 0 } });
    const online = await startApp({ dataDir });
    const { sessions } = await online.until(
      'sent by itself',
      () => online.call('sessions.list', { limit: 1 }),
      (value) => value.sessions[0]?.synced === 'sent',
    );
    expect(sessions[0]?.id).toBe(summary.session_id);
    await online.stop();
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});

/** Runs the built app in a network namespace that has a loopback device and nothing else. */
async function rehearseOffline(folder: string, dataDir: string, media: Media) {
  const { setup } = await import('../../scripts/setup.mjs');
  const machine = await setup({ forTests: true });
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${media.videoPath}`,
    `--use-file-for-fake-audio-capture=${media.audioPath}`,
    root,
    '--rehearsal',
    '--sample-media',
    '--auto-start',
    '--exit-after=12',
    '--rate=8',
    `--data-dir=${dataDir}`,
    `--out=${join(folder, 'out')}`,
  ];
  const quoted = [machine.electronPath, ...args].map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(' ');
  const script = `ip link set lo up && ! ip route get 192.0.2.1 2>/dev/null && exec ${quoted}`;
  const command = ['--user', '--map-root-user', '--net', 'sh', '-c', script];
  const env = { ...machine.env, DISPLAY: process.env.DISPLAY ?? '' };
  execFileSync('unshare', command, { cwd: root, env, stdio: 'ignore', timeout: 90_000 });
  return JSON.parse(readFileSync(join(folder, 'out', 'summary.json'), 'utf8'));
}
