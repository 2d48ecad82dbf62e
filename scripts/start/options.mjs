// The command line of `npm start`.
import { parseArgs } from 'node:util';
import { Problem } from '../steps.mjs';

const usage = 'npm start -- [--exit-after SECONDS] [--devices] [--rate MESSAGES_PER_SECOND]';

function positive(name, text) {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Problem(
    `--${name} 需要一个大于 0 的数字。用法：${usage}`,
    `--${name} needs a number above 0. Usage: ${usage}`,
  );
}

/** Reads the options; what is unknown throws a Problem with the usage. */
export function readStartOptions(args) {
  const options = { 'exit-after': { type: 'string' }, devices: { type: 'boolean' }, rate: { type: 'string' } };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Problem(`不认识的参数。用法：${usage}`, `${error.message.split('. ')[0]}. Usage: ${usage}`);
  }
  return {
    exitAfterSeconds: positive('exit-after', values['exit-after']),
    devices: values.devices === true,
    rate: positive('rate', values.rate),
  };
}

/** The whole command line of Electron: Chromium's switches, the app's folder, the app's own options. */
export function electronArguments({ root, options, media, serverUrl, pairCode, dataDir, outDir, asRoot }) {
  return [
    ...(asRoot ? ['--no-sandbox'] : []),
    ...(media
      ? [
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-video-capture=${media.videoPath}`,
          `--use-file-for-fake-audio-capture=${media.audioPath}`,
        ]
      : []),
    root,
    '--rehearsal',
    media ? '--sample-media' : '--devices',
    `--data-dir=${dataDir}`,
    `--server-url=${serverUrl}`,
    `--pair-code=${pairCode}`,
    `--out=${outDir}`,
    ...(options.rate ? [`--rate=${options.rate}`] : []),
    '--auto-start',
    ...(options.exitAfterSeconds ? [`--exit-after=${options.exitAfterSeconds}`] : []),
  ];
}
