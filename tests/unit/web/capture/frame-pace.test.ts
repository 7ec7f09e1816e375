import { describe, expect, it } from 'vitest';
import { FramePace } from '../../../../web/capture/frame-pace.ts';

/** Of pictures that come every `stepUs`, how many are encoded in ten seconds. */
function encoded(stepUs: number, framerate: number): number {
  const pace = new FramePace();
  let count = 0;
  for (let at = 1_000_000; at < 11_000_000; at += stepUs) {
    if (!pace.isDue(at, framerate)) continue;
    pace.note(at, framerate);
    count += 1;
  }
  return count;
}

describe('FramePace', () => {
  it.each([
    [33_333, 30, 300],
    [33_333, 15, 150],
    [16_667, 30, 300],
    [100_000, 30, 100],
  ])('of pictures every %i µs at %i a second encodes %i in ten seconds', (stepUs, framerate, count) => {
    expect(Math.abs(encoded(stepUs, framerate) - count)).toBeLessThan(3);
  });

  it('lets a picture’s size change once a second, and with another source at once', () => {
    const pace = new FramePace();
    expect(pace.mayResize(5_000_000)).toBe(true);
    expect(pace.mayResize(5_999_999)).toBe(false);
    expect(pace.mayResize(6_000_000)).toBe(true);
    pace.restart();
    expect(pace.mayResize(6_000_001)).toBe(true);
  });

  it('knows how long nothing was encoded', () => {
    const pace = new FramePace();
    expect(pace.idleUs(1)).toBe(Number.POSITIVE_INFINITY);
    pace.note(2_000_000, 30);
    expect(pace.idleUs(3_500_000)).toBe(1_500_000);
  });
});
