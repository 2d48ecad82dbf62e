/** Field number to value: bigint and number as varint, text and bytes with their length, lists repeated. */
export type ProtoValue = bigint | number | string | Uint8Array | ProtoValue[];

/** The bytes of one message, fields in the order given. */
export function writeProto(fields: [number: number, value: ProtoValue][]): Buffer {
  return Buffer.concat(fields.flatMap(([number, value]) => writeField(number, value)));
}

function writeField(number: number, value: ProtoValue): Uint8Array[] {
  if (Array.isArray(value)) return value.flatMap((each) => writeField(number, each));
  if (typeof value === 'bigint' || typeof value === 'number') return [varint(number << 3), varint(value)];
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return [varint((number << 3) | 2), varint(bytes.length), bytes];
}

function varint(value: bigint | number): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(left & 0x7fn);
    left >>= 7n;
    bytes.push(left > 0n ? low | 0x80 : low);
  } while (left > 0n);
  return Uint8Array.from(bytes);
}
