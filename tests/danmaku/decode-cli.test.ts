import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeMessages } from '../../src-main/engine/danmaku/bilibili-packet.ts';
import * as wire from '../../src-main/engine/danmaku/bilibili-wire.ts';
import { danmakuLine } from '../../src-main/engine/danmaku/danmaku-line.ts';
import { fixtureFolder, haveFixtures } from './fixtures.ts';

const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');
const at = 1_790_000_000_000;
const room = { roomId: 5440, anchorUid: 1 };
const viewer = { uid: '9000000000000001', name: '海獭', medalLevel: 3, guardLevel: 0, admin: true } as const;

function decode(lines: unknown[], args = ['--platform', 'bilibili', '--in', '-', '--out', '-']) {
  const input = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const run = spawnSync(node, ['src-main/cli/cli.ts', 'danmaku', 'decode', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
  return {
    code: run.status,
    stderr: run.stderr,
    out: run.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
}

const frame = (bytes: Uint8Array, more: object = {}) => ({
  at,
  transport: 'ws',
  direction: 'in',
  url: 'wss://example.invalid/sub?room_id=5440',
  base64: Buffer.from(bytes).toString('base64'),
  ...more,
});

test('frames become one line an event in order, errors keep the time of their frame, repeats are left out', () => {
  const comment = wire.danmuMsg(viewer, '新疆包邮吗', at - 7, room);
  const [chat, twin] = wire.superchat(viewer, { id: 9, yuan: 30, text: '生日快乐', seconds: 60 }, at, room);
  const { code, out, stderr } = decode([
    frame(encodeMessages([comment, chat, twin], 'brotli')),
    frame(encodeMessages([comment], 'plain'), { direction: 'out' }),
    frame(encodeMessages([comment, wire.likeClick(viewer)], 'zlib'), { at: at + 1 }),
    frame(Buffer.from('garbage that is no packet'), { at: at + 2 }),
    'no json',
    { at: at + 3 },
    { ...frame(Buffer.alloc(0)), base64: undefined, text: JSON.stringify(wire.onlineRankCount(12)) },
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(out.slice(0, 3).map((line) => danmakuLine.parse(line))).toMatchObject([
    {
      platform: 'bilibili',
      source: 'page',
      platform_room_id: '5440',
      message_type: 'comment',
      platform_user_id: '9000000000000001',
      username: '海獭',
      content: '新疆包邮吗',
      timestamp: new Date(at - 7).toISOString(),
      metadata: { admin: true, raw_type: 'DANMU_MSG' },
    },
    { message_type: 'superchat', metadata: { price_cents: 3000, paid: true, unit: 'rmb' } },
    { message_type: 'like' },
  ]);
  expect(out.slice(3)).toMatchObject([
    { error: { code: 'TRUNCATED_PACKET' }, at: at + 2 },
    { error: { code: 'BAD_INPUT' }, at: null },
    { error: { code: 'BAD_INPUT' }, at: at + 3 },
    { message_type: 'online', metadata: { online_count: 12 } },
  ]);
  expect(out).toHaveLength(7);
});

test('a mistake of the caller is one sentence and exit 2', () => {
  const mistakes = [
    ['--platform', 'taobao', '--in', '-', '--out', '-'],
    ['--platform', 'myspace', '--in', '-', '--out', '-'],
    ['--platform', 'bilibili', '--out', '-'],
    ['--platform', 'bilibili', '--in', '/does/not/exist', '--out', '-'],
    ['--platform', 'bilibili', '--unknown', '-'],
  ];
  for (const args of mistakes) {
    const { code, stderr, out } = decode([], args);
    expect([code, out]).toEqual([2, []]);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
});

if (haveFixtures()) {
  test('the recorded frames give the same lines twice', () => {
    const folder = join(fixtureFolder, 'frames');
    const names = readdirSync(folder).filter((name) => name.endsWith('.bin'));
    const lines = names.map((name, index) => frame(readFileSync(join(folder, name)), { at: at + index }));
    const { out } = decode(lines);
    expect(out.filter((line) => line.message_type === 'comment')).toHaveLength(94);
    expect(out.filter((line) => line.error)).toEqual([]);
    for (const line of out) danmakuLine.parse(line);
    expect(decode(lines).out).toEqual(out);
  });
}
