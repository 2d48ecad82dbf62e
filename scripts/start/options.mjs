// The command line of `npm start`.
import { parseArgs } from 'node:util';
import { Problem } from '../steps.mjs';

/** How it is called, in one line. */
export const usage = 'npm start -- [--exit-after SECONDS] [--devices] [--rate MESSAGES_PER_SECOND]';

/** A week: longer times do not fit the timers they are given to. */
const longestSeconds = 7 * 24 * 3_600;
/** What the rehearsal room can send. */
const highestRate = 2_000;

function positive(name, text, most) {
  if (text === undefined) return null;
  const value = Number(text);
  if (value > 0 && value <= most) return value;
  throw new Problem(
    `--${name} 需要一个大于 0、不超过 ${most} 的数字。用法：${usage}`,
    `--${name} needs a number above 0, at most ${most}. Usage: ${usage}`,
  );
}

/** Reads the options; what is unknown throws a Problem with the usage. */
export function readStartOptions(args) {
  const options = { 'exit-after': { type: 'string' }, devices: { type: 'boolean' }, rate: { type: 'string' } };
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new Problem(
      `不认识的参数。用法：${usage}`,
      `${error.message.split(/\.? *\n|\. /)[0].replace(/\.$/, '')}. Usage: ${usage}`,
    );
  }
  return {
    exitAfterSeconds: positive('exit-after', values['exit-after'], longestSeconds),
    devices: values.devices === true,
    rate: positive('rate', values.rate, highestRate),
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
