import { join } from 'node:path';
import { emotionScores, voiceReading } from '@app/shared/emotion/labels';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openModelFiles } from '../model-files.ts';
import { openEncoder } from './encoder.ts';
import { logMel } from './log-mel.ts';
import { farthest, golden, goldenSound, micFolder, modelsRoot, noise, readWav, type Scores } from './test-sounds.ts';
import { openVad, vadWindow } from './vad.ts';
import { openVoiceModel, type VoiceModel } from './voice.ts';

// The int8 encoder rounds a little differently on different processors; a wrong layer is off by far more.
const embeddingTolerance = 0.15;
const scoreTolerance = 0.05;

const speech = goldenSound('speech');
const mic = micFolder();
let model: VoiceModel;

beforeAll(async () => {
  model = await openVoiceModel(await openModelFiles(modelsRoot));
});
afterAll(() => model.close());

async function vadValues(sound: Float32Array): Promise<number[]> {
  const vad = await openVad(await (await openModelFiles(modelsRoot)).read('voice/vad.onnx'));
  const track = vad.newTrack();
  const values: number[] = [];
  for (let at = 0; at < sound.length; at += vadWindow) {
    const window = new Float32Array(vadWindow);
    window.set(sound.subarray(at, at + vadWindow));
    values.push(await track.next(window));
  }
  await vad.close();
  return values;
}

const difference = (ours: Scores, theirs: Scores): number =>
  Math.max(...Object.keys(theirs).map((label) => Math.abs(ours[label]! - theirs[label]!)));

describe('the reference program and the shipped path agree', () => {
  test.each(['speech', 'synthetic'] as const)('on the speech probability of every window of %s', async (name) => {
    expect(farthest(await vadValues(goldenSound(name)), golden[name].vad)).toBeLessThan(1e-3);
  });

  test.each(['speech', 'synthetic'] as const)('on the embedding of %s', async (name) => {
    const encoder = await openEncoder(await (await openModelFiles(modelsRoot)).read('voice/encoder.onnx'));
    const embedding = await encoder.embed(logMel(goldenSound(name)));
    await encoder.close();
    const every16th = [...embedding].filter((_, i) => i % 16 === 0);
    expect(embedding.length).toBe(1_024);
    expect(farthest(every16th, golden[name].embedding)).toBeLessThan(embeddingTolerance);
  });

  test('on the scores of a speaker heard three times, each changed by the ones before', async () => {
    const speaker = model.newSpeaker();
    for (const [i, part] of [speech, speech.slice(0, 40_000), speech.slice(40_000)].entries()) {
      const { emotion } = await model.readClip(part, speaker);
      expect(difference(emotion.scores, golden.scores[i]!)).toBeLessThan(scoreTolerance);
    }
    expect(speaker.clips).toBe(3);
  });

  test('on eight real clips of two speakers, where they are at hand', async () => {
    const speaker = model.newSpeaker();
    for (const { file, scores, vad } of mic === null ? [] : golden.mic) {
      const sound = readWav(join(mic!, file));
      const { emotion } = await model.readClip(sound, speaker);
      expect(difference(emotion.scores, scores)).toBeLessThan(scoreTolerance);
      expect(farthest(await vadValues(sound), vad)).toBeLessThan(1e-3);
    }
    expect(speaker.clips).toBe(mic === null ? 0 : 8);
  });
});

