import { describe, expect, it } from 'vitest';
import { DecodeCost } from '../../../src/mixer/decode-cost.ts';

const SMALL = 640 * 360;
const LARGE = 1920 * 1088;

interface Course {
  readonly seconds?: number;
  /** How many of the pictures that are due come out in a second; default: all. */
  readonly out?: (second: number) => number;
}

/** The first verdict on a decoder that uses this share of a processor, and the second in which it fell. */
function judge(
  share: number | ((second: number) => number) | undefined,
  pixels: number,
  framerate: number,
  { seconds = 20, out = () => framerate }: Course = {},
) {
  let [nowMs, usedMs, came] = [50_000, 700, 0];
  const cost = new DecodeCost(() => (share === undefined ? undefined : usedMs));
  cost.came(pixels);
  for (let frame = 0; frame < seconds * framerate; frame += 1, nowMs += 1000 / framerate) {
    const second = Math.floor(frame / framerate);
    const verdict = cost.look(nowMs);
    if (verdict !== undefined) return { verdict, second: Math.round((nowMs - 50_000) / 1000) };
    usedMs += (typeof share === 'function' ? share(second) : (share ?? 0)) * (1000 / framerate);
    for (came += out(second) / framerate; came >= 1; came -= 1) cost.came(pixels);
  }
  return undefined;
}

describe('DecodeCost', () => {
  it.each([
    [0.5, SMALL, 30],
    [0.29, 1, 1],
    [0.99, LARGE, 60],
    [0.99, LARGE, 15],
  ])('bears with %f of a processor for %i pixels at %i frames a second', (share, pixels, framerate) => {
    expect(judge(share, pixels, framerate)).toBeUndefined();
  });

  it.each([
    [0.52, SMALL, 30],
    [0.31, 1, 1],
    [0.96, LARGE, 10],
  ])('does not bear with %f of a processor for %i pixels at %i frames a second', (share, pixels, framerate) => {
    expect(judge(share, pixels, framerate)).toEqual({ verdict: expect.closeTo(share, 2), second: 5 });
  });

  it('bears with a decoder that has all of a processor to catch up, after ten seconds without one', () => {
    // Ten milliseconds for each picture, thirty times a second.
    const share = (second: number): number => (second < 10 ? 0 : 1);
    const out = (second: number): number => (second < 10 ? 0 : 100);
    expect(judge(share, LARGE, 30, { seconds: 15, out })).toBeUndefined();
  });

  it('does not bear with one that gets half of what it wants, and for that gives few pictures', () => {
    // 40 ms for each picture, however many of them there are.
    expect(judge(0.45, SMALL, 30, { out: () => 11 })).toMatchObject({ second: 5 });
  });

  it('does not bear with one that gives no pictures any more', () => {
    expect(judge(0.31, LARGE, 30, { out: () => 0 })).toMatchObject({ second: 5 });
  });

  it('does not mind what the pictures take that are never output', () => {
    const cost = new DecodeCost(() => nowMs);
    let nowMs = 0;
    const verdicts = Array.from({ length: 600 }, () => {
      nowMs += 33;
      return cost.look(nowMs);
    });
    expect(verdicts.filter((verdict) => verdict !== undefined)).toEqual([]);
  });

  it('does not mind what a start takes', () => {
    const share = (second: number): number => (second < 2 ? 1 : 0.05);
    expect(judge(share, SMALL, 30)).toBeUndefined();
  });

  it('finds out who becomes expensive later', () => {
    const share = (second: number): number => (second < 60 ? 0 : 0.9);
    const found = judge(share, SMALL, 30, { seconds: 100 });
    expect(found?.second).toBeGreaterThan(60);
    expect(found?.second).toBeLessThan(66);
  });

  it('says nothing when nobody can tell what the decoder uses', () => {
    expect(judge(undefined, SMALL, 30)).toBeUndefined();
  });
});
