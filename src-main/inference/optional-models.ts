// Models that are too large for the package lie in one folder of the user, shared by the app and the command line.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of optional models: TIMAO_MODELS when set, else the system's place for the data of programs. */
export function optionalModelsFolder(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (env.TIMAO_MODELS) return env.TIMAO_MODELS;
  const home = homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Timao', 'models');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Timao', 'models');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'timao', 'models');
}
