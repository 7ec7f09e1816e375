import { describe, expect, it } from 'vitest';
import { LASTED_MS, MOST_TRIES, secondTry } from '../../../src/protocol/second-try.ts';

/** The pauses of a track that ends again and again after `lastedMs`. */
function waits(lastedMs: number, most: number): number[] {
  const found: number[] = [];
  for (let failures = 0; found.length < most; ) {
    const next = secondTry('decode_failed', failures, lastedMs);
    if (!next) break;
    failures = next.failures;
    found.push(next.waitMs);
  }
  return found;
}

describe('a picture that the server gave up', () => {
  it('is announced again after 10 s, and after twice as long each time up to a minute, six times', () => {
    expect(waits(30_000, 100)).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
    expect(waits(LASTED_MS - 1, 100)).toHaveLength(MOST_TRIES);
  });

  it('begins to count anew once it has lasted', () => {
    expect(waits(LASTED_MS, 8)).toEqual(Array.from({ length: 8 }, () => 10_000));
  });

  it.each(['video_stopped', 'decode_budget', 'too_expensive', 'resize_limit', 'too_many_tracks', ''])(
    'is not announced again by itself after "%s"',
    (code) => {
      expect(secondTry(code, 0, LASTED_MS)).toBeUndefined();
      expect(secondTry(code, 3, 0)).toBeUndefined();
    },
  );

  it('that was announced too soon is announced later, but only where it was given up before', () => {
    expect(secondTry('rate_limited', 0, 0)).toBeUndefined();
    expect(secondTry('rate_limited', 2, 0)).toEqual({ failures: 3, waitMs: 40_000 });
  });
});
