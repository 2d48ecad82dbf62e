// The inference process: owns every model. One call at a time per stream, so that a slow model drops frames, not seconds.
import type { CatalogueEntry } from '@app/shared/catalogue';
import type { FromInference, ToInference } from '@app/shared/links';
import type { TextLaneView } from '@app/shared/view';
import { background } from '../process/background.ts';
import { openLogger } from '../process/logger.ts';
import { openParentPort } from '../process/port.ts';
import { openFaceModel } from './face/face.ts';
import { startGovernor } from './governor.ts';
import { lazyModel } from './lazy-model.ts';
import { type ModelFiles, openModelFiles } from './model-files.ts';
import { openTextModel } from './text/text.ts';
import { openVoiceModel, speakerState, type VoiceStream } from './voice/voice.ts';

const { modelsPath } = JSON.parse(process.argv.at(-1) ?? '{}') as { modelsPath: string };
const log = openLogger('inference');
const port = openParentPort<ToInference, FromInference>();

let files: Promise<ModelFiles> | null = null;
const openFiles = () => {
  files ??= openModelFiles(modelsPath);
  return files;
};
const told = (error?: unknown) => {
  if (error)
    log.error('model_failed', { kind: error instanceof Error ? error.name : typeof error, code: codeOf(error) });
  port.send({ type: 'models', models: views() });
};
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : undefined);
let textLane: TextLaneView | null = null;
let catalogue: CatalogueEntry[] = [];
let encoderAllowed = true;
const onStatus = (lane: TextLaneView) => {
  textLane = lane;
  told();
};
async function openText() {
  const model = await openTextModel(await openFiles(), { onStatus });
  model.setCatalogue(catalogue);
  model.allowEncoder(encoderAllowed);
  textLane = model.status();
  return model;
}
const text = lazyModel('text', openText, told);
const voice = lazyModel('voice', async () => openVoiceModel(await openFiles()), told);
const face = lazyModel('face', async () => openFaceModel(await openFiles()), told);
const views = () => [textLane ? { ...text.view, textLane } : text.view, voice.view, face.view];

type Audio = Extract<ToInference, { type: 'audio' }>;
type Frame = Extract<ToInference, { type: 'frame' }>;
/** Voice profiles are sent to be saved after this many new clips, and when a session ends. */
const saveEveryClips = 5;

let speaker: Record<string, unknown> | null = null;
let voiceStream: VoiceStream | null = null;
let faceStream: ReturnType<Awaited<ReturnType<typeof openFaceModel>>['openStream']> | null = null;
let unsavedClips = 0;
let speaking = false;
let obsSkippedShare: number | null = null;
/** Until the first word about a session, as after a start in the middle of one, everything is read. */
let isActive = true;
const queues = { audio: Promise.resolve(), frame: Promise.resolve() };

/** Without a session models are let go after this time: the next one opens them again in well under a second. */
const releaseAfterMs = 3 * 60_000;
let releaseTimer: NodeJS.Timeout | null = null;

const governor = startGovernor({
  obsSkippedShare: () => obsSkippedShare,
  onChange({ level, reason }, faceFps) {
    allowEncoder(level !== 'lean');
    log.info('governor', { level, reason });
    port.send({ type: 'governor', governor: { level, reason }, faceFps });
    if (reason === 'memory' && !isActive) background(log, 'release', release());
  },
});

/** Told to an open model at once, and to the next one when it opens. */
function allowEncoder(allowed: boolean): void {
  encoderAllowed = allowed;
  if (text.view.state === 'ready')
    background(
      log,
      'text lane',
      text.get().then((model) => model?.allowEncoder(allowed)),
    );
}

function knowCatalogue(entries: CatalogueEntry[]): void {
  catalogue = entries;
  if (text.view.state === 'ready')
    background(
      log,
      'catalogue',
      text.get().then((model) => model?.setCatalogue(entries)),
    );
}

