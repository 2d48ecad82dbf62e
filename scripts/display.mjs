// A screen to show windows on: the one that is there, else a virtual one (Xvfb) for as long as it is needed.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChildren, stopOnSignals } from './children.mjs';
import { hasProgram } from './setup/system.mjs';
import { hasDisplay } from './setup.mjs';
import { Problem, say } from './steps.mjs';

/** An .Xauthority that lets in whoever can read it, on any display: family "wild", no address, no number. */
export function xauthority(cookie) {
  const counted = (bytes) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  const name = Buffer.from('MIT-MAGIC-COOKIE-1');
  const none = Buffer.alloc(0);
  return Buffer.concat([Buffer.from([0xff, 0xff]), counted(none), counted(none), counted(name), counted(cookie)]);
}

function readDisplayNumber(xvfb) {
  return new Promise((resolve, reject) => {
    const fail = () =>
      reject(
        new Problem(
          '虚拟显示 Xvfb 无法启动。',
          'The virtual display Xvfb does not start. Try: Xvfb :99 -screen 0 640x480x24',
        ),
      );
    const timer = setTimeout(fail, 15_000);
    let text = '';
    xvfb.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(Number(text.trim()));
    });
    for (const event of ['error', 'exit']) {
      xvfb.once(event, () => {
        clearTimeout(timer);
        fail();
      });
    }
  });
}

/**
 * Returns { env, virtual } with a display in `env`. Where there was none, Xvfb (with openbox and picom, when
 * installed) is started among `children`, who ends it.
 */
export async function openDisplay(children, env) {
  if (hasDisplay(env)) return { env, virtual: false };
  if (!hasProgram('Xvfb')) {
    throw new Problem(
      '没有显示器，也没有 Xvfb。请安装：apt-get install xvfb',
      'No display and no Xvfb. Run: apt-get install xvfb',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'timao-display-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const cookies = join(folder, 'Xauthority');
  writeFileSync(cookies, xauthority(randomBytes(16)), { mode: 0o600 });
  const screen = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp', '-auth', cookies];
  const xvfb = children.start('Xvfb', 'Xvfb', screen, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await readDisplayNumber(xvfb);
  const shown = { ...env, DISPLAY: `:${number}`, XAUTHORITY: cookies };
  const quiet = { env: shown, stdio: 'ignore' };
  const helpers = [
    ['openbox', []],
    // Without a compositor a transparent window is black on the screen.
    ['picom', ['--backend', 'xrender', '--config', '/dev/null']],
  ];
  for (const [name, args] of helpers) {
    if (hasProgram(name)) children.start(name, name, args, quiet).on('error', () => undefined);
  }
  say(`没有显示器，使用虚拟显示 :${number}（1920×1080）`, `no display here, using a virtual one, :${number}`);
  return { env: shown, virtual: true };
}

/** Runs `work(env)` with a display in `env` and closes what was opened for it, also after a failure or Ctrl-C. */
export async function withDisplay(env, work) {
  const children = openChildren();
  const forget = stopOnSignals(children);
  try {
    return await work((await openDisplay(children, env)).env);
  } finally {
    await children.stop();
    forget();
  }
}
