import { describe, expect, it } from 'vitest';
import { streamTimes, withLongerParts } from '../../../src/hls/profile.ts';

describe('streamTimes', () => {
  it.each([
    ['safe', 30, 1, 3, 3],
    ['standard', 15, 0.5, 1.5, 6],
    ['fast', 10, 0.334, 1.002, 9],
  ] as const)('of %s are those of the table, at 30 frames a second', (profile, partFrames, partTarget, hold, ahead) => {
    expect(streamTimes(profile, 30, 2)).toEqual({
      segmentFrames: 60,
      partFrames,
      targetDuration: 2,
      partTarget,
      holdBack: 6,
      partHoldBack: hold,
      canSkipUntil: 12,
      advanceParts: ahead,
    });
  });

  it('never promise parts that are shorter than those that come, at any frame rate', () => {
    for (const profile of ['safe', 'standard', 'fast'] as const) {
      for (let framerate = 5; framerate <= 60; framerate += 1) {
        for (const seconds of [1, 2, 10]) {
          const { partFrames, partTarget, partHoldBack } = streamTimes(profile, framerate, seconds);
          expect(partTarget).toBeGreaterThanOrEqual(partFrames / framerate);
          expect(partTarget - partFrames / framerate).toBeLessThan(0.001);
          expect(partHoldBack).toBeGreaterThanOrEqual(3 * partTarget - 1e-9);
        }
      }
    }
  });

  it('grow with parts that have to be longer, and stay when they need not', () => {
    const times = streamTimes('standard', 30, 2);
    expect(withLongerParts(times, 0.512)).toMatchObject({ partTarget: 0.512, partHoldBack: 1.536, partFrames: 15 });
    expect(withLongerParts(times, 0.49)).toEqual(times);
  });
});
