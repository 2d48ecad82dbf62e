import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import pg from 'pg';
import { pictures, pressKey, startApp, startRoom, startSyncServer, testMedia } from './live-app.ts';

const asked = ['发货到新疆要几天', '新疆几天能到', '到新疆要几天啊'];
const chat = ['主播今天状态不错', '来了来了', '哈哈哈哈', '这首歌好听', '晚上好', '666'];

test('a session from start to the agency page: three viewers ask, the card comes, F8 takes it, the summary arrives', async () => {
  mkdirSync(pictures, { recursive: true });
  const media = await testMedia();
  const room = await startRoom();
  const server = await startSyncServer();
  const args = [`--endpoint=${room.endpoint}`, `--server-url=${server.url}`, `--pair-code=${server.pairCode}`];
  const app = await startApp({ media, args });
  try {
    await app.until(
      'paired',
      () => app.call('pairing.get', {}),
      (pairing) => pairing.paired,
    );
    await app.workstation.getByTestId('start').first().click();
    await app.until(
      'connected',
      () => app.call('live.get', {}),
      ({ live }) => live.connector.state === 'live',
    );
    const devices = await app.until(
      'camera and microphone',
      () => app.call('system.get', {}),
      (system) => system.camera.state === 'on' && system.microphone.state === 'on',
    );
    expect(devices.processes).toEqual({ engine: 'running', inference: 'running', capture: 'running' });

    for (const [index, text] of chat.entries()) room.tell({ type: 'say', viewer: index, text });
    await expect(app.workstation.getByTestId('danmaku-row').filter({ hasText: '主播今天状态不错' })).toBeVisible();
    expect(await app.overlay.getByTestId('card').count()).toBe(0);

    for (const [index, text] of asked.entries()) room.tell({ type: 'say', viewer: 20 + index, text });
    const headline = app.overlay.getByTestId('card-headline');
    await expect(headline).toBeVisible();
    const words = (await headline.textContent()) ?? '';
    expect(
      asked.some((text) => words.includes(text)),
      `the headline is "${words}"`,
    ).toBe(true);
    await app.overlay.screenshot({ path: join(pictures, 'overlay-card.png') });

    const before = await app.call('live.get', {});
    pressKey('F8');
    const after = await app.until(
      'accepted by F8',
      () => app.call('live.get', {}),
      ({ live }) =>
        live.recentCards.some((card) => card.id === before.live.cards[0]?.id && card.outcome === 'accepted'),
    );
    const overlayWindow = await app.electron.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('/overlay/'));
      return { focused: window?.isFocused(), onTop: window?.isAlwaysOnTop(), visible: window?.isVisible() };
    });
    expect(overlayWindow).toEqual({ focused: false, onTop: true, visible: true });
    expect(await app.overlay.getByTestId('card').count()).toBe(0);
    expect(after.live.latency.count).toBeGreaterThan(0);

    const heard = await app.until(
      'voice and face are read',
      () => app.call('live.get', {}),
      ({ live }) => live.emotion.voice.clipsHeard > 0 && live.emotion.face.label !== null,
      40_000,
    );
    expect(heard.live.emotion.voice.clipsHeard).toBeLessThan(20);
    expect(heard.live.emotion.voice).toMatchObject({ certain: false, reason: 'too_few_clips' });
    await expect(app.workstation.getByTestId('voice-state')).toContainText('不确定');
    await app.workstation.screenshot({ path: join(pictures, 'workstation-live.png') });

    const sessionId = before.live.session!.id;
    await app.workstation.getByTestId('stop').click();
    await app.until(
      'synced',
      () => app.call('sessions.list', { limit: 5 }),
      ({ sessions }) => sessions[0]?.synced === 'sent',
    );
    await app.workstation.screenshot({ path: join(pictures, 'workstation-stopped.png') });

    await checkAgencyPage(server, sessionId);
    await checkPostgres(server.dataDir, sessionId);
    await app.stop();
    checkSqlite(join(app.dataDir, 'timao.db'), sessionId, before.live.cards[0]!.id);
    if (media.real) console.log('camera: a recorded face; microphone: recorded Mandarin');
  } finally {
    await app.stop().catch(() => undefined);
    await server.stop();
    room.stop();
  }
});

function checkSqlite(path: string, sessionId: string, cardId: string): void {
  const db = new Database(path, { readonly: true });
  const one = (sql: string, ...values: unknown[]) => db.prepare(sql).get(...values) as Record<string, unknown>;
  expect(one('SELECT count(*) AS n FROM danmaku_messages WHERE session_id = ?', sessionId).n).toBeGreaterThanOrEqual(9);
  expect(one('SELECT outcome, is_used FROM ai_suggestions WHERE id = ?', cardId)).toEqual({
    outcome: 'accepted',
    is_used: 1,
  });
  expect(one('SELECT stopped_at FROM live_sessions WHERE id = ?', sessionId).stopped_at).not.toBeNull();
  expect(one('SELECT state FROM outbox WHERE summary_id = ?', sessionId)).toEqual({ state: 'sent' });
  for (const source of ['voice', 'face']) {
    const { n } = one(
      'SELECT count(*) AS n FROM emotion_records WHERE session_id = ? AND source = ?',
      sessionId,
      source,
    );
    expect(n, source).toBeGreaterThan(0);
  }
  db.close();
}

async function checkPostgres(dataDir: string, sessionId: string): Promise<void> {
  const folder = existsSync(join(dataDir, 'pg', 'postmaster.pid'))
    ? join(dataDir, 'pg')
    : join(dataDir, 'server', 'pg');
  const port = Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const { superuser } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as { superuser: string };
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password: superuser, database: 'timao' });
  await client.connect();
  const { rows } = await client.query('SELECT to_jsonb(s) AS row FROM live_sessions s WHERE id = $1', [sessionId]);
  await client.end();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows[0].row)).not.toMatch(/emotion|happy|neutral|新疆/);
}

async function checkAgencyPage(
  server: { url: string; admin: { username: string; password: string } },
  sessionId: string,
): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  await page.goto(server.url);
  await page.getByTestId('login-username').fill(server.admin.username);
  await page.getByTestId('login-password').fill(server.admin.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('nav-sessions').click();
  await expect(page.getByTestId('session-row').first()).toBeVisible();
  await page.screenshot({ path: join(pictures, 'agency-sessions.png') });
  await page.goto(`${server.url}/sessions/${sessionId}`);
  await expect(page.getByTestId('session-page')).toBeVisible();
  const text = await page.locator('body').textContent();
  expect(text).toContain('彩排房间');
  expect(text).not.toMatch(/情绪|开心|愤怒|悲伤/);
  await page.screenshot({ path: join(pictures, 'agency-session.png'), fullPage: true });
  await browser.close();
}
