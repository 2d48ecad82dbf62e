// A recording as a connector: captured frames or danmaku, one JSON object a line, with their own spacing in time.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { type ConnectorState, danmaku, type Platform } from '@app/shared/live-event';
import { textLines } from '../../process/text-lines.ts';
import { capturedFrame, frameDecoders } from './captured-frame.ts';
import { type Clock, sleep, systemClock } from './clock.ts';
import { type Connector, ConnectorFailure, type StateListener } from './connector.ts';
import { danmakuLine, fromLine } from './danmaku-line.ts';
import { createIntake, type Decoded } from './intake.ts';
import { asObject, parseJson } from './json-value.ts';

export type ReplayOptions = {
  path: string;
  platform: Platform;
  /** 1 is real time, 10 ten times as fast; `max` does not wait. */
  speed: number | 'max';
  clock?: Clock;
};

/** Longest silence that is played in full, in recorded time; a recording over several days does not stall. */
const longestGapMs = 600_000;
const mostQueued = 5_000;

/** Plays a recording through the decoders of its platform; ends in `ended`, or in `error` when nothing could be read. */
export function createReplayConnector(options: ReplayOptions): Connector {
  const clock = options.clock ?? systemClock;
  const intake = createIntake({ clock });
  const listeners: StateListener[] = [];
  const abort = new AbortController();
  let running: Promise<void> | null = null;
  const setState = (state: ConnectorState, detail = '') => {
    for (const listener of listeners) listener(state, detail);
  };

  async function play(roomId: string, signal: AbortSignal): Promise<void> {
    setState('connecting');
    let lastAt: number | null = null;
    let live = false;
    for await (const line of textLines(createReadStream(options.path))) {
      if (signal.aborted) break;
      if (line?.trim() === '') continue;
      const step = line === null ? null : readStep(line, options.platform, roomId);
      if (!step) {
        intake.countError('BAD_LINE');
        continue;
      }
      const gapMs = Math.min(longestGapMs, Math.max(0, step.at - (lastAt ?? step.at)));
      lastAt = Math.max(lastAt ?? step.at, step.at);
      if (options.speed !== 'max' && gapMs > 0) await sleep(clock, gapMs / options.speed, signal);
      if (signal.aborted) break;
      if (!live) setState('live');
      live = true;
      intake.countFrame(step.at);
      intake.accept(step.decoded, step.at);
      // A recording can wait for its reader: nothing of it is shed.
      if (intake.queued() >= mostQueued) await intake.drained();
    }
    await intake.drained();
    if (live || signal.aborted) setState('ended');
    else setState('error', 'NOTHING_READABLE the recording holds no frame and no danmaku');
  }

  return {
    platform: options.platform,
    source: 'replay',
    async start(room, signal) {
      if (running !== null) throw new ConnectorFailure('ALREADY_STARTED', 'This connector was started before.');
      await access(options.path).catch(() => {
        throw new ConnectorFailure('NO_RECORDING', 'The recording cannot be read.');
      });
      running = play(room.platformRoomId, AbortSignal.any([signal, abort.signal]));
    },
    async stop() {
      abort.abort();
      await running;
      await intake.drained();
    },
    onEvent: (listener) => intake.onEvent(listener),
    onState: (listener) => listeners.push(listener),
    stats: () => intake.stats(),
  };
}

/** What one line holds: a frame, a danmaku of ours, one inside a recorded session event, or a command-line event. */
function readStep(line: string, platform: Platform, roomId: string): { at: number; decoded: Decoded } | null {
  let value: unknown;
  try {
    value = parseJson(line);
  } catch {
    return null;
  }
  const frame = capturedFrame.safeParse(value);
  if (frame.success) {
    const { at } = frame.data;
    const decoded = frameDecoders[platform]?.(frame.data, { source: 'replay', roomId, receivedAt: at });
    return decoded ? { at, decoded } : null;
  }
  const event = danmaku.safeParse(asObject(value).danmaku ?? value);
  const ours = event.success ? event.data : lineEvent(value);
  if (!ours) return null;
  const received = asObject(value).receivedAt;
  const at = typeof received === 'number' ? received : ours.at;
  return { at, decoded: { events: [{ ...ours, source: 'replay' }], unknown: {}, ignored: 0, errors: [] } };
}

function lineEvent(value: unknown) {
  const parsed = danmakuLine.safeParse(value);
  return parsed.success ? fromLine(parsed.data) : null;
}
