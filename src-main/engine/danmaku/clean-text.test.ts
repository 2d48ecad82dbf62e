import { expect, test } from 'vitest';
import { cleanContent } from './clean-text.ts';

const unwanted = /[\p{Surrogate}\p{Noncharacter_Code_Point}\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

test('no unwanted character comes through, whichever of the million it is, and no other one is lost', () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const one = String.fromCodePoint(code);
    const blank = one === '\t' || one === '\n' || one === '\r';
    const wanted = blank ? 'a b' : unwanted.test(one) ? 'ab' : `a${one}b`;
    if (cleanContent(`a${one}b`) !== wanted) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});
