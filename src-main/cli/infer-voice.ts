// `infer voice`: a speaker's clips in stream order, or the whole speaker read first (`--enrol full`).
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { openModelFiles } from '../inference/model-files.ts';
import { openVoiceModel, type SpeakerState, type VoiceModel } from '../inference/voice/voice.ts';
import { readAudioFile } from './audio-file.ts';
import type { Command } from './command.ts';
import { mapLines, parseLine, readLines, UsageError } from './jsonl.ts';

const usage = 'infer voice --in F --out F [--enrol causal|full] [--models DIR]';
const clipLine = z.object({
  id: z.union([z.string(), z.number()]),
  path: z.string().min(1),
  speaker: z.string().min(1),
});
type ClipLine = z.infer<typeof clipLine>;

/** More speakers than this in one file is a mistake of the caller, and their states would fill the memory. */
const mostSpeakers = 2_000;

/** The command `infer voice` (see the command line's page for its lines). */
export const command: Command = {
  usage,
  options: { in: { type: 'string' }, out: { type: 'string' }, enrol: { type: 'string' }, models: { type: 'string' } },
  async run(values) {
    const { in: input, out, enrol = 'causal', models } = values;
    if (typeof input !== 'string' || typeof out !== 'string') throw new UsageError(`Usage: ${usage}`);
    if (enrol !== 'causal' && enrol !== 'full') throw new UsageError(`--enrol is causal or full, not "${enrol}".`);
    const root = typeof models === 'string' ? models : join(import.meta.dirname, '..', '..', 'models');
    const model = await openVoiceModel(await openModelFiles(root));
    try {
      if (enrol === 'full') await onFile(input, (path) => readEnrolled(model, { in: path, out }));
      else await readCausally(model, { in: input, out });
    } finally {
      await model.close();
    }
  },
};

/** Full enrolment reads its input twice, which stdin cannot: it is kept in a file that is removed afterwards. */
async function onFile(path: string, task: (path: string) => Promise<void>): Promise<void> {
  if (path !== '-') return task(path);
  const folder = await mkdtemp(join(tmpdir(), 'infer-voice-'));
  try {
    const copy = join(folder, 'lines.jsonl');
    await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }));
    await task(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Paths = { in: string; out: string };

async function readCausally(model: VoiceModel, paths: Paths): Promise<void> {
  const speakers = new Map<string, SpeakerState>();
  await mapLines(paths, clipLine, async (line) => {
    const speaker = speakers.get(line.speaker) ?? model.newSpeaker();
    if (!speakers.has(line.speaker)) admit(speakers.size);
    speakers.set(line.speaker, speaker);
    return readLine(model, line, speaker, true);
  });
}

async function readEnrolled(model: VoiceModel, paths: Paths): Promise<void> {
  const pathsOf = await clipsBySpeaker(paths.in);
  const speakers = new Map<string, SpeakerState>();
  for (const [speaker, clips] of pathsOf) speakers.set(speaker, await model.enrol(readableClips(clips)));
  await mapLines(paths, clipLine, (line) =>
    readLine(model, line, speakers.get(line.speaker) ?? model.newSpeaker(), false),
  );
}

async function readLine(model: VoiceModel, line: ClipLine, speaker: SpeakerState, learn: boolean): Promise<unknown> {
  const samples = await readAudioFile(line.path);
  const startMs = performance.now();
  const reading = await model.readClip(samples, speaker, { learn });
  const ms = Math.round((performance.now() - startMs) * 100) / 100;
  const { emotion, certain, reason, speechSeconds, ...figures } = reading;
  return { id: line.id, emotion, certain, reason, speechSeconds: rounded(speechSeconds), ...shortened(figures), ms };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Clip count and prosody, to three places. */
function shortened(figures: Record<string, number | null>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, value === null ? null : rounded(value)]),
  );
}

async function clipsBySpeaker(path: string): Promise<Map<string, string[]>> {
  const clips = new Map<string, string[]>();
  for await (const line of readLines(path)) {
    const read = parseLine(line);
    const parsed = clipLine.safeParse('value' in read ? read.value : null);
    if (!parsed.success) continue;
    const known = clips.get(parsed.data.speaker);
    if (!known) admit(clips.size);
    if (known) known.push(parsed.data.path);
    else clips.set(parsed.data.speaker, [parsed.data.path]);
  }
  return clips;
}

/** Files that cannot be read are passed over here; their own line says why when its turn comes. */
async function* readableClips(paths: string[]): AsyncGenerator<Float32Array> {
  for (const path of paths) {
    const samples = await readAudioFile(path).catch(() => null);
    if (samples) yield samples;
  }
}

function admit(speakersNow: number): void {
  if (speakersNow >= mostSpeakers) throw new UsageError(`More than ${mostSpeakers} speakers in one file.`);
}
