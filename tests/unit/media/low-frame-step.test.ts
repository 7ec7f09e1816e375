import { expect, it } from 'vitest';
import { lowFrameStep } from '../../../src/media/low-frame-step.ts';

it.each([
  [12, 1],
  [15, 1],
  [24, 2],
  [25, 2],
  [30, 2],
  [40, 2],
  [45, 3],
  [50, 4],
  [60, 4],
])('of %i frames a second the small rendition shows every %ith', (framerate, step) => {
  expect(lowFrameStep(framerate, 2 * framerate)).toBe(step);
});

it('shows frames that the program has, and divides every segment', () => {
  for (let framerate = 5; framerate <= 60; framerate += 1) {
    for (const seconds of [1, 2, 3, 6]) {
      const segmentFrames = framerate * seconds;
      for (const frameStep of segmentFrames % 2 === 0 ? [1, 2] : [1]) {
        const step = lowFrameStep(framerate, segmentFrames, frameStep);
        expect([step % frameStep, segmentFrames % step]).toEqual([0, 0]);
      }
    }
  }
});
