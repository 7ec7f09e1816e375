import { describe, expect, it } from 'vitest';
import { CaptureClock } from '../../../../web/capture/capture-clock.ts';

const INTERVAL = 20_000;

describe('CaptureClock', () => {
  it('keeps the spacing of the device however late frames arrive', () => {
    const clock = new CaptureClock();
    const late = [0, 7000, 1000, 15_000, 3000];
    const times = late.map((delay, index) => clock.map(index * INTERVAL, 1_000_000 + index * INTERVAL + delay));
    expect(times).toEqual([1_000_000, 1_020_000, 1_040_000, 1_060_000, 1_080_000]);
  });

  it('follows an earlier arrival slowly, by one millisecond a second', () => {
    const clock = new CaptureClock();
    clock.map(0, 1_010_000);
    expect(clock.map(1_000_000, 2_000_000)).toBe(2_009_010);
    expect(clock.map(2_000_000, 3_000_000)).toBe(3_008_010);
  });

  it('does not believe the first frames that they came in time when later ones come earlier', () => {
    const clock = new CaptureClock();
    const late = [15_000, 9000, 2000, 6000];
    const times = late.map((delay, index) => clock.map(index * INTERVAL, 1_000_000 + index * INTERVAL + delay));
    expect(times).toEqual([1_015_000, 1_029_000, 1_042_000, 1_062_000]);
  });

  it('follows a sound card that runs slow without a step', () => {
    const clock = new CaptureClock();
    let before = clock.map(0, 0);
    let largest = 0;
    let error = 0;
    for (let index = 1; index <= 3000; index += 1) {
      const trueTime = index * INTERVAL;
      const time = clock.map(trueTime * (1 - 300e-6), trueTime);
      largest = Math.max(largest, Math.abs(time - before - INTERVAL));
      error = Math.abs(time - trueTime);
      before = time;
    }
    expect(largest).toBeLessThan(50);
    expect(error).toBeLessThan(5000);
  });

  it('starts anew when the device’s clock was stopped', () => {
    const clock = new CaptureClock();
    clock.map(0, 1_000_000);
    clock.map(20_000, 1_020_000);
    expect(clock.map(40_000, 9_000_000)).toBe(9_000_000);
  });

  it('goes by arrivals where the device’s clock stands still', () => {
    const clock = new CaptureClock();
    const arrivals = Array.from({ length: 90 }, (_, index) => 1_000_000 + index * 33_333 + (index % 3) * 4000);
    expect(arrivals.map((arrival) => clock.map(0, arrival))).toEqual(arrivals);
    // It runs again.
    expect(clock.map(20_000, 5_000_000)).toBe(5_000_000);
    expect(clock.map(40_000, 5_021_000)).toBe(5_020_000);
  });

  it('never goes back', () => {
    const clock = new CaptureClock();
    const first = clock.map(500_000, 1_000_000);
    expect(clock.map(0, 1_000_001)).toBeGreaterThan(first);
  });
});
