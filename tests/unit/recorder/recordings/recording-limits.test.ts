import { describe, expect, it } from 'vitest';
import {
  isUnderFloor,
  limitReached,
  NO_LIMITS,
  type RecordingFacts,
  recordingLimits,
} from '../../../../src/recorder/recordings/recording-limits.ts';

const FACTS: RecordingFacts = { seconds: 0, bytes: 0, idleMs: 0, freePercent: 50, runs: true };
const LIMITS = recordingLimits({ maxHours: 2, maxGigabytes: 3, idleMinutes: 4, diskFloorPercent: 5 });

const reason = (facts: Partial<RecordingFacts>) => limitReached({ ...FACTS, ...facts }, LIMITS);

describe('the limits of a recording', () => {
  it.each([
    { limit: 'duration_limit', before: { seconds: 7199.9 }, at: { seconds: 7200 } },
    { limit: 'size_limit', before: { bytes: 2_999_999_999 }, at: { bytes: 3_000_000_000 } },
    { limit: 'idle', before: { idleMs: 239_999 }, at: { idleMs: 240_000 } },
    { limit: 'disk_floor', before: { freePercent: 5 }, at: { freePercent: 4.999 } },
  ])('end it with $limit when they are reached, and not before', ({ limit, before, at }) => {
    expect(reason(before)).toBeUndefined();
    expect(reason(at)).toBe(limit);
  });

  it('of the disk do not end one that pauses, or one of which nobody knows the disk', () => {
    expect(reason({ freePercent: 1, runs: false })).toBeUndefined();
    expect(reason({ freePercent: undefined })).toBeUndefined();
  });

  it('that are switched off end nothing', () => {
    const extreme = { seconds: 1e9, bytes: 1e18, idleMs: 1e9, freePercent: 0, runs: true };
    expect(limitReached(extreme, NO_LIMITS)).toBeUndefined();
    expect(isUnderFloor(0, NO_LIMITS)).toBe(false);
  });
});
