import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

export type Paths = {
  built: string;
  preload: string;
  renderer: string;
  models: string;
  icon: string;
  database: string;
  secrets: string;
  /** The Node that runs engine and inference where Electron cannot. */
  node: string;
};

/** Where things lie, in a checkout and in a packaged app; `modelsDir` takes the place of the app's own models. */
export function findPaths(modelsDir: string | null): Paths {
  const root = app.getAppPath();
  const outside = app.isPackaged ? process.resourcesPath : root;
  const exe = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundledNode = join(root, 'node_modules', 'node', 'bin', exe);
  return {
    built: join(root, 'out', 'main'),
    preload: join(root, 'out', 'preload', 'bridge.cjs'),
    renderer: join(root, 'out', 'renderer'),
    models: modelsDir ?? join(outside, 'models'),
    icon: join(outside, 'assets', 'icon.png'),
    database: join(app.getPath('userData'), 'timao.db'),
    secrets: join(app.getPath('userData'), 'secrets.json'),
    node: process.env.TIMAO_NODE ?? (existsSync(bundledNode) ? bundledNode : exe),
  };
}
