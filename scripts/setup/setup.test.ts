import { describe, expect, it } from 'vitest';
import { isInstalled, outsideEnv } from './packages.mjs';
import { debianPackages, findChromium, missingParts, systemParts } from './system.mjs';

const everything = { hasLibrary: () => true, hasProgram: () => true, hasFont: () => true };

describe('what Linux lacks', () => {
  it('is nothing on a machine that has everything, also for tests', () => {
    expect(missingParts(['app', 'display', 'tests'], everything)).toEqual([]);
  });

  it('does not hold test programs when only the app is to run', () => {
    const bare = { hasLibrary: () => true, hasProgram: () => false, hasFont: () => true };
    expect(missingParts(['app'], bare)).toEqual([]);
    expect(missingParts(['app', 'display'], bare).map(({ program }) => program)).toEqual(['Xvfb']);
    expect(missingParts(['tests'], bare).map(({ program }) => program)).toContain('chromium');
  });

  it('names the library that the linker does not know', () => {
    const withoutGtk = { ...everything, hasLibrary: (name: string) => !name.startsWith('libgtk') };
    expect(missingParts(['app'], withoutGtk).map(({ library }) => library)).toEqual(['libgtk-3.so.0']);
  });

  it('comes from the package name that this release has, each package once', () => {
    const parts = systemParts.filter(({ library, program }) => library === 'libgtk-3.so.0' || program === 'Xvfb');
    expect(debianPackages(parts, (name: string) => name.endsWith('t64'))).toEqual(['libgtk-3-0t64', 'xvfb']);
    expect(debianPackages(parts, (name: string) => !name.endsWith('t64'))).toEqual(['libgtk-3-0', 'xvfb']);
  });
});

describe('the Chromium for window tests', () => {
  it('is the one named by hand before any found', () => {
    expect(findChromium({ CHROMIUM_PATH: '/opt/chromium' }, () => true)).toBe('/opt/chromium');
  });

  it('is undefined where there is none', () => {
    expect(findChromium({}, () => false)).toBeUndefined();
  });
});

describe('installed packages', () => {
  const wanted = {
    packages: {
      '': { version: '1.0.0' },
      'src-shared': { version: '0.1.0' },
      'node_modules/a': { version: '1.2.3' },
      'node_modules/b-win32': { version: '2.0.0', optional: true },
    },
  };

  it('match the lock file when only optional packages of other systems are absent', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.2.3' } } })).toBe(true);
  });

  it('do not match it when a version differs or a needed package is absent', () => {
    expect(isInstalled(wanted, { packages: { 'node_modules/a': { version: '1.2.4' } } })).toBe(false);
    expect(isInstalled(wanted, { packages: {} })).toBe(false);
  });

  it('are replaced without their own programs on PATH', () => {
    const env = outsideEnv('/p', { PATH: '/p/node_modules/.bin:/usr/bin:/p/node_modules/node/bin' });
    expect(env.PATH).toBe('/usr/bin');
  });
});
