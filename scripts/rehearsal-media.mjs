// The sample camera and microphone of a rehearsal, unpacked for Chromium's fake devices.
import { execFile } from 'node:child_process';
import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

const source = join(import.meta.dirname, '..', 'assets', 'rehearsal');
const run = promisify(execFile);

/**
 * Makes `camera.y4m` (320x180, 15 frames a second, 12 s) and `microphone.wav` (48 kHz mono) in the folder, which is
 * made when missing. Files that are there already are kept, so a second call is cheap.
 */
export async function prepareRehearsalMedia(outFolder) {
  await mkdir(outFolder, { recursive: true });
  const videoPath = join(outFolder, 'camera.y4m');
  const audioPath = join(outFolder, 'microphone.wav');
  await make(videoPath, 'face.mp4', ['-an', '-vf', 'scale=320:180', '-pix_fmt', 'yuv420p', '-f', 'yuv4mpegpipe']);
  await make(audioPath, 'speech.ogg', ['-vn', '-ar', '48000', '-ac', '1', '-c:a', 'pcm_s16le', '-f', 'wav']);
  return { videoPath, audioPath };
}

// Written beside its place and moved, so that a run that was cut off leaves no half file to be reused.
async function make(path, name, options) {
  const isThere = await stat(path).then(
    (info) => info.size > 0,
    () => false,
  );
  if (isThere) return;
  const unfinished = `${path}.${process.pid}.part`;
  await run(ffmpeg.path, ['-y', '-v', 'error', '-i', join(source, name), ...options, unfinished], { timeout: 120_000 });
  await rename(unfinished, path);
}
