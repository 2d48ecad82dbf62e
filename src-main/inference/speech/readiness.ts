// Is this machine fast enough to write down speech while it streams? Measured, never guessed from its name.

/** Slower than this (seconds of work per second of sound) speech to text stays off: it would take the encoder's time. */
export const slowestRealTimeFactor = 0.8;

export type Readiness = { usable: boolean; realTimeFactor: number; sentence: { zh: string; en: string } };

/** Judges the median of three measurements, each in seconds of work per second of sound. */
export async function measureReadiness(measureOnce: () => Promise<number>): Promise<Readiness> {
  const readings: number[] = [];
  for (let round = 0; round < 3; round++) readings.push(await measureOnce());
  const realTimeFactor = readings.sort((a, b) => a - b)[1]!;
  const usable = realTimeFactor <= slowestRealTimeFactor;
  const spent = realTimeFactor.toFixed(2);
  const sentence = usable
    ? {
        zh: `语音转文字可用：这台电脑每处理 1 秒语音用时 ${spent} 秒。`,
        en: `Speech to text is ready: this computer needs ${spent} s for a second of speech.`,
      }
    : {
        zh: `语音转文字已关闭：这台电脑处理 1 秒语音要 ${spent} 秒，太慢，会影响直播。可以稍后重新测量。`,
        en: `Speech to text is off: this computer needs ${spent} s for a second of speech, too slow beside a stream. It can be measured again later.`,
      };
  return { usable, realTimeFactor, sentence };
}
