import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashCode, makeCode, readCode } from './invite-codes.ts';

test('a thousand codes are different, ten signs long, and without signs that look alike', () => {
  const codes = Array.from({ length: 1_000 }, makeCode);
  expect(new Set(codes).size).toBe(1_000);
  for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{10}$/);
  expect(codes.join('')).not.toMatch(/[01OIL]/);
});

test('a code is found again from any spelling with spaces, hyphens and small letters', () => {
  const gap = fc.constantFrom('', ' ', '-', '\n');
  fc.assert(
    fc.property(fc.array(gap, { minLength: 10, maxLength: 10 }), fc.boolean(), (gaps, isSmall) => {
      const code = makeCode();
      const typed = [...code].map((sign, index) => sign + gaps[index]).join('');
      expect(readCode(isSmall ? typed.toLowerCase() : typed)).toBe(code);
    }),
  );
});

test.each(['', 'ABC', 'ABCDEFGH0O', 'ABCDEFGH23X', 'ＡBCDEFGH23'])('%j is no code', (typed) => {
  expect(readCode(typed)).toBeNull();
});

test('what is kept of a code depends on the secret of the server', () => {
  expect(hashCode(Buffer.from('a'), 'ABCDEFGH23')).not.toEqual(hashCode(Buffer.from('b'), 'ABCDEFGH23'));
});
