// Compares settings of speech to text on the sentences that may choose: node models/training/speech-choose.ts DATA_DIR
// MODEL_DIR NAME=WINDOW,PADDING ... (MODEL_DIR holds speech/*.onnx; WINDOW is the least and PADDING the silence at the end, in seconds; CLIPS=N in the environment takes the first)
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAudioFile } from '../../src-main/cli/audio-file.ts';
import { openSpeechModel } from '../../src-main/inference/speech/speech.ts';
import { characterErrors, rateOf, sentences } from './speech-texts.ts';

const [dataDir = '', modelDir = '', ...settings] = process.argv.slice(2);
const root = join(import.meta.dirname, '..');
// Files that are only compared have no entry in the manifest, so nothing is verified here.
const read = (name: string) =>
  readFile(join(/^speech.*onnx$/.test(name) ? modelDir : root, name)).catch(() => readFile(join(root, name)));
const all = sentences(dataDir, 'choose').slice(0, Number(process.env.CLIPS ?? Number.POSITIVE_INFINITY));
const clips = await Promise.all(all.map(({ path }) => readAudioFile(path)));
const seconds = clips.reduce((sum, clip) => sum + clip.length, 0) / 16_000;
for (const one of settings) {
  const [name, values = ''] = one.split('=');
  const [window, padding] = values.split(',');
  const model = await openSpeechModel({ read } as never, {
    windowSeconds: Number(window),
    paddingSeconds: Number(padding),
  });

  const before = process.cpuUsage();
  const texts: string[] = [];
  for (const clip of clips) texts.push((await model.transcribe(clip, { language: 'zh' })).text);
  const { user, system } = process.cpuUsage(before);
  const cer = rateOf(all.map(({ text }, i) => characterErrors(text, texts[i]!)));
  const realTimeFactor = (user + system) / 1e6 / seconds;
  const digest = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 8);
  const shown = { name, cer: cer.toFixed(4), realTimeFactor: realTimeFactor.toFixed(3), clips: all.length, digest };
  process.stdout.write(`${JSON.stringify(shown)}\n`);
  if (process.env.SHOW_TEXTS) process.stderr.write(`${all.map(({ text }, i) => `${text} | ${texts[i]}`).join('\n')}\n`);
  await model.close();
}
