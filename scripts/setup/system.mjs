// What Linux itself must have: the libraries Electron links, a Chinese font, and the programs that tests use.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { lastLines, Problem, run, say } from '../steps.mjs';

/** What must be there, and the Debian package that brings it; `when` names who needs it. */
export const systemParts = [
  { when: 'app', library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
  { when: 'app', library: 'libnss3.so', packages: ['libnss3'] },
  { when: 'app', library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
  { when: 'app', library: 'libgbm.so.1', packages: ['libgbm1'] },
  { when: 'app', library: 'libatk-bridge-2.0.so.0', packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'] },
  { when: 'app', library: 'libcups.so.2', packages: ['libcups2t64', 'libcups2'] },
  { when: 'app', library: 'libdrm.so.2', packages: ['libdrm2'] },
  { when: 'app', font: 'zh', packages: ['fonts-noto-cjk'] },
  { when: 'app', font: 'und-zsye', packages: ['fonts-noto-color-emoji'] },
  { when: 'display', program: 'Xvfb', packages: ['xvfb'] },
  { when: 'tests', program: 'Xvfb', packages: ['xvfb'] },
  { when: 'tests', program: 'chromium', packages: ['chromium'] },
  { when: 'tests', program: 'xdotool', packages: ['xdotool'] },
  { when: 'tests', program: 'scrot', packages: ['scrot'] },
  { when: 'tests', program: 'openbox', packages: ['openbox'] },
  { when: 'tests', program: 'picom', packages: ['picom'] },
  { when: 'tests', program: 'espeak-ng', packages: ['espeak-ng'] },
];

const chromiumPlaces = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/** The Chromium that window tests run in: CHROMIUM_PATH, else the first one found; undefined when there is none. */
export function findChromium(env = process.env, exists = existsSync) {
  return env.CHROMIUM_PATH ?? (chromiumPlaces[process.platform] ?? []).find((path) => exists(path));
}

/** True when `name` can be run from PATH. */
export function hasProgram(name, env = process.env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Asks the machine: which libraries the linker knows, which programs are there, which scripts can be drawn. */
export function lookAtMachine() {
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path)) ?? 'ldconfig';
  const known = spawnSync(ldconfig, ['-p'], { encoding: 'utf8' }).stdout;
  const libraries = new Set((known ?? '').split('\n').map((line) => line.trim().split(' ')[0]));
  return {
    // A system without ldconfig (Nix, musl) cannot be asked; Electron itself will then say what it misses.
    hasLibrary: (name) => known === null || known === undefined || libraries.has(name),
    hasProgram: (name) => (name === 'chromium' ? findChromium() !== undefined : hasProgram(name)),
    hasFont: (language) =>
      (spawnSync('fc-list', [`:lang=${language}`], { encoding: 'utf8' }).stdout ?? '').trim() !== '',
  };
}

/** The parts that are missing for the given needs ('app', 'display', 'tests'), in the order of the list. */
export function missingParts(needs, machine) {
  return systemParts.filter((part) => {
    if (!needs.includes(part.when)) return false;
    if (part.library) return !machine.hasLibrary(part.library);
    return part.font ? !machine.hasFont(part.font) : !machine.hasProgram(part.program);
  });
}

/** The Debian packages that bring the missing parts, each once; `canInstall` tells which of two names this release has. */
export function debianPackages(parts, canInstall) {
  const names = parts.map(({ packages }) => packages.find((name) => canInstall(name)) ?? packages.at(-1));
  return [...new Set(names)];
}

const aptKnows = (name) =>
  /Candidate: (?!\(none\))/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '');

async function agrees(question) {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return !/^n/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
}

function refuse(parts, command) {
  const things = parts.map((part) => part.library ?? part.program ?? `字体 font (${part.font})`).join(', ');
  if (parts.every((part) => part.font))
    return say(`缺少字体，部分文字会显示成方块。安装：${command}`, 'a font is missing, some text will be boxes');
  throw new Problem(
    `系统缺少：${things}。请运行下面的命令后重试：\n           ${command}`,
    'The system lacks these parts. Run the command above, then try again.',
  );
}

async function aptInstall(packages, asRoot) {
  const [program, ...first] = asRoot ? ['apt-get'] : ['sudo', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const args = [...first, 'install', '-y', '--no-install-recommends', ...packages];
  await run(program, [...first, 'update', '-q'], { env, timeoutMs: 180_000 });
  return run(program, args, { env, timeoutMs: 1_200_000 });
}

/**
 * Installs what Linux misses for `needs`: silently as root without a terminal, after a yes on a terminal.
 * Else throws a Problem that holds the one command that does it.
 */
export async function setupSystem(needs) {
  if (process.platform !== 'linux') return;
  const parts = missingParts(needs, lookAtMachine());
  if (parts.length === 0) return;
  if (!hasProgram('apt-get'))
    return refuse(parts, '(dnf / pacman / zypper) 请安装对应的软件包 install what brings them');
  const asRoot = process.getuid() === 0;
  const onTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  if (asRoot && !existsSync('/var/lib/apt/lists')) await run('apt-get', ['update', '-q'], { timeoutMs: 180_000 });
  const packages = debianPackages(parts, aptKnows);
  const command = `${asRoot ? '' : 'sudo '}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const mayAsk = onTerminal && (asRoot || hasProgram('sudo'));
  if (!mayAsk && !asRoot) return refuse(parts, command);
  if (mayAsk && !(await agrees(`需要安装系统软件包 System packages to install:\n  ${command}\n继续 Go on? [Y/n] `)))
    return refuse(parts, command);
  say(`正在安装 ${packages.length} 个系统软件包：${packages.join(' ')}`, 'installing system packages');
  const result = await aptInstall(packages, asRoot);
  const left = missingParts(needs, lookAtMachine());
  if (result.code === 0 && left.length === 0) return;
  throw new Problem(
    `系统软件包没有装好。请自己运行：\n           ${command}`,
    `The system packages could not be installed. Run the command above yourself.\n           ${lastLines(result.output)}`,
  );
}
