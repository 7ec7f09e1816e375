import { describe, expect, it } from 'vitest';
import { FramePool } from '../../../src/mixer/frame-pool.ts';

describe('FramePool', () => {
  it('gives buffers of its size, and the same one again once it came back', () => {
    const pool = new FramePool(1000, 4);
    const [first, second] = [pool.take(), pool.take()];
    expect([first.byteLength, second.byteLength, first === second]).toEqual([1000, 1000, false]);
    pool.give(first);
    expect(pool.take()).toBe(first);
  });

  it('keeps only so many, and none of another size', () => {
    const pool = new FramePool(1000, 2);
    const taken = [pool.take(), pool.take(), pool.take()];
    pool.give(Buffer.alloc(999));
    for (const buffer of taken) pool.give(buffer);
    const again = [pool.take(), pool.take(), pool.take()];
    expect(again.filter((buffer) => taken.includes(buffer))).toHaveLength(2);
    expect(again.every((buffer) => buffer.byteLength === 1000)).toBe(true);
  });
});
