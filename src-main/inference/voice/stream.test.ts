import { join } from 'node:path';
import { toReading, type VoiceReading } from '@app/shared/emotion/labels';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelFiles } from '../model-files.ts';
import { createSmoothing } from './smoothing.ts';
import { newSpeakerFrom } from './speaker.ts';
import { openVoiceStream } from './stream.ts';
import { goldenSound, micFolder, modelsRoot, noise, readWav } from './test-sounds.ts';
import { openVoiceModel, type VoiceModel, type VoiceSegment, type VoiceStream } from './voice.ts';

const frame = 1_600;
const mic = micFolder();
let model: VoiceModel;
beforeAll(async () => {
  model = await openVoiceModel(await openModelFiles(modelsRoot));
});
afterAll(() => model.close());

/** Seconds of faint noise, or a sound with faint noise under it. */
const room = (seconds: number) => noise(Math.round(seconds * 16_000), 0.001);

function joined(...parts: Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

async function pushAll(stream: VoiceStream, sound: Float32Array, startMs: number): Promise<VoiceSegment[]> {
  const segments: VoiceSegment[] = [];
  for (let at = 0; at < sound.length; at += frame) {
    segments.push(...(await stream.push(sound.slice(at, at + frame), startMs + at / 16)));
  }
  return segments;
}

describe('a live stream', () => {
  test('spoken sentences come out once each, with the times at which they were heard', async () => {
    const stream = model.openStream();
    const sentence = goldenSound('speech').slice(0, 2.2 * 16_000);
    const segments = await pushAll(stream, joined(room(2), sentence, room(2), sentence, room(2)), 50_000);
    stream.close();
    expect(segments).toHaveLength(2);
    expect(segments[0]!.startAtMs).toBeGreaterThan(51_700);
    expect(segments[0]!.startAtMs).toBeLessThan(52_400);
    expect(segments[1]!.startAtMs - segments[0]!.startAtMs).toBeGreaterThan(4_100);
    expect(segments[1]!.startAtMs - segments[0]!.startAtMs).toBeLessThan(4_300);
    expect(stream.state().clips).toBe(2);
    for (const { samples, startAtMs, endAtMs, reading } of segments) {
      expect(Math.abs(samples.length / 16 - (endAtMs - startAtMs))).toBeLessThanOrEqual(1);
      expect(reading.reason).toBe('too_few_clips');
    }
  });

  test('four sentences of different people and moods with a second between them are four utterances', async () => {
    const names = ['liuchanhg_neutral_224', 'liuchanhg_happy_242', 'liuchanhg_angry_249', 'ZhaoZuoxiang_fear_224'];
    const own = goldenSound('speech').slice(0, 2.2 * 16_000);
    const clips = names.map((name, i) =>
      mic === null ? own.map((value) => value * (1 - i / 5)) : readWav(join(mic, `${name}.wav`)),
    );
    const stream = model.openStream();
    const segments = await pushAll(stream, joined(...clips.flatMap((clip) => [room(1.5), clip]), room(1.5)), 0);
    stream.close();
    expect(segments).toHaveLength(4);
    expect(segments.every(({ reading }) => reading.speechSeconds >= 0.8)).toBe(true);
  });

  test('ten seconds without speech give nothing and leave the speaker unknown', async () => {
    const stream = model.openStream();
    expect(await pushAll(stream, noise(160_000, 0.05), 0)).toEqual([]);
    expect(await stream.flush()).toEqual([]);
    expect(stream.isSpeaking()).toBe(false);
    expect(stream.state().clips).toBe(0);
    stream.close();
  });

  test('goes on with the speaker that an earlier stream kept', async () => {
    const first = model.openStream();
    await pushAll(first, joined(goldenSound('speech'), room(2)), 0);
    first.close();
    const heard = first.state().clips;
    expect(heard).toBeGreaterThan(0);
    const second = model.openStream({ speaker: JSON.parse(JSON.stringify(first.state())) });
    await pushAll(second, joined(goldenSound('speech'), room(2)), 0);
    second.close();
    expect(second.state().clips).toBe(2 * heard);
  });

  test('broken frames of any length do not end the stream', async () => {
    const stream = model.openStream();
    const broken = new Float32Array(frame).fill(Number.NaN);
    for (const bad of [broken, new Float32Array(0), new Float32Array(7), new Float32Array(frame).fill(9e9)]) {
      await stream.push(bad, 0);
    }
    const segments = await pushAll(stream, joined(goldenSound('speech'), room(2)), 400);
    expect(segments.length).toBeGreaterThan(0);
    stream.close();
    stream.close();
    expect(await stream.push(goldenSound('speech'), 9_000)).toEqual([]);
  });
});

const reading = (happy: number, more: Partial<VoiceReading> = {}): VoiceReading => ({
  emotion: toReading({ happy, sad: 1 - happy, angry: 0, fear: 0, surprise: 0, disgust: 0, neutral: 0 }),
  certain: true,
  reason: null,
  speechSeconds: 1,
  clipsHeard: 30,
  loudnessDb: -20,
  pitchHz: null,
  pitchRangeSemitones: null,
  syllablesPerSecond: 4,
  pauseShare: 0,
  ...more,
});

/** A stream over a VAD that hears speech wherever a sample is not 0, and a reader that is never in a hurry. */
function scripted(read: () => Promise<VoiceReading>) {
  return openVoiceStream({
    track: { next: async (window) => (window.some((value) => value !== 0) ? 0.9 : 0) },
    speaker: newSpeakerFrom({ mean: Float64Array.of(0), std: Float64Array.of(1) }),
    minimumConfidence: 0.5,
    read,
  });
}

test('a gap in the clock ends the open utterance, which is not joined to what comes after', async () => {
  const stream = scripted(async () => reading(0.9));
  const speech = new Float32Array(16_000).fill(0.5);
  expect(await stream.push(speech, 1_000)).toEqual([]);
  expect(stream.isSpeaking()).toBe(true);
  const [before] = await stream.push(speech, 60_000);
  expect(before!.startAtMs).toBe(1_000);
  expect(before!.endAtMs).toBeLessThanOrEqual(2_000);
  const [after] = await stream.flush();
  expect(after!.startAtMs).toBe(60_000);
  stream.close();
});

test('when the reader is slow, more than 50 waiting frames are dropped and counted', async () => {
  let goOn = () => {};
  const blocked = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const stream = scripted(async () => {
    await blocked;
    return reading(0.9);
  });
  const pushes = Array.from({ length: 70 }, (_, i) => stream.push(new Float32Array(frame).fill(0.5), i * 100));
  expect(stream.droppedSamples()).toBe(0);
  await pushes.at(-1);
  expect(stream.droppedSamples()).toBe(20 * frame);
  goOn();
  await Promise.all(pushes);
  stream.close();
});

test('closing waits for the call that is running, and closing twice is harmless', async () => {
  const closing = await openVoiceModel(await openModelFiles(modelsRoot));
  const reading = closing.readClip(goldenSound('speech').slice(0, 512), closing.newSpeaker());
  await closing.close();
  await closing.close();
  expect((await reading).speechSeconds).toBeGreaterThanOrEqual(0);
});

describe('smoothing', () => {
  test('one odd sentence does not turn a mood that two sentences agreed on', () => {
    const smooth = createSmoothing(0.5);
    smooth(reading(0.9), 0);
    smooth(reading(0.9), 3_000);
    expect(smooth(reading(0.3), 6_000).emotion.label).toBe('happy');
    expect(smooth(reading(0.1), 9_000).emotion.label).toBe('sad');
  });

  test('what was said half a minute ago is forgotten', () => {
    const smooth = createSmoothing(0.5);
    smooth(reading(0.9), 0);
    expect(smooth(reading(0.3), 30_000).emotion.scores.happy).toBeCloseTo(0.3, 9);
  });

  test('scores that smoothing flattens below the limit are not certain any more', () => {
    const smooth = createSmoothing(0.8);
    smooth(reading(0.95), 0);
    expect(smooth(reading(0.4), 1_000)).toMatchObject({ certain: false, reason: 'low_confidence' });
  });

  test('a cough between two sentences changes nothing', () => {
    const smooth = createSmoothing(0.5);
    smooth(reading(0.9), 0);
    const cough = reading(0.1, { certain: false, reason: 'too_short' });
    expect(smooth(cough, 1_000)).toBe(cough);
    expect(smooth(reading(0.9), 2_000).emotion.scores.happy).toBeCloseTo(0.9, 9);
  });
});
