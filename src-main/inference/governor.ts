// How much the models may take: less while the machine, OBS or the memory is short, more again when it is calm.
import { performance } from 'node:perf_hooks';
import type { GovernorLevel, GovernorReason } from '@app/shared/view';
import { availableBytes, makeCpuMeter } from './machine.ts';

/** What the governor hears each half second; null where nobody can say. */
export type MachineReading = {
  /** Share of all processors that was busy, by whichever program, 0 to 1. */
  cpuShare: number | null;
  /** Memory that programs can still have, in bytes. */
  availableBytes: number | null;
  /** How much later than asked this process was woken, in milliseconds. */
  lateMs: number;
  /** Share of OBS's frames that were skipped in rendering or encoding since its last figures, 0 to 1. */
  obsSkippedShare: number | null;
};

/** How often the face is read at each level, in frames a second. */
const faceFps: Record<GovernorLevel, number> = { full: 5, eased: 2, lean: 1 };

export type GovernorState = {
  level: GovernorLevel;
  reason: GovernorReason | null;
  /** Since when the readings ask for another level without a break; null while they do not. */
  hotSince: number | null;
  calmSince: number | null;
};

export const calmGovernor: GovernorState = { level: 'full', reason: null, hotSince: null, calmSince: null };

type Limits = { eased: number; lean: number };
// OBS: its own stats window warns from 1 % and alarms from 5 % missed frames. Memory: what a browser page and a codec
// need to go on. The processor: above 92 % a frame of OBS begins to wait for its turn on the machines measured.
const limits: { obs: Limits; cpu: Limits; late: Limits; memory: Limits } = {
  obs: { eased: 0.01, lean: 0.05 },
  cpu: { eased: 0.92, lean: 0.98 },
  late: { eased: 120, lean: 400 },
  memory: { eased: 700e6, lean: 350e6 },
};
/** Skipped frames count at once; the processor may be busy for a moment without harm. */
const hotMs: Record<GovernorReason, number> = { obs: 0, memory: 0, cpu: 5_000, late: 2_000 };
/** One level up after this long without a sign of trouble: OBS needs to settle, and a flicker would cost more than it gains. */
const calmMs = 15_000;

function asked(reading: MachineReading): { level: GovernorLevel; reason: GovernorReason } | null {
  const over: [GovernorReason, number | null, Limits, 1 | -1][] = [
    ['obs', reading.obsSkippedShare, limits.obs, 1],
    ['memory', reading.availableBytes, limits.memory, -1],
    ['cpu', reading.cpuShare, limits.cpu, 1],
    ['late', reading.lateMs, limits.late, 1],
  ];
  for (const level of ['lean', 'eased'] as const) {
    for (const [reason, value, limit, sign] of over) {
      if (value !== null && sign * value >= sign * limit[level]) return { level, reason };
    }
  }
  return null;
}

const order: readonly GovernorLevel[] = ['full', 'eased', 'lean'];

/** The state after a reading: down as soon as trouble lasts, up one level after fifteen calm seconds. */
export function nextGovernor(state: GovernorState, reading: MachineReading, nowMs: number): GovernorState {
  const want = asked(reading);
  if (!want) {
    const calmSince = state.calmSince ?? nowMs;
    if (state.level === 'full') return { ...state, hotSince: null, calmSince };
    if (nowMs - calmSince < calmMs) return { ...state, hotSince: null, calmSince };
    const level = order[order.indexOf(state.level) - 1]!;
    return { level, reason: level === 'full' ? null : state.reason, hotSince: null, calmSince: nowMs };
  }
  if (order.indexOf(want.level) <= order.indexOf(state.level)) return { ...state, hotSince: null, calmSince: null };
  const hotSince = state.hotSince ?? nowMs;
  if (nowMs - hotSince < hotMs[want.reason]) return { ...state, hotSince, calmSince: null };
  return { level: want.level, reason: want.reason, hotSince: null, calmSince: null };
}

const everyMs = 500;

/** Asks the machine twice a second and tells `onChange` each new level; `obs` is what OBS said last. */
export function startGovernor(options: {
  obsSkippedShare(): number | null;
  onChange(state: GovernorState, faceFps: number): void;
}): { stop(): void } {
  const cpuShare = makeCpuMeter();
  let state = calmGovernor;
  let due = performance.now() + everyMs;
  let bytes: number | null = null;
  const timer = setInterval(() => {
    const now = performance.now();
    const lateMs = Math.max(0, now - due);
    due = now + everyMs;
    void availableBytes().then((value) => {
      bytes = value;
    });
    const reading = {
      cpuShare: cpuShare(),
      availableBytes: bytes,
      lateMs,
      obsSkippedShare: options.obsSkippedShare(),
    };
    const next = nextGovernor(state, reading, now);
    const isNew = next.level !== state.level || next.reason !== state.reason;
    state = next;
    if (isNew) options.onChange(state, faceFps[state.level]);
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
