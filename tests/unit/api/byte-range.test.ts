import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRange } from '../../../src/api/byte-range.ts';

const FILE = { etag: '"a"', modifiedAt: new Date('2026-01-02T03:04:05.678Z'), size: 10 };

describe('the part of a file that a request gets', () => {
  it.each([
    ['bytes=0-', { kind: 'partial', start: 0, end: 9 }],
    ['bytes=-3', { kind: 'partial', start: 7, end: 9 }],
    ['bytes=-10', { kind: 'partial', start: 0, end: 9 }],
    ['bytes=-99999999999999999999', { kind: 'partial', start: 0, end: 9 }],
    ['bytes=3-3', { kind: 'partial', start: 3, end: 3 }],
    ['bytes=20-30', { kind: 'unsatisfiable' }],
    ['bytes=-0', { kind: 'unsatisfiable' }],
    ['bytes=0-1,3-4', { kind: 'full' }],
    ['bytes=0-1,20-30', { kind: 'full' }],
    ['bytes=', { kind: 'full' }],
    ['bytes', { kind: 'full' }],
    ['', { kind: 'full' }],
    ['bytes=1e1-', { kind: 'full' }],
    ['bytes=--3', { kind: 'full' }],
    ['bytes=-', { kind: 'full' }],
    ['bytes=0-3=', { kind: 'full' }],
    ['bytes=20-30,40-', { kind: 'unsatisfiable' }],
    ['bytes=5-2', { kind: 'full' }],
    ['bytes=30-20', { kind: 'full' }],
    ['bytes=99999999999999999999-99999999999999999998', { kind: 'full' }],
    ['bytes=5-2,20-30', { kind: 'full' }],
    ['chars=0-3', { kind: 'full' }],
    ['chars=20-30', { kind: 'full' }],
  ])('for "%s" is %o', (range, decision) => {
    expect(decideRange('GET', { range }, FILE)).toEqual(decision);
  });

  it('is the whole for HEAD', () => {
    expect(decideRange('HEAD', { range: 'bytes=0-1' }, FILE)).toEqual({ kind: 'full' });
  });

  it('is never satisfiable in an empty file', () => {
    expect(decideRange('GET', { range: 'bytes=0-' }, { ...FILE, size: 0 })).toEqual({ kind: 'unsatisfiable' });
  });

  it('lies within the file for whatever a header says', () => {
    const piece = fc.constantFrom('bytes', '=', '-', ',', ' ', '0', '9', '10', '11', 'x', '\t', '99999999999999999999');
    const header = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          header,
          header.map((rest) => `bytes=${rest}`),
          fc.string(),
        ),
        fc.nat(20),
        (range, size) => {
          const decision = decideRange('GET', { range }, { ...FILE, size });
          if (decision.kind !== 'partial') return;
          expect(decision.start).toBeGreaterThanOrEqual(0);
          expect(decision.end).toBeGreaterThanOrEqual(decision.start);
          expect(decision.end).toBeLessThan(size);
        },
      ),
    );
  });

  it('depends on conditions before ranges', () => {
    const headers = { range: 'bytes=20-30', 'if-none-match': '"a"' };
    expect(decideRange('GET', headers, FILE)).toEqual({ kind: 'not-modified' });
    expect(decideRange('GET', { ...headers, 'if-match': '"b"' }, FILE)).toEqual({ kind: 'precondition-failed' });
  });

  it('takes If-Match by strong comparison only', () => {
    expect(decideRange('GET', { 'if-match': 'W/"a"' }, FILE)).toEqual({ kind: 'precondition-failed' });
    expect(decideRange('GET', { 'if-match': '*' }, FILE)).toEqual({ kind: 'full' });
  });

  it('is the whole when If-Range is neither a tag nor a date', () => {
    expect(decideRange('GET', { range: 'bytes=0-1', 'if-range': 'soon' }, FILE)).toEqual({ kind: 'full' });
  });
});
