// The command line against a server in another process and another language: nothing lost, nothing out of order.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { encodeMessages } from '../../src-main/engine/danmaku/bilibili-packet.ts';

const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');
const folder = mkdtempSync(join(tmpdir(), 'order-'));
const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const total = 10_000;

function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });

/** For a Python without the package `brotli`: the same commands in brotli frames, made here. */
function readyBrotliFrames(batch: '1' | '20' | 'mixed'): string {
  const sizes = { '1': [1], '20': [20], mixed: [200, 1, 1, 20, 3, 1] }[batch];
  const parts: Buffer[] = [];
  for (let at = 0, turn = 0; at < total; turn += 1) {
    const size = Math.min(sizes[turn % sizes.length] ?? 1, total - at);
    const messages = Array.from({ length: size }, (_, index) => comment(at + index));
    const frame = encodeMessages(messages, batch === 'mixed' && size === 1 ? 'plain' : 'brotli');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(frame.length);
    parts.push(length, frame);
    at += size;
  }
  const path = join(folder, `brotli-${batch}.frames`);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

function comment(number: number) {
  const text = `m-${String(number).padStart(5, '0')}`;
  const extra = JSON.stringify({ mode: 0, content: text, filler: 'x'.repeat(700) });
  const style = [0, 1, 25, 16777215, 1_790_000_000_000 + number, 0, 0, 'aa', 0, 0, 0, '', 0, '{}', '{}', { extra }];
  return {
    cmd: 'DANMU_MSG',
    info: [style, text, [10_000 + (number % 97), `viewer-${number % 97}`, 0], [], [1], ['', ''], 0, 0],
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) return line;
  throw new Error('the server said nothing');
}

const cases = (['zlib', 'brotli'] as const).flatMap((codec) =>
  (['1', '20', 'mixed'] as const).map((batch) => [codec, batch] as const),
);

test.each(cases)(
  '10,000 messages in %s, batch %s: none lost, none out of order',
  async (codec, batch) => {
    const ready = codec === 'brotli' ? ['--frames', readyBrotliFrames(batch)] : [];
    const script = join(import.meta.dirname, 'loopback_server.py');
    const server = start('python3', [
      script,
      '--messages',
      String(total),
      '--batch',
      batch,
      '--codec',
      codec,
      ...ready,
    ]);
    const { port } = JSON.parse(await firstLine(server));
    const endpoint = `ws://127.0.0.1:${port}/sub`;
    const cli = ['src-main/cli/cli.ts', 'danmaku', 'listen', '--platform', 'bilibili', '--endpoint', endpoint];
    const client = start(node, [...cli, '--room', '5440', '--uid', '1', '--token', 't']);
    const said: string[] = [];
    const states: string[] = [];
    let liveAt = 0;
    createInterface({ input: client.stderr! }).on('line', (line) => {
      const { state } = JSON.parse(line);
      if (state === 'live') liveAt = performance.now();
      if (state) states.push(state);
    });
    await new Promise<void>((resolve, reject) => {
      client.once('exit', () => reject(new Error(`the client ended after ${said.length} messages`)));
      createInterface({ input: client.stdout! }).on('line', (line) => {
        if (said.push(JSON.parse(line).content) === total) resolve();
      });
    });
    const perSecond = Math.round(total / ((performance.now() - liveAt) / 1000));
    const serverEnd = exitOf(server);
    const clientEnd = exitOf(client);
    client.kill('SIGINT');
    expect(await clientEnd).toBe(0);
    expect(await serverEnd).toBe(0);
    const lost = total - new Set(said).size;
    const outOfOrder = said.filter((text, index) => text !== `m-${String(index).padStart(5, '0')}`).length;
    console.log(
      `danmaku listen, ${codec}, batch ${batch}: ${total} messages, ${lost} lost, ${outOfOrder} out of order, ${perSecond}/s`,
    );
    expect([said.length, lost, outOfOrder]).toEqual([total, 0, 0]);
    expect(states).toEqual(['connecting', 'live', 'ended']);
  },
  60_000,
);
