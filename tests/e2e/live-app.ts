// Starts what a whole-app test needs, each as the real thing: the app in Electron, a room in another process,
// the sync server on its own Postgres. Everything is ended by `stop`.
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Input, Output, RequestName } from '@app/shared/ipc';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { openChildren } from '../../scripts/children.mjs';
import { prepareRehearsalMedia } from '../../scripts/rehearsal-media.mjs';
import { setup } from '../../scripts/setup.mjs';
import { enterAgency } from '../../scripts/start/agency.mjs';
import { startServer } from '../../scripts/start/server.mjs';
import type { RoomOrder } from './room.ts';

export const root = resolve(import.meta.dirname, '..', '..');
export const pictures = join(root, 'out', 'test', 'pictures');
const shared = join(root, '..', 'shared', 'data');
const node = join(root, 'node_modules', 'node', 'bin', 'node');

export type Media = { videoPath: string; audioPath: string; real: boolean };

/** A real face and real Mandarin where the recordings are present, else the committed sample media, said in a line. */
export async function testMedia(): Promise<Media> {
  const video = join(shared, 'face', 'video', 'WolfgangLanger_Pexels.mp4');
  const audio = join(shared, 'voice', 'mic', 'stream_zh_48k.wav');
  const folder = join(root, '.cache', 'test-media');
  if (!existsSync(video) || !existsSync(audio)) {
    console.log('The recorded face and voice are not here; the committed sample media are used instead.');
    return { ...(await prepareRehearsalMedia(folder)), real: false };
  }
  execFileSync('mkdir', ['-p', folder]);
  const videoPath = join(folder, 'face.y4m');
  if (!existsSync(videoPath)) {
    const options = ['-an', '-vf', 'fps=15,scale=320:180', '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe'];
    execFileSync(ffmpeg.path, ['-y', '-v', 'error', '-i', video, ...options, videoPath]);
  }
  return { videoPath, audioPath: audio, real: true };
}

export type Room = { endpoint: string; tell(order: RoomOrder): void; stop(): void };

/** A simulated room in a process of its own; it is silent unless `rate` messages a second are asked for. */
export async function startRoom(rate = 0): Promise<Room> {
  const child = fork(join(root, 'tests', 'e2e', 'room.ts'), [String(rate)], {
    execPath: node,
    serialization: 'advanced',
  });
  const { endpoint } = await new Promise<{ endpoint: string }>((done, fail) => {
    child.once('message', (message) => done(message as { endpoint: string }));
    child.once('exit', () => fail(new Error('the room did not start')));
  });
  return { endpoint, tell: (order) => void child.send(order), stop: () => void child.disconnect() };
}

export type Server = {
  url: string;
  dataDir: string;
  admin: { username: string; password: string };
  pairCode: string;
  stop(): Promise<void>;
};

/** The sync server with a fresh database, an agency and a code for one streamer. */
export async function startSyncServer(): Promise<Server> {
  const machine = await setup({ forTests: true });
  // Postgres runs as another user under root, and must reach its folder.
  const dataDir = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'timao-e2e-server-'));
  execFileSync('chmod', ['711', dataDir]);
  const children = openChildren();
  const options = {
    root,
    node: machine.node,
    env: machine.env,
    dataDir,
    logPath: join(root, 'out', 'test', 'server.log'),
    port: 0,
  };
  const ready = await startServer(children, options);
  const { admin, pairCode } = await enterAgency(ready, join(dataDir, 'admin.json'));
  return {
    url: ready.url,
    dataDir,
    admin,
    pairCode,
    async stop() {
      await children.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type LiveApp = {
  electron: ElectronApplication;
  workstation: Page;
  overlay: Page;
  dataDir: string;
  call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Waits until `test` says so; the error names `what`. */
  until<T>(what: string, read: () => Promise<T>, test: (value: T) => boolean, withinMs?: number): Promise<T>;
  pidOf(part: 'engine' | 'inference'): number;
  log(): string;
  stop(): Promise<void>;
  /** Ends the app and its processes as a power cut would. */
  kill(): Promise<void>;
};

/** `noDevices` leaves Chromium with what the machine has: in a test, no camera and no microphone. */
export type AppChoice = { media?: Media; noDevices?: boolean; dataDir?: string; args?: string[] };

/** Starts the built app; `stop` closes it as a user would and keeps its folder, which `dataDir` can be given again. */
export async function startApp({
  media,
  noDevices = false,
  dataDir = mkdtempSync(join(tmpdir(), 'timao-e2e-')),
  args = [],
}: AppChoice = {}): Promise<LiveApp> {
  const machine = await setup({ forTests: true });
  const fake = media
    ? [
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${media.videoPath}`,
        `--use-file-for-fake-audio-capture=${media.audioPath}`,
      ]
    : noDevices
      ? []
      : ['--use-fake-device-for-media-stream'];
  const own = [root, '--rehearsal', `--data-dir=${dataDir}`, ...(media ? ['--sample-media'] : []), ...args];
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await electron.launch({
    executablePath: machine.electronPath,
    args: [...sandbox, ...fake, ...own],
    cwd: root,
    env: { ...machine.env, DISPLAY: process.env.DISPLAY ?? '' } as Record<string, string>,
  });
  const child: ChildProcess = app.process();
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output = (output + chunk).slice(-200_000);
  });
  const page = async (kind: string): Promise<Page> => {
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      const found = app.windows().find((window) => window.url().includes(`/windows/${kind}/`));
      if (found) return found;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`no ${kind} window. ${output.slice(-2_000)}`);
  };
  const workstation = await page('workstation');
  const overlay = await page('overlay');
  const call: LiveApp['call'] = async (name, input) => {
    const reply = await workstation.evaluate(
      ([route, value]) =>
        (window as unknown as { app: import('@app/shared/ipc').AppBridge }).app.request(route as string, value),
      [name, input] as const,
    );
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message}`);
    return reply.data as never;
  };
  return {
    electron: app,
    workstation,
    overlay,
    dataDir,
    call,
    async until(what, read, test, withinMs = 15_000) {
      let last: unknown;
      for (const end = Date.now() + withinMs; Date.now() < end; ) {
        const value = await read();
        if (test(value)) return value;
        last = value;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error(
        `${what}: not within ${withinMs} ms. Last: ${JSON.stringify(last)?.slice(0, 1_000)} ${output.slice(-2_000)}`,
      );
    },
    pidOf(part) {
      const list = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' });
      const line = list
        .split('\n')
        .find((text) => text.includes(`out/main/${part}.cjs`) && text.includes(`${child.pid} `));
      if (!line) throw new Error(`no ${part} process under ${child.pid}`);
      return Number(line.trim().split(/\s+/)[0]);
    },
    log: () => output,
    stop: () => app.close(),
    async kill() {
      const gone = new Promise((done) => child.once('exit', done));
      const pid = child.pid;
      if (pid) execFileSync('pkill', ['-KILL', '-P', String(pid)], { stdio: 'ignore' });
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Presses a key through the window system, as a keyboard does. */
export function pressKey(key: string): void {
  execFileSync('xdotool', ['key', key]);
}
