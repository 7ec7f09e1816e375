import { describe, expect, it } from 'vitest';
import { ContainerClock } from '../../../../src/ingest/webm/container-clock.ts';

const SECOND = 1_000_000;

/** Hands out something each 100 ms from `fromS` to `toS` with a delay; the file began at `startUs` of the sender's clock. */
function run(clock: ContainerClock, fromS: number, toS: number, startUs: number, delayUs: (index: number) => number) {
  for (let index = Math.round(fromS * 10); index < toS * 10; index += 1) {
    const endUs = index * 100_000;
    clock.observe(endUs, startUs + endUs + delayUs(index));
  }
}

describe('the clock of a recorder', () => {
  it('takes the least delay that was seen for none', () => {
    const clock = new ContainerClock();
    run(clock, 0, 0.9, 7 * SECOND, (index) => 30_000 + ((index * 37) % 90) * 1000);
    expect(clock.map(0)).toBe(7 * SECOND + 30_000);
    expect(clock.map(40_000)).toBe(7 * SECOND + 70_000);
  });

  it('forgets a delay after ten seconds and follows a change by half a percent of the time', () => {
    const clock = new ContainerClock();
    run(clock, 0, 5, 0, () => 30_000);
    run(clock, 5, 9, 0, () => 80_000);
    expect(clock.map(0)).toBe(30_000);
    run(clock, 9, 12, 0, () => 80_000);
    expect(clock.map(0)).toBeGreaterThan(30_000);
    expect(clock.map(0)).toBeLessThanOrEqual(30_000 + 0.005 * 3 * SECOND);
    run(clock, 12, 30, 0, () => 80_000);
    expect(clock.map(0)).toBe(80_000);
  });

  it('follows the drift of a sound card without a step', () => {
    const clock = new ContainerClock();
    let last = 0;
    for (let index = 0; index < 36_000; index += 1) {
      const endUs = index * 100_000;
      clock.observe(endUs, endUs * 1.0003 + 30_000);
      const offset = clock.map(0);
      if (index > 10) expect(Math.abs(offset - last)).toBeLessThanOrEqual(0.0051 * 100_100);
      last = offset;
    }
    const end = 36_000 * 100_000;
    expect(Math.abs(clock.map(end) - end * 1.0003 - 30_000)).toBeLessThan(5000);
  });

  it('leaps when the file or the sender does', () => {
    const clock = new ContainerClock();
    run(clock, 0, 3, 0, () => 30_000);
    clock.observe(3 * SECOND + 400_000, 3 * SECOND);
    expect(clock.map(0)).toBe(-400_000);
    clock.observe(0, 100 * SECOND);
    clock.observe(5_100_000, 105_100_000);
    clock.observe(10_200_000, 110_200_000);
    expect(clock.map(0)).toBe(100 * SECOND);
  });
});
