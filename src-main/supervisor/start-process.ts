// Starts engine and inference: as Electron utility processes where their native modules load, else as Node children.
import { type ChildProcess, fork } from 'node:child_process';
import { utilityProcess } from 'electron';

export type Child<In, Out> = {
  readonly pid: number | undefined;
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
};

export type StartOptions = { file: string; name: string; config: unknown; nodePath: string };

/** better-sqlite3 13 needs Node 22, which Electron carries from version 35 on. */
const firstElectronWithNode22 = 35;

/** Electron too old for the native modules: its processes run on the Node that npm brought instead. */
export const oldElectron = Number(process.versions.electron?.split('.')[0] ?? 0) < firstElectronWithNode22;

/** Starts `file` with `config` as its one argument, JSON. */
export function startProcess<In, Out>(options: StartOptions): Child<In, Out> {
  return oldElectron ? asNodeChild(options) : asUtility(options);
}

function asUtility<In, Out>({ file, name, config }: StartOptions): Child<In, Out> {
  const child = utilityProcess.fork(file, [JSON.stringify(config)], { serviceName: name, stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as In)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
}

function asNodeChild<In, Out>({ file, config, nodePath }: StartOptions): Child<In, Out> {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  const child: ChildProcess = fork(file, [JSON.stringify(config)], {
    execPath: nodePath,
    execArgv: [],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('error', () => undefined); // an exit event follows, which the supervisor acts on
  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as In)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}
