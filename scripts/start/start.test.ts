import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterAgency } from './agency.mjs';
import { takePlace } from './only-one.mjs';
import { electronArguments, readStartOptions } from './options.mjs';
import { readReadyLine } from './server.mjs';

describe('the command line of npm start', () => {
  it('runs a rehearsal without end by default', () => {
    expect(readStartOptions([])).toEqual({ exitAfterSeconds: null, devices: false, rate: null });
  });

  it('takes seconds in both spellings, and refuses what is not a time', () => {
    expect(readStartOptions(['--exit-after', '90']).exitAfterSeconds).toBe(90);
    expect(readStartOptions(['--exit-after=2.5']).exitAfterSeconds).toBe(2.5);
    for (const bad of ['0', '-3', 'soon', '1e9', 'Infinity'])
      expect(() => readStartOptions([`--exit-after=${bad}`])).toThrow(/above 0/);
  });

  it('refuses an unknown option with the usage', () => {
    expect(() => readStartOptions(['--headless'])).toThrow(/npm start -- /);
  });
});

describe('one rehearsal a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'only-one-'));
  const path = join(folder, 'cache', 'start.pid');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('refuses a second one while the first lives, and takes the place of a dead one', () => {
    const giveBack = takePlace(path, { pid: 11 });
    expect(() => takePlace(path, { pid: 12, alive: (pid: number) => pid === 11 })).toThrow(
      /already running.*process 11/,
    );
    const giveBackLater = takePlace(path, { pid: 12, alive: () => false });
    giveBack();
    expect(readFileSync(path, 'utf8')).toBe('12');
    giveBackLater();
    expect(() => readFileSync(path)).toThrow();
  });

  it('is not held off by an empty or damaged file', () => {
    writeFileSync(path, 'x');
    takePlace(path, { pid: 13 })();
  });
});

describe('the command line of the app', () => {
  const given = {
    root: '/p',
    options: readStartOptions(['--exit-after', '90']),
    media: { videoPath: '/m/camera.y4m', audioPath: '/m/microphone.wav' },
    serverUrl: 'http://127.0.0.1:10090',
    pairCode: 'ABC',
    dataDir: '/d',
    outDir: '/o',
    asRoot: false,
  };

  it('puts switches of Chromium before the folder of the app, and its own options after it', () => {
    const args = electronArguments(given);
    expect(args.indexOf('--use-file-for-fake-video-capture=/m/camera.y4m')).toBeLessThan(args.indexOf('/p'));
    expect(args.indexOf('--exit-after=90')).toBeGreaterThan(args.indexOf('/p'));
    expect(args).toContain('--sample-media');
  });

  it('names no sample media when the real devices were asked for', () => {
    const args = electronArguments({ ...given, media: null, options: readStartOptions(['--devices']) });
    expect(args.filter((arg) => /fake|sample-media/.test(arg))).toEqual([]);
    expect(args).toContain('--devices');
  });

  it('gives up the sandbox for root alone', () => {
    expect(electronArguments(given)).not.toContain('--no-sandbox');
    expect(electronArguments({ ...given, asRoot: true })[0]).toBe('--no-sandbox');
  });
});

describe("the server's ready line", () => {
  it('is found among log lines and other text', () => {
    expect(readReadyLine('{"level":30,"msg":"listening"}')).toBeNull();
    expect(readReadyLine('ready')).toBeNull();
    expect(readReadyLine('{"ready":true,"url":"http://127.0.0.1:1","first_admin_link":null}')?.url).toBe(
      'http://127.0.0.1:1',
    );
  });
});

/** A server with the four routes that the rehearsal uses, and one organization at most. */
function openFakeServer() {
  const state = { password: '', streamers: [] as { id: string; username: string }[], invites: [] as unknown[] };
  const answers: Record<string, (body: Record<string, string>) => [number, unknown]> = {
    'POST /v2/auth/setup': (body) => {
      if (body.token !== 'first' || state.password) return [400, { error: { code: 'CODE_NOT_VALID', message: 'no' } }];
      state.password = body.password!;
      return [201, {}];
    },
    'POST /v2/auth/login': (body) =>
      body.password === state.password
        ? [200, { access_token: 'a' }]
        : [401, { error: { code: 'WRONG_LOGIN', message: 'wrong' } }],
    'GET /v2/users?role=streamer': () => [200, { items: state.streamers, next_cursor: null }],
    'POST /v2/invites': (body) => {
      state.invites.push(body);
      if (body.username) state.streamers.push({ id: 'u1', username: body.username });
      return [201, { code: `CODE-${state.invites.length}` }];
    },
  };
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const answer = answers[`${request.method} ${request.url}`] ?? (() => [404, {}] as [number, unknown]);
    const [status, body] = answer(text ? JSON.parse(text) : {});
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return { state, server };
}

describe('the agency of a rehearsal', () => {
  let folder = '';
  let server: Server;
  let state: ReturnType<typeof openFakeServer>['state'];
  let url = '';
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'timao-agency-'));
    ({ server, state } = openFakeServer());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const first = () => ({ url, firstAdminLink: `${url}/setup#first` });
  const later = () => ({ url, firstAdminLink: null });
  const path = () => join(folder, 'admin.json');

  it('is made at the first start, with a password only its owner can read', async () => {
    const { admin, pairCode } = await enterAgency(first(), path());
    expect(pairCode).toBe('CODE-1');
    expect(admin.password.length).toBeGreaterThanOrEqual(16);
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toEqual(admin);
    if (process.platform !== 'win32') expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('is entered again with the kept password, for one more device of the same streamer', async () => {
    await enterAgency(first(), path());
    expect((await enterAgency(later(), path())).pairCode).toBe('CODE-2');
    expect(state.invites).toEqual([{ role: 'streamer', username: '演示主播' }, { user_id: 'u1' }]);
  });

  it('says which file is missing when the password was lost', async () => {
    await expect(enterAgency(later(), path())).rejects.toThrow(path());
  });

  it("passes on the server's refusal by its code", async () => {
    await enterAgency(first(), path());
    state.password = 'another';
    await expect(enterAgency(later(), path())).rejects.toThrow(/WRONG_LOGIN/);
  });
});
