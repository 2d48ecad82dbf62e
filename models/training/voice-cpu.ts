// CPU milliseconds that the shipped voice model spends per second of sound: node models/training/voice-cpu.ts FILE...
import { join } from 'node:path';
import { readAudioFile } from '../../src-main/cli/audio-file.ts';
import { openModelFiles } from '../../src-main/inference/model-files.ts';
import { openVoiceModel } from '../../src-main/inference/voice/voice.ts';

const rounds = 3;

const model = await openVoiceModel(await openModelFiles(join(import.meta.dirname, '..')));
const clips = await Promise.all(process.argv.slice(2).map(readAudioFile));
const seconds = clips.reduce((sum, clip) => sum + clip.length / 16_000, 0);
const figures: number[] = [];
for (let round = 0; round <= rounds; round++) {
  const speaker = model.newSpeaker();
  const before = process.cpuUsage();
  for (const clip of clips) await model.readClip(clip, speaker);
  const { user, system } = process.cpuUsage(before);
  figures.push((user + system) / 1_000 / seconds);
}
await model.close();
const round2 = (value: number) => Math.round(value * 100) / 100;
const [cold, ...warm] = figures.map(round2);
process.stdout.write(`${JSON.stringify({ clips: clips.length, seconds: round2(seconds), cold, warm })}\n`);
