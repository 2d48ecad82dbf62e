import { brotliCompressSync, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodeMessages, encodePacket, frameLimits, op, packPackets, ver, walkPackets } from './bilibili-packet.ts';

function read(bytes: Uint8Array) {
  const bodies: string[] = [];
  const errors: string[] = [];
  walkPackets(bytes, {
    onPacket: (packet) => bodies.push(packet.body.toString('utf8')),
    onError: (code) => errors.push(code) < frameLimits.errors,
  });
  return { bodies, errors };
}

const packet = (body: string) => encodePacket({ op: op.message, body });

describe('a Bilibili frame', () => {
  test('is 16 bytes of header, big-endian, and the body', () => {
    const bytes = encodePacket({ op: 7, ver: 1, seq: 9, body: 'ab' });
    expect(bytes.toString('hex')).toBe('00000012' + '0010' + '0001' + '00000007' + '00000009' + '6162');
  });

  test('gives its packets in wire order, also from inside nested brotli and zlib', () => {
    const inner = packPackets([packet('2'), packPackets([packet('3'), packet('4')], 'zlib'), packet('5')], 'brotli');
    expect(read(Buffer.concat([packet('1'), inner, packet('6')])).bodies).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  test('with a header longer than 16 bytes is read from where its body begins', () => {
    const long = encodePacket({ op: op.message, body: 'long', headerLength: 24 });
    expect(read(Buffer.concat([long, packet('next')])).bodies).toEqual(['long', 'next']);
  });

  test('may be a view into a larger buffer', () => {
    const whole = Buffer.concat([Buffer.from('junk'), packet('in the middle'), Buffer.from('junk')]);
    expect(read(new Uint8Array(whole.buffer, whole.byteOffset + 4, whole.length - 8)).bodies).toEqual([
      'in the middle',
    ]);
  });

  test.each([
    ['a packet length of 0', 0, 16],
    ['a packet length below the header length', 12, 16],
    ['a header length below 16', 20, 8],
    ['a header length beyond the packet', 20, 40],
  ])('with %s keeps what came before and stops there', (_name, packetLength, headerLength) => {
    const bad = packet('never');
    bad.writeUInt32BE(packetLength, 0);
    bad.writeUInt16BE(headerLength, 4);
    expect(read(Buffer.concat([packet('kept'), bad]))).toEqual({ bodies: ['kept'], errors: ['BAD_HEADER'] });
  });

  test('whose packet is announced longer than it is, or is cut inside a header, is an error entry', () => {
    const bad = packet('never');
    for (const tooLong of [bad.length + 1, 0xffff_ffff]) {
      bad.writeUInt32BE(tooLong, 0);
      expect(read(bad)).toEqual({ bodies: [], errors: ['TRUNCATED_PACKET'] });
    }
    expect(read(Buffer.concat([packet('kept'), packet('x').subarray(0, 9)]))).toEqual({
      bodies: ['kept'],
      errors: ['TRUNCATED_PACKET'],
    });
  });

  test.each(['zlib', 'brotli'] as const)('with %s cut off or damaged goes on with the packet after it', (packing) => {
    const whole = encodeMessages([{ cmd: 'A'.repeat(500) }, { cmd: 'B' }], packing);
    const version = packing === 'zlib' ? ver.zlib : ver.brotli;
    const cut = encodePacket({ op: op.message, ver: version, body: whole.subarray(16, whole.length - 7) });
    const garbage = encodePacket({ op: op.message, ver: version, body: Buffer.alloc(64, 0xee) });
    expect(read(Buffer.concat([cut, garbage, packet('after')]))).toEqual({
      bodies: ['after'],
      errors: ['BAD_COMPRESSION', 'BAD_COMPRESSION'],
    });
  });

  test('of an unknown version is an error entry', () => {
    const strange = encodePacket({ op: op.message, ver: 9, body: 'x' });
    expect(read(Buffer.concat([strange, packet('after')]))).toEqual({ bodies: ['after'], errors: ['UNKNOWN_VERSION'] });
  });

  test('that answers a heartbeat is not read beyond the answer: what follows is the client’s own body', () => {
    const echo = packet('looks like a packet');
    const reply = Buffer.concat([encodePacket({ op: op.heartbeatReply, ver: 1, body: Buffer.alloc(4, 1) }), echo]);
    expect(read(reply)).toEqual({ bodies: ['\x01\x01\x01\x01'], errors: [] });
  });

  test.each([
    ['zlib', (bytes: Uint8Array) => deflateSync(bytes), ver.zlib],
    ['brotli', (bytes: Uint8Array) => brotliCompressSync(bytes), ver.brotli],
  ] as const)('that is a %s bomb is stopped at 8 MiB', (_name, compress, version) => {
    const bomb = encodePacket({ op: op.message, ver: version, body: compress(Buffer.alloc(64 << 20)) });
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    expect(read(bomb)).toEqual({ bodies: [], errors: ['INFLATED_TOO_LARGE'] });
    expect(process.memoryUsage().rss - before).toBeLessThan(48 << 20);
  });

  test('of many small bombs shares one allowance of 8 MiB', () => {
    const small = encodePacket({ op: op.message, ver: ver.zlib, body: deflateSync(packet(' '.repeat(3 << 20))) });
    const result = read(Buffer.concat(Array.from({ length: 50 }, () => small)));
    expect(result.bodies).toHaveLength(2);
    expect(result.errors).toEqual(['INFLATED_TOO_LARGE']);
  });

  test('nested too deep is refused at the fifth layer', () => {
    let bytes: Buffer = packet('deep');
    for (let layer = 0; layer < frameLimits.depth; layer += 1) bytes = packPackets([bytes], 'zlib');
    expect(read(bytes).bodies).toEqual(['deep']);
    expect(read(packPackets([bytes], 'brotli')).errors).toEqual(['NESTED_TOO_DEEP']);
  });

  test('of more packets than a frame may hold, or over 8 MiB, is cut short', () => {
    const many = read(Buffer.concat(Array.from({ length: frameLimits.packets + 5 }, () => packet(''))));
    expect(many.bodies).toHaveLength(frameLimits.packets);
    expect(many.errors).toEqual(['TOO_MANY_PACKETS']);
    expect(read(Buffer.alloc(frameLimits.frameBytes + 1)).errors).toEqual(['FRAME_TOO_LARGE']);
  });
});
