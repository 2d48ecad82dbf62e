// How long a danmaku takes: the encoder's lane beside the bare network on the same ids, and the fast lane alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openModelFiles } from '../src-main/inference/model-files.ts';
import { cleanText } from '../src-main/inference/text/features.ts';
import { openTextModel } from '../src-main/inference/text/text.ts';
import { readTokenizer } from '../src-main/inference/text/unigram.ts';
import { type Figure, median, pairs } from './measure.ts';

const runs = 7;
const messagesARun = 60;
const fastMessages = 4_000;

const openings = '主播,这个,今天,刚来,请问,老板,姐妹们,前面那个,我觉得,哈哈,666,求问,大家,昨天,第一次来'.split(',');
const bodies =
  '多少钱,好看吗,包邮吗,太好听了,几点下播,什么码,怎么买,没看懂,笑死我了,再唱一首,发货快吗,操作可以,能不能便宜,会掉色吗,这把稳了'.split(
    ',',
  );
const endings = '啊,呢,呀,吧,谢谢,～,！,??,哈哈,😂,[doge],w,ok'.split(',');

/** Different messages of at most 20 characters; the same number gives the same ones, another number none of them. */
function messages(count: number, run: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const one = `${openings[i % 15]}${bodies[Math.floor(i / 15) % 15]}${endings[Math.floor(i / 225) % 13]}`;
    return `${one.slice(0, 15)}${String.fromCodePoint(0x4e00 + ((run * count + i) % 8_000))}${run % 10}`;
  });
}

/** CPU milliseconds of this process: on a busy machine they say what the clock does not. */
const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** `ratio` and milliseconds of one message without cache on one thread; the fast lane's messages a second. */
export async function text(): Promise<Record<string, Figure | Record<string, unknown>>> {
  const root = process.env.TEXT_MODELS ?? join(import.meta.dirname, '..', 'models');
  const files = await openModelFiles(root);
  const fast = await openTextModel(files, { lane: 'linear' });
  const figures = { fast_lane: await fastLane((texts) => fast.analyzeMany(texts)) };
  await fast.close();
  return { ...(await encoderLane(root)), ...figures };
}

async function encoderLane(root: string): Promise<Record<string, Figure | Record<string, unknown>>> {
  const ours = await openTextModel(await openModelFiles(root), { lane: 'encoder' });
  const tokenizer = readTokenizer(readFileSync(join(root, 'text', 'tokenizer.bin')));
  const bare = await InferenceSession.create(readFileSync(join(root, 'text', 'encoder.onnx')), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
  });
  const cpu = { ours: [] as number[], bare: [] as number[] };
  const timed = async (kind: 'ours' | 'bare', work: () => Promise<void>): Promise<number> => {
    const startMs = performance.now();
    const startCpu = cpuMs();
    await work();
    cpu[kind].push((cpuMs() - startCpu) / messagesARun);
    return (performance.now() - startMs) / messagesARun;
  };
  let run = 0;
  const one = async (): Promise<number> => {
    run += 1;
    const texts = messages(messagesARun, run);
    return timed('ours', async () => {
      for (const text of texts) await ours.analyze(text);
    });
  };
  const reference = async (): Promise<number> => {
    const ids = messages(messagesARun, run).map((text) =>
      BigInt64Array.from(tokenizer.encode(cleanText(text)), BigInt),
    );
    return timed('bare', async () => {
      for (const one of ids) await bare.run({ ids: new Tensor('int64', one, [1, one.length]) });
    });
  };
  await one(); // both warm
  await reference();
  cpu.ours = [];
  cpu.bare = [];
  const figure = await pairs(runs, 'ms a message', one, reference);
  await ours.close();
  await bare.release();
  const ratios = cpu.ours.map((value, i) => value / cpu.bare[i]!);
  return {
    message: { ...figure, bar: 'ratio <= 1.25, 8 ms' },
    message_cpu: {
      unit: 'CPU ms a message',
      value: median(cpu.ours),
      reference: median(cpu.bare),
      ratio: median(ratios),
    },
  };
}

async function fastLane(read: (texts: string[]) => Promise<unknown>): Promise<Record<string, unknown>> {
  await read(messages(fastMessages, 99));
  const perSecond: number[] = [];
  const perCpuSecond: number[] = [];
  for (let run = 0; run < runs; run++) {
    const texts = messages(fastMessages, 100 + run);
    const startMs = performance.now();
    const startCpu = cpuMs();
    for (let at = 0; at < texts.length; at += 64) await read(texts.slice(at, at + 64));
    perCpuSecond.push(fastMessages / ((cpuMs() - startCpu) / 1_000));
    perSecond.push(fastMessages / ((performance.now() - startMs) / 1_000));
  }
  const unit = 'messages/s';
  return { unit, value: median(perSecond), perCpuSecond: median(perCpuSecond), runs, bar: '>= 20,000' };
}
