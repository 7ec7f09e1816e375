import { describe, expect, it } from 'vitest';
import { DecodeCost } from '../../../src/mixer/decode-cost.ts';

const SMALL = 640 * 360;
const LARGE = 1920 * 1088;

/** The first verdict on a decoder that uses this share of a processor, and the second in which it fell. */
function judge(share: number | undefined, pixels: number, framerate: number, seconds = 20) {
  let nowMs = 50_000;
  const cost = new DecodeCost(() => (share === undefined ? undefined : 700 + (nowMs - 50_000) * share));
  for (let frame = 0; frame < seconds * framerate; frame += 1, nowMs += 1000 / framerate) {
    const verdict = cost.add(pixels, nowMs);
    if (verdict !== undefined) return { verdict, second: Math.round((nowMs - 50_000) / 1000) };
  }
  return undefined;
}

describe('DecodeCost', () => {
  it.each([
    [0.5, SMALL, 30],
    [0.29, 1, 1],
    [0.9, LARGE, 60],
    [0.9, LARGE, 15],
  ])('bears with %f of a processor for %i pixels at %i frames a second', (share, pixels, framerate) => {
    expect(judge(share, pixels, framerate)).toBeUndefined();
  });

  it.each([
    [0.52, SMALL, 30],
    [0.31, 1, 1],
    [0.96, LARGE, 60],
  ])('does not bear with %f of a processor for %i pixels at %i frames a second', (share, pixels, framerate) => {
    expect(judge(share, pixels, framerate)).toEqual({ verdict: expect.closeTo(share, 2), second: 5 });
  });

  it('does not mind what a start takes', () => {
    let nowMs = 0;
    // Two seconds of catching up, then next to nothing.
    const cost = new DecodeCost(() => Math.min(nowMs, 2000) + nowMs * 0.05);
    const verdicts = Array.from({ length: 600 }, () => {
      nowMs += 33;
      return cost.add(SMALL, nowMs);
    });
    expect(verdicts.filter((verdict) => verdict !== undefined)).toEqual([]);
  });

  it('finds out who becomes expensive later', () => {
    let nowMs = 0;
    const cost = new DecodeCost(() => Math.max(0, nowMs - 60_000) * 0.9);
    const at = Array.from({ length: 3000 }, () => {
      nowMs += 33;
      return cost.add(SMALL, nowMs) === undefined ? undefined : nowMs;
    }).find((time) => time !== undefined);
    expect(at).toBeGreaterThan(60_000);
    expect(at).toBeLessThan(66_000);
  });

  it('says nothing when nobody can tell what the decoder uses', () => {
    expect(judge(undefined, SMALL, 30)).toBeUndefined();
  });
});
