import { describe, expect, it } from 'vitest';
import { isCoded, lowForm, nextChange, orderedForm, sameForm } from '../../../src/mixer/program-form.ts';

const FULL = orderedForm({
  width: 1280,
  height: 720,
  framerate: 30,
  videoKbit: 2500,
  preset: 'veryfast',
  gopFrames: 60,
});

describe('a form', () => {
  it('has every frame and x264 unless it says otherwise', () => {
    expect(FULL).toMatchObject({ frameStep: 1, kbit: 2500, encoder: 'x264' });
    expect([0, 1, 2, 3].map((frame) => isCoded({ ...FULL, frameStep: 2 }, frame))).toEqual([true, false, true, false]);
  });

  it('is the same as another with the same values', () => {
    expect(sameForm(FULL, { ...FULL })).toBe(true);
    const others = [
      { width: 640 },
      { height: 360 },
      { framerate: 25 },
      { frameStep: 2 },
      { kbit: 1 },
      { gopFrames: 30 },
    ];
    for (const other of others) expect(sameForm(FULL, { ...FULL, ...other })).toBe(false);
    expect(sameForm(FULL, { ...FULL, preset: 'fast' })).toBe(false);
    expect(sameForm(FULL, { ...FULL, encoder: 'qsv' })).toBe(false);
  });

  it.each([
    [1, 1, 17, 17],
    [1, 2, 17, 18],
    [2, 1, 17, 18],
    [2, 15, 31, 60],
    [15, 2, 60, 60],
  ])('with pictures of %i frames gives way to one of %i, from frame %i on, at %i', (from, to, earliest, change) => {
    expect(nextChange({ ...FULL, frameStep: from }, { ...FULL, frameStep: to }, earliest)).toBe(change);
  });
});

describe('the small form', () => {
  it.each([
    ['720p', { width: 1280, height: 720 }, [640, 360, 2]],
    ['1080p at 60', { width: 1920, height: 1080, framerate: 60 }, [640, 360, 4]],
    ['portrait', { width: 720, height: 1280 }, [360, 640, 2]],
    ['25 a second', { framerate: 25 }, [640, 360, 2]],
    ['a program at half rate', { frameStep: 2 }, [640, 360, 2]],
    ['a program of one picture in half a second', { frameStep: 15 }, [640, 360, 15]],
    ['a program that is small', { width: 320, height: 180 }, [320, 180, 2]],
    ['an odd shape', { width: 1082, height: 644 }, [640, 380, 2]],
  ])('of %s has the shape of the full one', (_, shape, [width, height, frameStep]) => {
    expect(lowForm({ ...FULL, ...shape, encoder: 'nvenc' })).toMatchObject({
      width,
      height,
      frameStep,
      encoder: 'x264',
    });
  });

  it('has a sensible share of the bits, never more than the full one', () => {
    expect(lowForm(FULL).kbit).toBeGreaterThan(400);
    expect(lowForm(FULL).kbit).toBeLessThan(700);
    expect(lowForm({ ...FULL, kbit: 120 }).kbit).toBe(120);
    expect(lowForm({ ...FULL, kbit: 300 }).kbit).toBe(150);
  });
});