/** Lets the models of ended streams go. */
async function release(): Promise<void> {
  await Promise.all([queues.audio, queues.frame]);
  if (!isActive) await Promise.all([text.release(), voice.release(), face.release()]);
}

/** Runs the work of one stream in order; what fails is logged, and acknowledged all the same. */
function inOrder(stream: 'audio' | 'frame', seq: number, work: () => Promise<void>): void {
  const next = queues[stream].then(work).finally(() => port.send({ type: 'ack', stream, seq }));
  queues[stream] = next.catch(() => undefined);
  background(log, stream, next);
}

async function hear({ samples, atMs }: Audio): Promise<void> {
  const model = await voice.get();
  if (!model || !isActive) return;
  if (!voiceStream) {
    const known = speakerState.safeParse(speaker);
    voiceStream = model.openStream(known.success ? { speaker: known.data } : {});
  }
  const stream = voiceStream;
  for (const { startAtMs, endAtMs, reading } of await stream.push(samples, atMs)) {
    port.send({ type: 'segment', startAtMs, endAtMs, reading });
    unsavedClips += 1;
  }
  if (stream.isSpeaking() !== speaking) {
    speaking = !speaking;
    port.send({ type: 'speaking', active: speaking });
  }
  if (unsavedClips >= saveEveryClips) saveSpeaker();
}

function saveSpeaker(): void {
  if (!voiceStream || unsavedClips === 0) return;
  unsavedClips = 0;
  speaker = voiceStream.state() as Record<string, unknown>;
  port.send({ type: 'speaker', state: speaker });
}

async function look({ width, height, rgb, atMs }: Frame): Promise<void> {
  const model = await face.get();
  if (!model || !isActive) return;
  faceStream ??= model.openStream();
  port.send({ type: 'face', atMs, reading: await faceStream.read({ width, height, rgb }, atMs) });
}

async function read({ requestId, texts, load }: Extract<ToInference, { type: 'text' }>): Promise<void> {
  const model = await text.get();
  const analyses = model ? await model.analyzeMany(texts, { load, vectors: 'questions' }) : [];
  port.send({ type: 'text', requestId, analyses, inferredAt: Date.now() });
}

function closeVoice(): void {
  voiceStream?.close();
  voiceStream = null;
  unsavedClips = 0;
  if (speaking) port.send({ type: 'speaking', active: false });
  speaking = false;
}

/** Takes the streamer's baseline; a stream that began without it begins again. */
function knowSpeaker(state: Record<string, unknown> | null): void {
  speaker = state;
  queues.audio = queues.audio.then(closeVoice);
}

function endStreams(): void {
  saveSpeaker();
  closeVoice();
  if (faceStream) background(log, 'face stream', faceStream.close());
  faceStream = null;
}

async function stop(): Promise<void> {
  governor.stop();
  try {
    await Promise.all([queues.audio, queues.frame]);
    endStreams();
    await Promise.all([text.close(), voice.close(), face.close()]);
  } finally {
    process.exit();
  }
}

port.onMessage((message) => {
  switch (message.type) {
    case 'audio':
      return inOrder('audio', message.seq, () => hear(message));
    case 'frame':
      return inOrder('frame', message.seq, () => look(message));
    case 'text':
      return background(log, 'text', read(message));
    case 'catalogue':
      return knowCatalogue(message.entries);
    case 'speaker':
      return knowSpeaker(message.state);
    case 'session':
      isActive = message.active;
      if (releaseTimer) clearTimeout(releaseTimer);
      if (isActive) return background(log, 'text model', text.get());
      releaseTimer = setTimeout(() => background(log, 'release', release()), releaseAfterMs);
      return background(log, 'end streams', Promise.all([queues.audio, queues.frame]).then(endStreams));
    case 'obs':
      obsSkippedShare = message.skippedShare;
      return;
    case 'stop':
      return background(log, 'stop', stop());
    default:
  }
});
port.onClose(() => background(log, 'stop', stop()));
port.send({ type: 'ready', models: views() });
background(log, 'text model', text.get());
