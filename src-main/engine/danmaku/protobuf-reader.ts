// Just enough protobuf to read a message whose field numbers are known: the last value wins, as the format says.

/** A message split into its fields; reading a field that is absent or of another wire type gives the empty value. */
export type ProtoMessage = {
  /** An unsigned integer with all its digits; '' when absent or 0. */
  id(field: number): string;
  number(field: number): number | undefined;
  text(field: number): string;
  message(field: number): ProtoMessage;
  messages(field: number): ProtoMessage[];
};

type Value = bigint | Buffer;
const mostFields = 2_000;

/** Splits a message into its fields; throws RangeError when the bytes are no protobuf. */
export function readProto(bytes: Uint8Array): ProtoMessage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = splitFields(buffer);
  const last = (field: number): Value | undefined => fields.get(field)?.at(-1);
  return {
    id(field) {
      const value = last(field);
      return typeof value === 'bigint' && value !== 0n ? value.toString() : '';
    },
    number(field) {
      const value = last(field);
      return typeof value === 'bigint' && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
    },
    text(field) {
      const value = last(field);
      return value instanceof Buffer ? value.toString('utf8') : '';
    },
    message(field) {
      const value = last(field);
      return readProto(value instanceof Buffer ? value : Buffer.alloc(0));
    },
    messages(field) {
      return (fields.get(field) ?? [])
        .filter((value): value is Buffer => value instanceof Buffer)
        .map((value) => readProto(value));
    },
  };
}

function splitFields(buffer: Buffer): Map<number, Value[]> {
  const fields = new Map<number, Value[]>();
  const cursor = { at: 0 };
  for (let count = 0; cursor.at < buffer.length; count += 1) {
    if (count >= mostFields) throw new RangeError('too many fields');
    const key = readVarint(buffer, cursor);
    const field = Number(key >> 3n);
    const value = readValue(buffer, cursor, Number(key & 7n));
    const values = fields.get(field);
    if (values) values.push(value);
    else fields.set(field, [value]);
  }
  return fields;
}

function readValue(buffer: Buffer, cursor: { at: number }, wireType: number): Value {
  if (wireType === 0) return readVarint(buffer, cursor);
  const length = wireType === 1 ? 8 : wireType === 5 ? 4 : wireType === 2 ? Number(readVarint(buffer, cursor)) : -1;
  if (length < 0 || cursor.at + length > buffer.length) throw new RangeError('a field is longer than the message');
  const start = cursor.at;
  cursor.at += length;
  return buffer.subarray(start, cursor.at);
}

function readVarint(buffer: Buffer, cursor: { at: number }): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = buffer[cursor.at];
    if (byte === undefined) throw new RangeError('a number is cut off');
    cursor.at += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new RangeError('a number is too long');
}
