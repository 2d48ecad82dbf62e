// Reads little-endian numbers in order; whatever is not there or not sensible is a damaged file.

export type ByteReader = {
  take(size: number): Uint8Array;
  u8(): number;
  u32(): number;
  /** A number that is neither infinite nor NaN. */
  f32(): number;
  /** How many things of at least `least` bytes follow; more than the rest of the file holds is damage. */
  count(least: number): number;
  /** Throws unless everything was read. */
  end(): void;
};

/** A reader over the bytes; `damaged` makes the error to be thrown from what is wrong. */
export function openByteReader(bytes: Uint8Array, damaged: (what: string) => Error): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const step = (size: number): number => {
    if (size > bytes.length - at) throw damaged('is cut short');
    at += size;
    return at - size;
  };
  return {
    take: (size) => bytes.subarray(step(size), at),
    u8: () => view.getUint8(step(1)),
    u32: () => view.getUint32(step(4), true),
    f32() {
      const value = view.getFloat32(step(4), true);
      if (!Number.isFinite(value)) throw damaged('holds a number that is not finite');
      return value;
    },
    count(least) {
      const count = view.getUint32(step(4), true);
      if (count * least > bytes.length - at) throw damaged('says it holds more than it does');
      return count;
    },
    end() {
      if (at !== bytes.length) throw damaged('goes on after its end');
    },
  };
}
