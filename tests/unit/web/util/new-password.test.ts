import { expect, it } from 'vitest';
import { isGoodPassword, SUGGESTION_BYTES, suggestPassword } from '../../../../web/util/new-password.ts';

it('suggests four groups of five signs, and gives every sign the same chance', () => {
  expect(suggestPassword(new Uint8Array(SUGGESTION_BYTES))).toBe('aaaaa-aaaaa-aaaaa-aaaaa');
  const every = suggestPassword(Uint8Array.from({ length: 256 }, (_, byte) => byte)).replaceAll('-', '');
  const counts = [...new Set(every)].map((sign) => every.split(sign).length - 1);
  expect(counts).toEqual(Array.from({ length: 32 }, () => 8));
  expect(every).not.toMatch(/[l1o0]/);
});

it('suggests passwords that are good enough', () => {
  expect(isGoodPassword(suggestPassword(new Uint8Array(SUGGESTION_BYTES).fill(77)), true)).toBe(true);
});

it.each([
  ['', true, false],
  ['', false, true],
  ['123456789', false, false],
  ['1234567890', true, true],
])('takes %j where one is needed (%s): %s', (password, required, good) => {
  expect(isGoodPassword(password, required)).toBe(good);
});
