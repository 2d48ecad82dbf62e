import { createHmac, randomInt } from 'node:crypto';

// 31 signs that are told apart when read aloud: no 0 O, no 1 I L.
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const length = 10;

/** A new invite code: ten signs, about 49 bits. */
export const makeCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** The code as it was made, from what a person typed, or null when it cannot be one. */
export function readCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '');
  return code.length === length && [...code].every((sign) => alphabet.includes(sign)) ? code : null;
}

/** What is kept of a code. Keyed, since a code is short enough to be guessed from a plain hash. */
export const hashCode = (secret: Buffer, code: string): Buffer => createHmac('sha256', secret).update(code).digest();
