import { describe, expect, it } from 'vitest';
import { caughtUp, nextSpeed, rateAtEdge, shouldJump } from '../../../../web/controllers/hls-edge.ts';

const LATE = { latencyS: 6.1, distanceS: 4.5, chosen: false, paused: false };

describe('the live edge', () => {
  it('is jumped to by who is late without having asked for it', () => {
    expect(shouldJump(LATE)).toBe(true);
    expect(shouldJump({ ...LATE, latencyS: 6 })).toBe(false);
    expect(shouldJump({ ...LATE, chosen: true })).toBe(false);
    expect(shouldJump({ ...LATE, paused: true })).toBe(false);
    expect(shouldJump({ ...LATE, latencyS: undefined })).toBe(false);
    expect(shouldJump({ ...LATE, latencyS: undefined, distanceS: 7 })).toBe(true);
  });

  it('is not jumped to where live itself is as late', () => {
    expect(shouldJump({ ...LATE, latencyS: 9, distanceS: 0.2 })).toBe(false);
  });

  it('is reached by playing faster, and then nothing is faster', () => {
    expect(caughtUp({ distanceS: 0.9, paused: false })).toBe(true);
    expect(caughtUp({ distanceS: 1, paused: false })).toBe(false);
    expect(caughtUp({ distanceS: 0, paused: true })).toBe(false);
    expect([rateAtEdge(2, 0.9), rateAtEdge(2, 1), rateAtEdge(0.5, 0)]).toEqual([1, 2, 0.5]);
  });

  it('has speeds around it', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(2, 1), nextSpeed(0.5, -1), nextSpeed(1.05, 1)]).toEqual([
      1.25, 0.75, 2, 0.5, 1.25,
    ]);
  });
});
