// Bilibili's framing: 16 bytes of header (u32 packetLen, u16 headerLen, u16 ver, u32 op, u32 seq, big-endian) and a
// body; ver 2 and 3 are compressed runs of further packets. Inflation is synchronous so that order cannot change.
import { brotliCompressSync, brotliDecompressSync, constants, deflateSync, inflateSync } from 'node:zlib';

export const op = { heartbeat: 2, heartbeatReply: 3, message: 5, auth: 7, authReply: 8 } as const;
export const ver = { plain: 0, control: 1, zlib: 2, brotli: 3 } as const;

/** What one frame may cost at most. */
export const frameLimits = { frameBytes: 8 << 20, inflatedBytes: 8 << 20, depth: 4, packets: 20_000, errors: 100 };

const headerBytes = 16;

export type FrameErrorCode =
  | 'FRAME_TOO_LARGE'
  | 'BAD_HEADER'
  | 'TRUNCATED_PACKET'
  | 'BAD_COMPRESSION'
  | 'INFLATED_TOO_LARGE'
  | 'NESTED_TOO_DEEP'
  | 'TOO_MANY_PACKETS'
  | 'TOO_MANY_ERRORS'
  | 'UNKNOWN_VERSION';

export type PacketVisitor = {
  /** A packet that is not compressed, in wire order; `body` is a view of the frame and not a copy. */
  onPacket(packet: { op: number; ver: number; body: Buffer }): void;
  /** What could not be read; gives false when no more is to be read. */
  onError(code: FrameErrorCode, message: string): boolean;
};

type Walk = { visitor: PacketVisitor; bytesLeft: number; packetsLeft: number; stopped: boolean };

/** Visits every packet of a frame, nested ones in place. Never throws, and ends whatever the bytes are. */
export function walkPackets(bytes: Uint8Array, visitor: PacketVisitor): void {
  const { frameBytes, inflatedBytes, packets } = frameLimits;
  if (bytes.length > frameBytes) {
    visitor.onError('FRAME_TOO_LARGE', `${bytes.length} bytes, at most ${frameBytes} are read`);
    return;
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  walk(buffer, 0, { visitor, bytesLeft: inflatedBytes, packetsLeft: packets, stopped: false });
}

function walk(buffer: Buffer, depth: number, state: Walk): null {
  for (let at = 0; at < buffer.length && !state.stopped; ) {
    if (state.packetsLeft-- <= 0) return stop(state, 'TOO_MANY_PACKETS', `more than ${frameLimits.packets} packets`);
    const left = buffer.length - at;
    if (left < headerBytes) return fail(state, 'TRUNCATED_PACKET', `${left} bytes where a header should be`);
    const packetLength = buffer.readUInt32BE(at);
    const headerLength = buffer.readUInt16BE(at + 4);
    const version = buffer.readUInt16BE(at + 6);
    const operation = buffer.readUInt32BE(at + 8);
    if (headerLength < headerBytes || packetLength < headerLength) {
      return fail(state, 'BAD_HEADER', `packet length ${packetLength}, header length ${headerLength}`);
    }
    if (packetLength > left) return fail(state, 'TRUNCATED_PACKET', `${packetLength} bytes announced, ${left} there`);
    const body = buffer.subarray(at + headerLength, at + packetLength);
    at += packetLength;
    if (version === ver.zlib || version === ver.brotli) {
      const inflated = inflate(body, version, depth, state);
      if (inflated) walk(inflated, depth + 1, state);
    } else if (version === ver.plain || version === ver.control) {
      state.visitor.onPacket({ op: operation, ver: version, body });
      // What follows a heartbeat reply is the client's own body sent back, not a packet.
      if (operation === op.heartbeatReply) return null;
    } else {
      fail(state, 'UNKNOWN_VERSION', `version ${version}`);
    }
  }
  return null;
}

function inflate(body: Buffer, version: number, depth: number, state: Walk): Buffer | null {
  if (depth >= frameLimits.depth) return fail(state, 'NESTED_TOO_DEEP', `more than ${frameLimits.depth} layers`);
  if (state.bytesLeft <= 0) return stop(state, 'INFLATED_TOO_LARGE', `more than ${frameLimits.inflatedBytes} bytes`);
  try {
    const options = { maxOutputLength: state.bytesLeft };
    const inflated = version === ver.zlib ? inflateSync(body, options) : brotliDecompressSync(body, options);
    state.bytesLeft -= inflated.length;
    return inflated;
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (tooLarge) return stop(state, 'INFLATED_TOO_LARGE', `more than ${frameLimits.inflatedBytes} bytes`);
    return fail(state, 'BAD_COMPRESSION', version === ver.zlib ? 'zlib' : 'brotli');
  }
}

function fail(state: Walk, code: FrameErrorCode, message: string): null {
  if (!state.visitor.onError(code, message)) state.stopped = true;
  return null;
}

function stop(state: Walk, code: FrameErrorCode, message: string): null {
  state.visitor.onError(code, message);
  state.stopped = true;
  return null;
}

export type PacketSpec = { op: number; ver?: number; body?: Uint8Array | string; headerLength?: number; seq?: number };

/** One packet as it goes over the wire; a `headerLength` over 16 is filled with zeros. */
export function encodePacket(spec: PacketSpec): Buffer {
  const body = typeof spec.body === 'string' ? Buffer.from(spec.body) : Buffer.from(spec.body ?? []);
  const headerLength = spec.headerLength ?? headerBytes;
  const packet = Buffer.alloc(headerLength + body.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt16BE(headerLength, 4);
  packet.writeUInt16BE(spec.ver ?? ver.plain, 6);
  packet.writeUInt32BE(spec.op, 8);
  packet.writeUInt32BE(spec.seq ?? 1, 12);
  body.copy(packet, headerLength);
  return packet;
}

export type Packing = 'plain' | 'zlib' | 'brotli';

/** Wraps packets into one compressed packet, or joins them as they are. */
export function packPackets(packets: Uint8Array[], packing: Packing): Buffer {
  const joined = Buffer.concat(packets);
  if (packing === 'plain') return joined;
  if (packing === 'zlib') return encodePacket({ op: op.message, ver: ver.zlib, body: deflateSync(joined) });
  // Quality 4 is what a live server can afford; the format is the same.
  const body = brotliCompressSync(joined, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return encodePacket({ op: op.message, ver: ver.brotli, body });
}

/** One frame with these command objects, in this order. */
export function encodeMessages(messages: unknown[], packing: Packing): Buffer {
  const packets = messages.map((message) => encodePacket({ op: op.message, body: JSON.stringify(message) }));
  return packPackets(packets, packing);
}
