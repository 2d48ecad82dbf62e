// Reading values that a platform sent: every field may be absent, of another type, or hostile.
export type JsonObject = Record<string, unknown>;

const none: JsonObject = Object.freeze({});
// Only a number in value position matters: ids in quotes are exact already.
const longNumber = /[:[,]\s*-?(?:\d{16}|[\d.]+[eE])/;

/** An id was asked for and is a number beyond 2^53: JSON.parse has lost its last digits, parseJson has not. */
export class RoundedNumber extends Error {}

/** Parses JSON; integers beyond 2^53 come as strings with all their digits, 1e300 as null. Throws SyntaxError. */
export function parseJson(text: string): unknown {
  if (!longNumber.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || isWithinDigits(value)) return value;
    const source = context?.source ?? '';
    return /^-?\d+$/.test(source) ? source : null;
  });
}

const isWithinDigits = (value: number) => Math.abs(value) <= Number.MAX_SAFE_INTEGER;

/** The value when it is a plain object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : none;
}

/** The value when it is an array, else an empty one. */
export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A number of at most 2^53, also from decimal text; anything else is undefined. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}(\.\d{1,8})?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && isWithinDigits(number) ? number : undefined;
}

/** A whole number of at least 0 and at most 2^53 - 1; anything else is undefined. */
export function asCount(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** An id as text; absent, zero and unusable ids are ''. Throws RoundedNumber for a number beyond 2^53. */
export function asId(value: unknown): string {
  if (typeof value === 'number') {
    if (!isWithinDigits(value)) throw new RoundedNumber();
    return Number.isInteger(value) && value > 0 ? String(value) : '';
  }
  if (typeof value !== 'string' || value === '0') return '';
  return value.length <= 128 && /^[\x21-\x7e]+$/.test(value) ? value : '';
}

/** Epoch ms from a time in seconds; a time outside 2000-2100 is undefined. */
export function msFromSeconds(value: unknown): number | undefined {
  const seconds = asNumber(value);
  return seconds === undefined ? undefined : asEpochMs(Math.round(seconds * 1000));
}

/** Epoch ms from a time in nanoseconds, which is beyond 2^53: a rounded number is exact enough, text is as good. */
export function msFromNanoseconds(value: unknown): number | undefined {
  const nanoseconds = typeof value === 'string' && /^\d{16,19}$/.test(value) ? Number(value) : value;
  return typeof nanoseconds === 'number' ? asEpochMs(Math.floor(nanoseconds / 1e6)) : undefined;
}

/** Epoch ms as sent; a time outside 2000-2100 is undefined. */
export function asEpochMs(value: unknown): number | undefined {
  const ms = asCount(value);
  return ms !== undefined && ms >= 946_684_800_000 && ms < 4_102_444_800_000 ? ms : undefined;
}