describe('a reading says when it is not certain', () => {
  test('the first 19 clips of a speaker are too few, the 20th is not', async () => {
    const speaker = model.newSpeaker();
    const reasons: (string | null)[] = [];
    for (let i = 0; i < 20; i++) reasons.push((await model.readClip(speech.slice(0, 40_000), speaker)).reason);
    expect(reasons.slice(0, 19)).toEqual(Array(19).fill('too_few_clips'));
    expect(reasons[19]).not.toBe('too_few_clips');
    expect(speaker.clips).toBe(20);
  });

  test('noise, hum, silence and nothing at all are no speech, and teach nothing about the speaker', async () => {
    const hum = Float32Array.from({ length: 48_000 }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 50 * i) / 16_000));
    const speaker = model.newSpeaker();
    const before = structuredClone(speaker);
    for (const sound of [noise(48_000, 0.1), hum, new Float32Array(48_000), new Float32Array(0)]) {
      const reading = await model.readClip(sound, speaker);
      expect([reading.certain, reading.reason, reading.speechSeconds]).toEqual([false, 'no_speech', 0]);
    }
    expect(speaker).toEqual(before);
  });

  test('a tenth of a second of speech is too short, and teaches nothing', async () => {
    const speaker = model.newSpeaker();
    const loudest = golden.speech.vad.indexOf(Math.max(...golden.speech.vad)) * vadWindow;
    const reading = await model.readClip(speech.slice(Math.max(0, loudest - 3_200), loudest + 1_600), speaker);
    expect(['too_short', 'no_speech']).toContain(reading.reason);
    expect(speaker.clips).toBe(0);
  });

  test('`learn: false` reads against the speaker and leaves the speaker as it was', async () => {
    const speaker = await model.enrol([speech, goldenSound('synthetic'), speech]);
    const before = structuredClone(speaker);
    await model.readClip(speech, speaker, { learn: false });
    expect(speaker).toEqual(before);
    expect(speaker.clips).toBeGreaterThanOrEqual(2);
  });
});

/** Four held notes of an organ with vibrato: harmonic and in the pitch of a voice, but nobody's. */
const organ = Float32Array.from({ length: 64_000 }, (_, i) => {
  const t = i / 16_000;
  const hz = [220, 262, 330, 294][Math.floor(t)]!;
  const phase = 2 * Math.PI * (hz * t + 0.4 * Math.sin(2 * Math.PI * 5.5 * t));
  return 0.08 * [1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.sin(k * phase) / k, 0);
});

test('music is never certain and teaches nothing about a speaker who is known', async () => {
  const speaker = model.newSpeaker();
  for (let i = 0; i < 20; i++) await model.readClip(speech.slice(0, 40_000), speaker);
  const before = structuredClone(speaker);
  const reading = await model.readClip(organ, speaker);
  expect(reading.certain).toBe(false);
  expect(['no_speech', 'background_sound', 'singing']).toContain(reading.reason);
  expect(speaker).toEqual(before);
});

test('the prosody of a spoken sentence is that of speech', async () => {
  const reading = await model.readClip(speech, model.newSpeaker());
  expect(reading.syllablesPerSecond).toBeGreaterThan(2);
  expect(reading.syllablesPerSecond).toBeLessThan(8);
  expect(reading.pitchRangeSemitones).toBeGreaterThan(1);
  expect(reading.pauseShare).toBeLessThan(0.6);
});

test('no sound breaks a reading: NaN, infinity, full scale, DC, one sample, half a minute', async () => {
  const broken = speech.map((value, i) => (i % 7 === 0 ? Number.NaN : i % 11 === 0 ? Number.POSITIVE_INFINITY : value));
  const long = new Float32Array(30 * 16_000);
  long.set(speech, 20 * 16_000);
  const clipped = speech.map((value) => Math.sign(value) * Math.min(1, Math.abs(value * 1e6)));
  const offset = speech.map((value) => value * 0.2 + 0.7);
  for (const sound of [broken, clipped, offset, new Float32Array(1), new Float32Array(9_000).fill(Number.NaN), long]) {
    const speaker = model.newSpeaker();
    const reading = voiceReading.parse(await model.readClip(sound, speaker));
    const scores = Object.values(emotionScores.parse(reading.emotion.scores));
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 6);
    expect([...speaker.mean, ...speaker.m2].every(Number.isFinite)).toBe(true);
  }
  const found = await model.readClip(long, model.newSpeaker());
  expect(found.speechSeconds).toBeGreaterThan(2);
});
