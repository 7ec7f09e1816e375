import { describe, expect, it } from 'vitest';
import { BLOCK_FRAMES, CHANNELS } from '../../../src/mixer/opus-codec.ts';
import { SoundBatch } from '../../../src/mixer/sound-batch.ts';

const BLOCK = BLOCK_FRAMES * CHANNELS;

function batchesOf(
  blocks: readonly number[],
  partSamples = 24_000,
  segmentSamples = 96_000,
): Array<{ first: number; levels: number[] }> {
  const batches: Array<{ first: number; levels: number[] }> = [];
  const batch = new SoundBatch(partSamples, segmentSamples, (samples, first) => {
    const levels = Array.from({ length: samples.length / BLOCK }, (_, index) => samples[index * BLOCK + 7] as number);
    batches.push({ first, levels });
  });
  for (const block of blocks) batch.add(new Float32Array(BLOCK).fill(block), block);
  return batches;
}

describe('SoundBatch', () => {
  const all = Array.from({ length: 60 }, (_, index) => index);
  const ends = (partSamples?: number) => batchesOf(all, partSamples).map(({ levels }) => levels.at(-1));

  it('gives 100 ms at once, and what comes three and four blocks after the end of each part', () => {
    expect(ends()).toEqual([2, 3, 8, 13, 18, 23, 27, 28, 33, 38, 43, 48, 52, 53, 58]);
  });

  it('follows parts that are no whole number of blocks', () => {
    expect(ends(16_000)).toEqual([2, 3, 8, 13, 18, 19, 24, 29, 34, 35, 36, 41, 46, 51, 52, 53, 58]);
  });

  it.each([
    { framerate: 30, parts: [10, 15, 16, 30] },
    { framerate: 25, parts: [9, 10, 13, 14, 25] },
    { framerate: 24, parts: [8, 12] },
    { framerate: 60, parts: [20, 30] },
    { framerate: 7, parts: [3, 4] },
  ])(
    'always has what the encoder needs by the block in which it is there, at $framerate frames a second',
    ({ framerate, parts }) => {
      const blocks = Array.from({ length: 600 }, (_, index) => index);
      for (const frames of parts) {
        const partSamples = (frames * 48_000) / framerate;
        const given = batchesOf(blocks, partSamples).map(({ levels }) => ((levels.at(-1) ?? 0) + 1) * BLOCK_FRAMES);
        for (let segment = 0; segment < 400_000; segment += 96_000) {
          for (let end = partSamples; end < 96_000 + partSamples; end += partSamples) {
            // Two more units than the one in which the part ends; the last of a segment ends with it.
            const needed = Math.ceil((segment + Math.min(end, 96_000)) / 1024 - 1e-9) * 1024 + 2048;
            const first = given.find((samples) => samples >= needed) ?? Number.POSITIVE_INFINITY;
            expect(first - needed, `part of ${frames} that ends at ${segment + end}`).toBeLessThan(2 * BLOCK_FRAMES);
          }
        }
      }
    },
  );

  it('keeps the order of blocks, whichever comes first', () => {
    expect(batchesOf([26, 27, 28, 29, 30, 31, 32, 33])).toEqual([
      { first: 26, levels: [26, 27] },
      { first: 28, levels: [28] },
      { first: 29, levels: [29, 30, 31, 32, 33] },
    ]);
  });

  it('does not join what does not follow', () => {
    expect(batchesOf([4, 5, 9, 10, 11, 12, 13])).toEqual([
      { first: 4, levels: [4, 5] },
      { first: 9, levels: [9, 10, 11, 12, 13] },
    ]);
  });
});
