// WAV files made up for tests and measurements.

/** 16-bit little-endian samples of values from -1 to 1; what is beyond is clipped. */
export function toPcm16(values: ArrayLike<number>): Buffer {
  const data = Buffer.alloc(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, values[i]!)) * 32_767), 2 * i);
  }
  return data;
}

/** A WAV file around 16-bit samples, those of several channels interleaved. */
export function wavOf(data: Buffer, { rateHz = 16_000, channels = 1 } = {}): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF\0\0\0\0WAVEfmt ', 0, 'latin1');
  head.writeUInt32LE(36 + data.length, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt32LE(rateHz * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
