import { describe, expect, it } from 'vitest';
import { CopyPace } from '../../../../web/playback/copy-pace.ts';

describe('CopyPace', () => {
  it('lets every copy through while they are quick', () => {
    const pace = new CopyPace();
    expect(pace.mayCopy(0)).toBe(true);
    pace.copied(25, 25);
    expect(pace.mayCopy(26)).toBe(true);
  });

  it('does not mind one that is slow, nor another a second later', () => {
    const pace = new CopyPace();
    pace.copied(200, 1000);
    expect(pace.mayCopy(1001)).toBe(true);
    pace.copied(200, 2000);
    expect(pace.mayCopy(2001)).toBe(true);
    pace.copied(200, 2999);
    expect(pace.mayCopy(3000)).toBe(false);
  });

  it('rests for ten seconds after two slow ones, for twice as long each time, and for 320 at most', () => {
    const pace = new CopyPace();
    let nowMs = 0;
    for (const restMs of [10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 320_000]) {
      pace.copied(25.1, nowMs - 1);
      expect(pace.mayCopy(nowMs)).toBe(true);
      pace.copied(25.1, nowMs);
      expect(pace.mayCopy(nowMs + restMs - 1)).toBe(false);
      nowMs += restMs;
      expect(pace.mayCopy(nowMs)).toBe(true);
    }
  });

  it('rests after one for which nobody could wait', () => {
    const pace = new CopyPace();
    pace.abandoned(1000);
    expect(pace.mayCopy(10_999)).toBe(false);
    expect(pace.mayCopy(11_000)).toBe(true);
  });
});
