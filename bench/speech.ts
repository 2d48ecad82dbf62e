// Speech to text on 5 to 15 s of speech, one thread: seconds of work per second of sound, beside a fixed amount of work.
import { join } from 'node:path';
import { openModelFiles } from '../src-main/inference/model-files.ts';
import { openSpeechModel } from '../src-main/inference/speech/speech.ts';
import { goldenSound } from '../src-main/inference/voice/test-sounds.ts';
import { type Figure, pairs } from './measure.ts';

const rateHz = 16_000;
const runs = 5;

type SpeechFigures = { wall: Figure; cpu: Figure } | { left_out: string };

/** Real-time factors by wall time and by processor time; says so when the optional model is not there. */
export async function speech(): Promise<SpeechFigures> {
  const model = await openSpeechModel(await openModelFiles(join(import.meta.dirname, '..', 'models'))).catch(
    () => null,
  );
  if (!model) return { left_out: 'the speech model is not in the folder of optional models' };
  const clip = goldenSound('speech');
  const repeats = Math.ceil((8 * rateHz) / clip.length);
  const sound = new Float32Array(repeats * clip.length);
  for (let i = 0; i < repeats; i++) sound.set(clip, i * clip.length);
  const seconds = sound.length / rateHz;
  const fixedWork = async () => (await model.measure()).realTimeFactor;
  const wall = async () => {
    const startMs = performance.now();
    await model.transcribe(sound, { language: 'zh' });
    return (performance.now() - startMs) / 1_000 / seconds;
  };
  const cpu = async () => {
    const before = process.cpuUsage();
    await model.transcribe(sound, { language: 'zh' });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6 / seconds;
  };
  await wall();
  try {
    return {
      wall: { ...(await pairs(runs, 's/s', wall, fixedWork)), bar: 'value <= 0.8' },
      cpu: { ...(await pairs(runs, 's/s', cpu, fixedWork)), bar: 'value <= 0.8' },
    };
  } finally {
    await model.close();
  }
}
