// Makes assets/rehearsal/ again from its sources. Run it with the folder that holds scikit-image's astronaut.png:
//   node_modules/.bin/node scripts/make-rehearsal-media.mjs FOLDER     (espeak-ng must be installed)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import sharp from 'sharp';
import { cutSquare } from '../src-main/inference/face/rgb-image.ts';

const out = join(import.meta.dirname, '..', 'assets', 'rehearsal');
const pictureSha256 = '88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5';
const picturePart = { left: 20, top: 0, width: 420, height: 270 };
const clip = { width: 640, height: 360, fps: 15, seconds: 12 };

// Sentences of a streamer in our own words, as pinyin with tones; pitch 0-99, words a minute, pause after in seconds.
const sentences = [
  ['da4 jia1 hao3, huan1 ying2 lai2 dao4 wo3 de5 zhi2 bo1 jian1', 62, 165, 1.2],
  ['jin1 tian1 gei3 da4 jia1 dai4 lai2 yi2 kuan3 te4 bie2 ruan3 de5 mao2 yi1', 66, 170, 1.0],
  ['xie4 xie5 zhe4 wei4 peng2 you5 song4 de5 li3 wu4, tai4 kai1 xin1 le5', 78, 195, 1.5],
  ['you3 ren2 wen4 duo1 shao3 qian2, jiu3 shi2 jiu3 kuai4, bao1 you2', 60, 165, 4.0],
  ['yi2 ge4 yi2 ge4 lai2, wo3 kan4 yi2 xia4 da4 jia1 de5 wen4 ti2', 50, 145, 1.2],
  ['shen1 gao1 yi4 mi3 liu4, xuan3 zhong1 hao4 jiu4 ke3 yi3', 57, 160, 2.5],
  ['ai1 ya1, gang1 cai2 you3 dian3 ka3, bu4 hao3 yi4 si5', 40, 135, 1.8],
];

function run(program, args, input) {
  const done = spawnSync(program, args, { input, maxBuffer: 1 << 30 });
  if (done.status !== 0) throw new Error(`${program} failed: ${done.error?.message ?? done.stderr}`);
  return done.stdout;
}

async function makePicture(folder) {
  const bytes = readFileSync(join(folder, 'astronaut.png'));
  if (createHash('sha256').update(bytes).digest('hex') !== pictureSha256) throw new Error('Not the expected picture.');
  await sharp(bytes).extract(picturePart).removeAlpha().png({ compressionLevel: 9 }).toFile(join(out, 'face.png'));
}

async function makeClip() {
  const { data, info } = await sharp(join(out, 'face.png')).raw().toBuffer({ resolveWithObject: true });
  const picture = { width: info.width, height: info.height, rgb: new Uint8Array(data) };
  const count = clip.fps * clip.seconds;
  const frames = Array.from({ length: count }, (_, index) => frameAt(picture, index / count));
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${clip.width}x${clip.height}`, '-r', `${clip.fps}`];
  const coded = [
    '-c:v',
    'libx264',
    '-preset',
    'veryslow',
    '-crf',
    '23',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    '+faststart',
  ];
  const plain = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags', '+bitexact'];
  run(ffmpeg.path, ['-y', ...raw, '-i', '-', ...coded, ...plain, join(out, 'face.mp4')], Buffer.concat(frames));
}

// Every motion is a whole number of waves, so that the clip can repeat without a jump.
function frameAt(picture, part) {
  const wave = (times, shift) => Math.sin(2 * Math.PI * (times * part + shift));
  const square = {
    centreX: 206 + 26 * wave(1, 0) + 5 * wave(3, 0.2),
    centreY: 116 + 8 * wave(2, 0.1),
    side: 290 + 40 * wave(1, 0.3),
    angle: 0.09 * wave(2, 0.4) + 0.03 * wave(5, 0),
  };
  const light = 0.95 + 0.15 * wave(1, 0.6);
  const pixels = cutSquare(picture, square, clip.width, 'edge');
  const first = ((clip.width - clip.height) / 2) * clip.width * 3;
  return Buffer.from(
    Uint8ClampedArray.from(pixels.subarray(first, first + clip.width * clip.height * 3), (value) => value * light),
  );
}

function makeSpeech() {
  const folder = mkdtempSync(join(tmpdir(), 'speech-'));
  const rateHz = 16_000;
  const silence = (seconds) => Buffer.alloc(Math.round(seconds * rateHz) * 2);
  const pieces = [silence(1)];
  for (const [pinyin, pitch, speed, pauseSeconds] of sentences) {
    const wav = join(folder, 'one.wav');
    run('espeak-ng', ['-v', 'cmn-latn-pinyin+f2', '-p', `${pitch}`, '-s', `${speed}`, '-w', wav, pinyin]);
    pieces.push(
      run(ffmpeg.path, ['-i', wav, '-f', 's16le', '-ac', '1', '-ar', `${rateHz}`, '-']),
      silence(pauseSeconds),
    );
  }
  const raw = join(folder, 'all.raw');
  writeFileSync(raw, Buffer.concat(pieces));
  const coded = [
    '-c:a',
    'libopus',
    '-b:a',
    '32k',
    '-application',
    'voip',
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
  ];
  const from = ['-f', 's16le', '-ac', '1', '-ar', `${rateHz}`, '-i', raw];
  run(ffmpeg.path, ['-y', ...from, ...coded, join(out, 'speech.ogg')]);
  rmSync(folder, { recursive: true });
}

if (!process.argv[2]) throw new Error('Say which folder holds astronaut.png.');
await makePicture(process.argv[2]);
await makeClip();
makeSpeech();
