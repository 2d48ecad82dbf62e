// Who may import whom. tests/architecture.test.ts runs these rules and shows that each of them can fail.
const no = (name, from, to) => ({ name, severity: 'error', from, to });
const electron = '^electron$|node_modules/electron/';
module.exports = {
  forbidden: [
    no('no-circle', {}, { circular: true }),
    no('shared-stands-alone', { path: '^src-shared/' }, { pathNot: '^src-shared/|node_modules/zod' }),
    no('windows-see-shared-only', { path: '^src-renderer/' }, { path: '^(src-main|src-preload|sync-server)/' }),
    no(
      'features-stand-apart',
      { path: '^src-renderer/features/([^/]+)/' },
      { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    ),
    no('ui-knows-no-app', { path: '^src-renderer/ui/' }, { path: '^src-renderer/(?!ui/)' }),
    no('windows-have-no-node', { path: '^src-renderer/' }, { dependencyTypes: ['core'] }),
    no('main-sees-no-window', { path: '^src-main/' }, { path: '^(src-renderer|src-preload|sync-server)/' }),
    no('preload-is-thin', { path: '^src-preload/' }, { pathNot: `^src-(preload|shared)/|${electron}` }),
    // What only tests use may put engine and models together in one process.
    no('engine-stands-apart', { path: '^src-main/engine/(?!testing/)' }, { path: '^src-main/(?!engine/|process/)' }),
    no('tests-alone-use-testing', { path: '^src-main/(?!engine/testing/)' }, { path: '^src-main/engine/testing/' }),
    no('inference-stands-apart', { path: '^src-main/inference/' }, { path: '^src-main/(?!inference/|process/)' }),
    no(
      'processes-are-started-not-imported',
      { path: '^src-main/(?!engine/|inference/|process/|cli/)' },
      { path: '^src-main/(engine|inference|cli)/' },
    ),
    no('server-sees-shared-only', { path: '^sync-server/' }, { path: '^src-(main|preload|renderer)/' }),
    no('admin-page-sees-no-server-code', { path: '^sync-server/admin/' }, { path: '^sync-server/src/' }),
    no(
      'electron-at-the-edges',
      { path: '^(src-renderer|src-shared|sync-server)/|^src-main/(engine|inference|process|cli)/' },
      { path: electron },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$|(^|/)(out|dist)/' },
  },
};
