import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CHUNK_BYTES,
  chunkCount,
  fileKey,
  plainSize,
  SEAL_HEADER_BYTES,
  sealChunk,
  sealedSize,
  sealedSpan,
  TAG_BYTES,
  unsealChunk,
} from '../../../../src/recorder/storage/sealed-format.ts';

const KEY = fileKey(new Uint8Array(32).fill(1), new Uint8Array(32).fill(2));

describe('the form of encrypted files', () => {
  it('tells how long a file is from how long it is when encrypted', () => {
    fc.assert(fc.property(fc.nat(10 * CHUNK_BYTES), (size) => plainSize(sealedSize(size)) === size));
    expect([0, 1, CHUNK_BYTES, CHUNK_BYTES + 1].map(chunkCount)).toEqual([1, 1, 1, 2]);
  });

  it.each([0, SEAL_HEADER_BYTES, SEAL_HEADER_BYTES + TAG_BYTES - 1, sealedSize(CHUNK_BYTES) + TAG_BYTES])(
    'knows that nothing is %i bytes long when encrypted',
    (size) => expect(plainSize(size)).toBeUndefined(),
  );

  it('reads no more chunks than hold what was asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 * CHUNK_BYTES }), fc.nat(), fc.nat(), (size, a, b) => {
        const [start = 0, end = 0] = [a % size, b % size].toSorted((x, y) => x - y);
        const { stored, firstChunk, skip, length } = sealedSpan({ start, end }, size);
        expect(firstChunk * CHUNK_BYTES + skip).toBe(start);
        expect(length).toBe(end - start + 1);
        const chunks = Math.floor(end / CHUNK_BYTES) - firstChunk + 1;
        expect(stored.end - stored.start + 1).toBeLessThanOrEqual(chunks * (CHUNK_BYTES + TAG_BYTES));
        expect(stored.end).toBeLessThan(sealedSize(size));
      }),
    );
  });

  it('opens a chunk in its own place alone', () => {
    const stored = sealChunk(KEY, 3, false, Buffer.from('abc'));
    expect(unsealChunk(KEY, 3, false, stored).toString()).toBe('abc');
    expect(() => unsealChunk(KEY, 2, false, stored)).toThrow(/authenticate/);
    expect(() => unsealChunk(KEY, 3, true, stored)).toThrow(/authenticate/);
    expect(() => unsealChunk(fileKey(KEY, KEY), 3, false, stored)).toThrow(/authenticate/);
  });
});
