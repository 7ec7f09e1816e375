import { describe, expect, it } from 'vitest';
import { planArchive } from '../../../../src/recorder/archive/archive-plan.ts';
import { type PartEntry, partEntry } from '../../../../src/recorder/session/session-index.ts';
import { testPart } from '../../../helpers/log-parts.ts';

/** Parts `numbers` of a session: 15 frames each, a key frame every fourth. */
const index = (...numbers: number[]) => ({ inits: new Map(), parts: numbers.map((n) => partEntry(testPart(n), 0)) });
const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const numbersOf = (parts: readonly PartEntry[]): number[] => parts.map((part) => part.firstFrame / 15);

describe('planArchive', () => {
  it('takes the parts from the key frame before a range to its end', () => {
    const plan = planArchive(index(...all), [{ from: 77, to: 100 }]);
    expect(plan).toMatchObject({ frames: 23, missingFrames: 0 });
    expect(plan.pieces.map(({ from, to, outputFrame }) => [from, to, outputFrame])).toEqual([[77, 100, 0]]);
    expect(numbersOf(plan.pieces[0]?.parts ?? [])).toEqual([4, 5, 6]);
  });

  it('ends before the part that starts where the range ends, and starts with the part that starts where it starts', () => {
    const plan = planArchive(index(...all), [{ from: 60, to: 75 }]);
    expect(numbersOf(plan.pieces[0]?.parts ?? [])).toEqual([4]);
  });

  it('puts ranges one after the other', () => {
    const plan = planArchive(index(...all), [
      { from: 10, to: 20 },
      { from: 70, to: 90 },
      { from: 90, to: 95 },
    ]);
    expect(plan.pieces.map((piece) => piece.outputFrame)).toEqual([0, 10, 30]);
    expect(plan.frames).toBe(35);
    expect(numbersOf(plan.pieces[2]?.parts ?? [])).toEqual([4, 5, 6]);
  });

  it('leaves room for a slate between pieces that do not touch, and tells why each ended', () => {
    const ranges = [
      { from: 10, to: 20, endedBy: 'pause' as const },
      { from: 70, to: 90, endedBy: 'interruption' as const },
      { from: 90, to: 95 },
    ];
    const plan = planArchive(index(...all), ranges, 60);
    expect(plan.pieces.map((piece) => piece.outputFrame)).toEqual([0, 70, 90]);
    expect(plan.pieces.map((piece) => piece.endedBy)).toEqual(['pause', 'interruption', undefined]);
    expect(plan).toMatchObject({ frames: 95, missingFrames: 0 });
    // No slate before the first piece, whatever was lost of the ranges before it.
    expect(
      planArchive(
        index(4, 5),
        [
          { from: 0, to: 30 },
          { from: 62, to: 64 },
        ],
        60,
      ),
    ).toMatchObject({ frames: 2 });
  });

  it('shortens ranges whose ends are not on the disk', () => {
    const plan = planArchive(index(4, 5, 6), [{ from: 20, to: 400 }]);
    expect(plan.pieces.map(({ from, to }) => [from, to])).toEqual([[60, 105]]);
    expect(plan).toMatchObject({ frames: 45, missingFrames: 335 });
  });

  it('leaves out ranges of which nothing is on the disk', () => {
    const plan = planArchive(index(4, 5), [
      { from: 0, to: 30 },
      { from: 62, to: 64 },
      { from: 500, to: 600 },
    ]);
    expect(plan.pieces.map(({ from, to, outputFrame }) => [from, to, outputFrame])).toEqual([[62, 64, 0]]);
    expect(planArchive(index(), [{ from: 0, to: 9 }])).toEqual({ pieces: [], frames: 0, missingFrames: 9 });
  });

  it('goes on with the next key frame after a gap, and keeps the time of the gap', () => {
    const plan = planArchive(index(0, 1, 3, 4, 5), [{ from: 5, to: 80 }]);
    expect(numbersOf(plan.pieces[0]?.parts ?? [])).toEqual([0, 1, 4, 5]);
    expect(plan).toMatchObject({ frames: 75, missingFrames: 30 });
  });

  it('starts later when the key frame of the range is lost', () => {
    const plan = planArchive(index(5, 6, 7, 8, 9), [{ from: 80, to: 130 }]);
    expect(plan.pieces.map(({ from, to }) => [from, to])).toEqual([[120, 130]]);
    expect(numbersOf(plan.pieces[0]?.parts ?? [])).toEqual([8]);
  });
});
