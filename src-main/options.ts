// What the app is told on its command line; everything has a default, so that a plain start works.
import { parseArgs } from 'node:util';

export type AppOptions = {
  /** Simulated room and sample media, for trying the app out. */
  rehearsal: boolean;
  /** The camera and microphone that Chromium gives are files, so no consent is asked for them. */
  sampleMedia: boolean;
  /** The machine's own devices were allowed on the command line. */
  devices: boolean;
  dataDir: string | null;
  modelsDir: string | null;
  serverUrl: string | null;
  pairCode: string | null;
  exitAfterSeconds: number | null;
  /** Where pictures and summary.json go when the app ends by itself. */
  outDir: string;
  /** Simulated messages per second. */
  rate: number | null;
  /** Connects the rehearsal to this loopback endpoint instead of its own simulator. */
  endpoint: string | null;
  cooldownsOff: boolean;
  autoStart: boolean;
  /** Largest size of the database in SQLite pages, to try out what happens when it is full. */
  maxPages: number | null;
};

/** Reads the app's own options from a command line that also carries Chromium's. */
export function readOptions(argv: readonly string[]): AppOptions {
  const { values } = parseArgs({
    args: argv.filter((word) => word.startsWith('--')),
    strict: false,
    options: {
      rehearsal: { type: 'boolean' },
      'sample-media': { type: 'boolean' },
      devices: { type: 'boolean' },
      'data-dir': { type: 'string' },
      'models-dir': { type: 'string' },
      'server-url': { type: 'string' },
      'pair-code': { type: 'string' },
      'exit-after': { type: 'string' },
      out: { type: 'string' },
      rate: { type: 'string' },
      endpoint: { type: 'string' },
      'cooldowns-off': { type: 'boolean' },
      'auto-start': { type: 'boolean' },
      'max-pages': { type: 'string' },
    },
  });
  const text = (name: string) => (typeof values[name] === 'string' ? (values[name] as string) : null);
  const count = (name: string) => {
    const value = Number(text(name) ?? Number.NaN);
    return Number.isFinite(value) && value > 0 ? value : null;
  };
  return {
    rehearsal: values.rehearsal === true,
    sampleMedia: values['sample-media'] === true,
    devices: values.devices === true,
    dataDir: text('data-dir'),
    modelsDir: text('models-dir'),
    serverUrl: text('server-url'),
    pairCode: text('pair-code'),
    exitAfterSeconds: count('exit-after'),
    outDir: text('out') ?? 'out/start',
    rate: count('rate'),
    endpoint: text('endpoint'),
    cooldownsOff: values['cooldowns-off'] === true,
    autoStart: values['auto-start'] === true,
    maxPages: count('max-pages'),
  };
}
