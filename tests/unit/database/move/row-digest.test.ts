import { describe, expect, it } from 'vitest';
import { RowDigest, type Told } from '../../../../src/database/move/row-digest.ts';

function digestOf(...rows: ReadonlyArray<readonly Told[]>): RowDigest {
  const digest = new RowDigest();
  for (const row of rows) digest.add(row);
  return digest;
}

describe('what a table holds', () => {
  it('is the same in any order', () => {
    expect(digestOf(['a', null], ['b', '1']).equals(digestOf(['b', '1'], ['a', null]))).toBe(true);
    expect(digestOf().equals(digestOf())).toBe(true);
  });

  it.each([
    ['another value', digestOf(['a', '2'])],
    ['nothing instead of an empty text', digestOf(['a', null])],
    ['a row more', digestOf(['a', ''], ['a', ''])],
    ['a row less', digestOf()],
    ['values of other columns', digestOf(['', 'a'])],
    ['a text that looks like two', digestOf(['a","'])],
  ])('is not the same with %s', (_, other) => {
    expect(digestOf(['a', '']).equals(other)).toBe(false);
  });

  it('is not the same with two rows instead of two others', () => {
    expect(digestOf(['a'], ['a']).equals(digestOf(['b'], ['b']))).toBe(false);
  });
});
