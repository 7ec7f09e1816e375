import { describe, expect, it } from 'vitest';
import { KeyframeSchedule } from '../../../../web/capture/keyframe-schedule.ts';

describe('KeyframeSchedule', () => {
  it('begins with a key frame and repeats it after four seconds', () => {
    const schedule = new KeyframeSchedule();
    expect([0, 33, 3999, 4000, 4033, 8000].map((at) => schedule.take(at))).toEqual([
      true,
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  it('obeys requests, at least half a second apart', () => {
    const schedule = new KeyframeSchedule();
    schedule.take(0);
    schedule.request();
    expect(schedule.take(499)).toBe(false);
    expect(schedule.take(500)).toBe(true);
    expect(schedule.take(1100)).toBe(false);
  });

  it('gives one at once when the encoder was set up anew', () => {
    const schedule = new KeyframeSchedule();
    schedule.take(0);
    schedule.force();
    expect(schedule.take(33)).toBe(true);
    expect(schedule.take(66)).toBe(false);
  });
});
