/** Makes UUIDv7 ids (RFC 9562): time-ordered, from a clock in epoch ms and a source of random bytes. */
export function makeUuidv7(nowMs: () => number, randomBytes: (count: number) => Uint8Array): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const ms = Math.max(nowMs(), lastMs);
    const random = randomBytes(10);
    // Within one millisecond the 12 bits after the time count up, so that order of making is order of id.
    counter = ms === lastMs ? counter + 1 : ((random[0]! << 3) | (random[1]! & 7)) & 0x7ff;
    lastMs = counter > 0xfff ? ms + 1 : ms;
    if (counter > 0xfff) counter = 0;
    const time = lastMs.toString(16).padStart(12, '0');
    const hex = (byte: number) => byte.toString(16).padStart(2, '0');
    const tail = [...random.slice(3, 10)].map(hex).join('');
    const a = counter.toString(16).padStart(3, '0');
    const b = hex((random[2]! & 0x3f) | 0x80);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${a}-${b}${tail.slice(0, 2)}-${tail.slice(2, 14)}`;
  };
}
