import { beforeEach, describe, expect, it } from 'vitest';
import { EncoderWatch } from '../../../../web/capture/encoder-watch.ts';

describe('EncoderWatch', () => {
  let watch: EncoderWatch;
  let nowMs: number;

  beforeEach(() => {
    watch = new EncoderWatch();
    nowMs = 1000;
  });

  /** Looks ten times a second for up to so long; gives the milliseconds until it found the encoder overdue. */
  function overdueAfter(mostMs: number, frame: () => void = () => undefined): number | undefined {
    for (let passedMs = 100; passedMs <= mostMs; passedMs += 100) {
      nowMs += 100;
      frame();
      if (watch.takeOverdue(nowMs)) return passedMs;
    }
    return undefined;
  }

  it('has nothing against an encoder that gives what it takes, one picture late', () => {
    const keepsOne = (): void => {
      watch.took(nowMs);
      watch.gave(nowMs - 100);
    };
    expect(overdueAfter(60_000, keepsOne)).toBeUndefined();
  });

  it('has nothing against one that has nothing to do, or left pictures out', () => {
    expect(overdueAfter(60_000)).toBeUndefined();
    watch.took(1);
    watch.took(2);
    watch.took(3);
    watch.gave(3);
    expect(overdueAfter(60_000)).toBeUndefined();
  });

  it('finds one overdue that has owed a picture for five seconds, then for ten, and five again once one worked', () => {
    expect(overdueAfter(300)).toBeUndefined();
    watch.took(1);
    expect(overdueAfter(60_000)).toBe(5000);
    watch.closed();
    expect(overdueAfter(60_000)).toBeUndefined();
    watch.took(2);
    expect(overdueAfter(60_000)).toBe(10_000);
    watch.gave(2);
    watch.took(3);
    expect(overdueAfter(60_000)).toBe(5000);
  });

  it('does not count what passed while the machine stood still', () => {
    watch.takeOverdue(nowMs);
    watch.took(1);
    for (let look = 0; look < 19; look += 1) {
      nowMs += 60_000;
      expect(watch.takeOverdue(nowMs)).toBe(false);
    }
  });
});
