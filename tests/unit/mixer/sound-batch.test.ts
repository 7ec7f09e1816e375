import { describe, expect, it } from 'vitest';
import { BLOCK_FRAMES, CHANNELS } from '../../../src/mixer/opus-codec.ts';
import { SoundBatch } from '../../../src/mixer/sound-batch.ts';

const BLOCK = BLOCK_FRAMES * CHANNELS;

function batchesOf(blocks: readonly number[]): Array<{ first: number; levels: number[] }> {
  const batches: Array<{ first: number; levels: number[] }> = [];
  const batch = new SoundBatch((samples, first) => {
    const levels = Array.from({ length: samples.length / BLOCK }, (_, index) => samples[index * BLOCK + 7] as number);
    batches.push({ first, levels });
  });
  for (const block of blocks) batch.add(new Float32Array(BLOCK).fill(block), block);
  return batches;
}

describe('SoundBatch', () => {
  it('gives 100 ms at once, three blocks after the end of each half second', () => {
    expect(
      batchesOf(Array.from({ length: 28 }, (_, index) => index)).map(({ first, levels }) => [first, levels.at(-1)]),
    ).toEqual([
      [0, 2],
      [3, 7],
      [8, 12],
      [13, 17],
      [18, 22],
      [23, 27],
    ]);
  });

  it('keeps the order of blocks, whichever comes first', () => {
    expect(batchesOf([11, 12, 13, 14, 15, 16, 17])).toEqual([
      { first: 11, levels: [11, 12] },
      { first: 13, levels: [13, 14, 15, 16, 17] },
    ]);
  });

  it('does not join what does not follow', () => {
    expect(batchesOf([3, 4, 9, 10, 11, 12])).toEqual([
      { first: 3, levels: [3, 4] },
      { first: 9, levels: [9, 10, 11, 12] },
    ]);
  });
});
