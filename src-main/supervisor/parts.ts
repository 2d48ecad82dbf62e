// The three parts that main keeps running, and what flows between them: frames to inference, readings to the engine.
import { join } from 'node:path';
import type { WindowKind } from '@app/shared/ipc';
import type { FromEngine, FromInference, ToEngine, ToInference } from '@app/shared/links';
import type { GovernorView, ModelView, PartState } from '@app/shared/view';
import type { BrowserWindow } from 'electron';
import type { Windows } from '../windows/windows.ts';
import { type EngineLink, makeEngineLink } from './engine-link.ts';
import { type Child, startProcess } from './start-process.ts';
import { type Startable, type Supervised, supervise } from './supervised.ts';

export type PartName = 'engine' | 'inference' | 'capture';
type CapturePart = Startable & { window: BrowserWindow };

export type Parts = {
  engine: EngineLink;
  states(): Record<PartName, PartState>;
  restart(part: PartName): void;
  toInference(message: ToInference): boolean;
  toEngine(message: ToEngine): boolean;
  captureReady(): void;
  pids(): Record<PartName, number | undefined>;
  startEngine(): void;
  startOthers(): void;
  stop(): Promise<void>;
};

export type PartsOptions = {
  builtFolder: string;
  nodePath: string;
  engineConfig(): unknown;
  inferenceConfig: unknown;
  windows: Windows;
  openCapture(): BrowserWindow;
  onState(): void;
  onModels(models: ModelView[]): void;
  onGovernor(governor: GovernorView, faceFps: number): void;
  onSecret(name: string, value: string | null): void;
  /** The engine answers calls; `wasAway` when it died and is back. */
  onEngineReady(wasAway: boolean): void;
  onCaptureBack(): void;
};

const stopWithinMs = 3_000;

/** Makes the parts; nothing runs before `startEngine` and `startOthers`. */
export function makeParts(options: PartsOptions): Parts {
  const { windows, builtFolder, nodePath } = options;
  const file = (name: string) => join(builtFolder, `${name}.cjs`);
  const common = { onState: options.onState };

  const engine: Supervised<Child<FromEngine, ToEngine>> = supervise({
    ...common,
    launch() {
      const config = options.engineConfig();
      const child = startProcess<FromEngine, ToEngine>({
        file: file('engine'),
        name: 'timao-engine',
        config,
        nodePath,
      });
      child.onMessage(fromEngine);
      child.onExit(() => link.drop());
      return child;
    },
    onBack: () => undefined,
  });
  const inference: Supervised<Child<FromInference, ToInference>> = supervise({
    ...common,
    launch() {
      const config = options.inferenceConfig;
      const child = startProcess<FromInference, ToInference>({
        file: file('inference'),
        name: 'timao-inference',
        config,
        nodePath,
      });
      child.onMessage(fromInference);
      return child;
    },
    onBack: (fromAt) => toEngine({ type: 'gap', part: 'inference', fromAt }),
  });
  const capture: Supervised<CapturePart> = supervise({
    ...common,
    launch() {
      const window = options.openCapture();
      windows.add('capture' satisfies WindowKind, window);
      const listeners: ((code: number | null) => void)[] = [];
      const ended = () => {
        for (const listener of listeners.splice(0)) listener(null);
      };
      window.webContents.once('render-process-gone', () => {
        if (!window.isDestroyed()) window.destroy();
        ended();
      });
      window.once('closed', ended);
      return { window, onExit: (listener) => void listeners.push(listener), kill: () => window.destroy() };
    },
    onBack(fromAt) {
      toEngine({ type: 'gap', part: 'capture', fromAt });
      options.onCaptureBack();
    },
  });

  const toEngine = (message: ToEngine): boolean => {
    engine.child?.send(message);
    return engine.child !== null;
  };
  const toInference = (message: ToInference): boolean => {
    inference.child?.send(message);
    return inference.child !== null;
  };
  const link = makeEngineLink(toEngine);

  function fromEngine(message: FromEngine): void {
    switch (message.type) {
      case 'ready': {
        const wasAway = engine.awaySince !== null;
        engine.ready();
        return options.onEngineReady(wasAway);
      }
      case 'unusable':
        link.fail(message.code);
        return engine.giveUp();
      case 'reply':
        return link.settle(message);
      case 'infer':
        return void toInference(message.message);
      case 'secret':
        return options.onSecret(message.name, message.value);
      case 'push':
        return pushToWindows(message.push.name, message.push.payload);
      default:
    }
  }
  function pushToWindows(name: Extract<FromEngine, { type: 'push' }>['push']['name'], payload: unknown): void {
    const kind: WindowKind = name === 'overlay.changed' ? 'overlay' : 'workstation';
    windows.push(kind, name, payload as never);
  }
  function fromInference(message: FromInference): void {
    switch (message.type) {
      case 'ready':
        options.onModels(message.models);
        return inference.ready();
      case 'models':
        return options.onModels(message.models);
      case 'governor':
        return options.onGovernor(message.governor, message.faceFps);
      case 'ack':
        return windows.push('capture', 'capture.acked', { stream: message.stream, seq: message.seq });
      default:
        return void toEngine({ type: 'inferred', message });
    }
  }

  return {
    engine: link,
    states: () => ({ engine: engine.state, inference: inference.state, capture: capture.state }),
    restart: (part) => ({ engine, inference, capture })[part].restart(),
    toInference,
    toEngine,
    captureReady: () => capture.ready(),
    pids: () => ({
      engine: engine.child?.pid,
      inference: inference.child?.pid,
      capture: capture.child?.window.webContents.getOSProcessId(),
    }),
    startEngine: () => engine.start(),
    startOthers() {
      inference.start();
      capture.start();
    },
    async stop() {
      await capture.stop((part) => part.window.destroy(), stopWithinMs);
      await inference.stop((child) => child.send({ type: 'stop' }), stopWithinMs);
      await engine.stop((child) => child.send({ type: 'stop' }), stopWithinMs);
    },
  };
}
