import { describe, expect, it } from 'vitest';
import {
  beganLate,
  catchUpRate,
  caughtUp,
  isLate,
  nextSpeed,
  rateAtEdge,
  toldDistanceS,
} from '../../../../web/controllers/hls-edge.ts';

const LATE = { latencyS: 4.1, distanceS: 3.1, chosen: false, paused: false };

describe('the live edge', () => {
  it('is late to reach for who did not ask to be behind, and not where live itself is as late', () => {
    expect(isLate(LATE)).toBe(true);
    expect(isLate({ ...LATE, latencyS: 4 })).toBe(false);
    expect(isLate({ ...LATE, chosen: true })).toBe(false);
    expect(isLate({ ...LATE, paused: true })).toBe(false);
    expect(isLate({ ...LATE, latencyS: undefined })).toBe(false);
    expect(isLate({ ...LATE, latencyS: undefined, distanceS: 7 })).toBe(true);
    expect(isLate({ ...LATE, latencyS: 9, distanceS: 0.2 })).toBe(false);
  });

  it('is reached by playing faster, and then nothing is faster', () => {
    expect(caughtUp({ distanceS: 0.9, paused: false })).toBe(true);
    expect(caughtUp({ distanceS: 1, paused: false })).toBe(false);
    expect(caughtUp({ distanceS: 0, paused: true })).toBe(false);
    expect([rateAtEdge(2, 0.9), rateAtEdge(2, 1), rateAtEdge(0.5, 0)]).toEqual([1, 2, 0.5]);
  });

  it('is caught up with until it is reached, and from a little further off', () => {
    expect([catchUpRate(0.06, 1, 1), catchUpRate(0.04, 1, 1)]).toEqual([1.05, 1]);
    expect([catchUpRate(0.02, 1, 1.05), catchUpRate(0.01, 1, 1.05), catchUpRate(-0.3, 1, 1.05)]).toEqual([1.05, 1, 1]);
  });

  it('is not caught up with by who has hardly anything left to play, nor by who is far behind', () => {
    expect([catchUpRate(1, 0.5, 1), catchUpRate(1, 0.49, 1.05)]).toEqual([1.05, 1]);
    expect([catchUpRate(3, 5, 1), catchUpRate(3.01, 5, 1.05)]).toEqual([1.05, 1]);
  });

  it('is left to nobody who wants it: who does not catch up is late', () => {
    const caught = (distanceS: number): boolean => catchUpRate(distanceS, 5, 1) > 1;
    const late = (distanceS: number): boolean => isLate({ ...LATE, distanceS, latencyS: distanceS + 1.05 });
    for (let distanceS = 0.1; distanceS < 10; distanceS += 0.1) expect(caught(distanceS) || late(distanceS)).toBe(true);
  });

  it('is where somebody begins whose beginning took long to load, once enough of it is there', () => {
    expect([beganLate(0.6, 1.2, 2.9), beganLate(3, 3.6, 0)]).toEqual([true, true]);
    expect([beganLate(0.5, 2, 0), beganLate(0.6, 1.1, 0), beganLate(0.6, 1.2, 3)]).toEqual([false, false, false]);
    // Who went back at once did not mean that.
    expect(beganLate(3.1, 9, 1)).toBe(false);
  });

  it('is not where an old picture is the newest that there is', () => {
    expect(toldDistanceS({ latencyS: 12, distanceS: 1 })).toBe(1);
    expect(toldDistanceS({ latencyS: 12.1, distanceS: 1 })).toBe(12.1);
    expect(toldDistanceS({ latencyS: 61, distanceS: 60 })).toBe(61);
    expect(toldDistanceS({ distanceS: 60 })).toBe(60);
  });

  it('has speeds around it', () => {
    expect([nextSpeed(1, 1), nextSpeed(1, -1), nextSpeed(2, 1), nextSpeed(0.5, -1), nextSpeed(1.05, 1)]).toEqual([
      1.25, 0.75, 2, 0.5, 1.25,
    ]);
  });
});
