// Any sound file to 16 kHz mono, through the ffmpeg binary that comes with the app's packages.
import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import ffmpeg from '@ffmpeg-installer/ffmpeg';

const timeoutMs = 120_000;
const longestSeconds = 600;
const largestFileBytes = 1_000_000_000;
const bytesPerSecond = 16_000 * 4;

/** Decodes a sound (or video) file to 16 kHz mono samples; rejects with one plain sentence when it cannot. */
export async function readAudioFile(path: string): Promise<Float32Array> {
  const file = await stat(path).catch(() => null);
  if (!file?.isFile()) throw new Error(`There is no file at ${path}.`);
  if (file.size > largestFileBytes) throw new Error(`${path} is larger than 1 GB.`);
  const bytes = await decode(path);
  return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
}

function decode(path: string): Promise<Buffer<ArrayBuffer>> {
  // Without the limit, ffmpeg adds channels of float sound up to more than full scale.
  const toMono = 'aresample=osr=16000:ocl=mono:rematrix_maxval=1';
  const output = ['-map', '0:a:0', '-af', toMono, '-f', 'f32le', '-'];
  // `file:` keeps ffmpeg from taking a name such as "http:..." or "concat:..." for a protocol.
  const args = ['-nostdin', '-v', 'error', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`, ...output];
  const child = spawn(ffmpeg.path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let complaint = '';
    const fail = (message: string) => {
      child.kill('SIGKILL');
      reject(new Error(message));
    };
    const timer = setTimeout(() => fail(`${path} took longer than ${timeoutMs / 1_000} s to decode.`), timeoutMs);
    child.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > longestSeconds * bytesPerSecond) fail(`${path} is longer than ${longestSeconds} s.`);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = `${complaint}${chunk}`.slice(0, 500);
    });
    child.on('error', (error) => fail(`ffmpeg cannot be started: ${error.message}`));
    child.on('close', (code) => {
      clearTimeout(timer);
      const firstLine = complaint.split('\n')[0] || 'no sound in it';
      if (code !== 0 || length === 0) reject(new Error(`${path} cannot be decoded: ${firstLine}.`));
      else resolve(aligned(chunks, length));
    });
  });
}

/** One buffer of its own memory, so that it can be seen as 4-byte floats. */
function aligned(chunks: Buffer[], length: number): Buffer<ArrayBuffer> {
  const whole = Buffer.from(new ArrayBuffer(length));
  let at = 0;
  for (const chunk of chunks) at += chunk.copy(whole, at);
  return whole;
}
