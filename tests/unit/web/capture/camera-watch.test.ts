import { beforeEach, describe, expect, it } from 'vitest';
import { type CameraAdvice, type CameraFacts, CameraWatch } from '../../../../web/capture/camera-watch.ts';

describe('CameraWatch', () => {
  let watch: CameraWatch;
  let nowMs: number;
  let pictures: number;
  let media: object;

  beforeEach(() => {
    watch = new CameraWatch();
    nowMs = 5000;
    pictures = 0;
    media = {};
  });

  function look(facts: CameraFacts, afterMs = 1000): CameraAdvice | undefined {
    nowMs += afterMs;
    return watch.look(facts, nowMs);
  }

  /** Looks once a second for so long; gives what was advised, with the second. */
  function seconds(count: number, facts: () => CameraFacts): [second: number, advice: CameraAdvice][] {
    const advised: [number, CameraAdvice][] = [];
    for (let second = 1; second <= count; second += 1) {
      const advice = look(facts());
      if (advice) advised.push([second, advice]);
    }
    return advised;
  }

  function running(): CameraFacts {
    pictures += 15;
    return { media, pictures, muted: false };
  }

  function still(): CameraFacts {
    return { media, pictures, muted: false };
  }

  function muted(): CameraFacts {
    return { media, pictures, muted: true };
  }

  it('has nothing against a camera that gives pictures, however few', () => {
    expect(seconds(60, running)).toEqual([]);
    const slow = (): CameraFacts => {
      pictures += Math.round(nowMs / 1000) % 3 === 0 ? 1 : 0;
      return still();
    };
    expect(seconds(60, slow)).toEqual([]);
  });

  it('reads anew what has stopped, then takes the device again, then tells, and reads anew now and then', () => {
    seconds(5, running);
    expect(seconds(4, still)).toEqual([[4, 'reopen']]);
    expect(seconds(4, still)).toEqual([[4, 'retake']]);
    expect(seconds(2, () => 'unseen')).toEqual([]);
    media = {};
    // The first look at it says nothing yet.
    expect(seconds(5, still)).toEqual([[5, 'tell']]);
    expect(seconds(60, still)).toEqual(Array.from({ length: 15 }, (_, round) => [4 + round * 4, 'reopen']));
  });

  it('takes back what it told once pictures have come for two seconds', () => {
    seconds(12, still);
    media = {};
    expect(seconds(6, still).map(([, advice]) => advice)).toEqual(['tell']);
    expect(seconds(30, running)).toEqual([[2, 'settle']]);
  });

  it('takes a device that is muted again at once: of it nothing can be read in another way', () => {
    seconds(5, running);
    expect(seconds(4, muted)).toEqual([[4, 'retake']]);
    media = {};
    expect(seconds(5, muted)).toEqual([[5, 'tell']]);
    expect(seconds(60, muted)).toEqual([]);
    expect(seconds(30, running)).toEqual([[2, 'settle']]);
  });

  it('goes on with the next step when reading anew brought only a picture', () => {
    seconds(5, running);
    expect(seconds(4, still)).toEqual([[4, 'reopen']]);
    seconds(1, running);
    expect(seconds(4, still)).toEqual([[4, 'retake']]);
    media = {};
    seconds(3, running);
    expect(seconds(4, still)).toEqual([[4, 'tell']]);
    seconds(3, running);
    expect(seconds(4, still)).toEqual([[4, 'tell']]);
  });

  it('begins with the first step again after ten seconds with pictures', () => {
    seconds(5, running);
    expect(seconds(4, still)).toEqual([[4, 'reopen']]);
    seconds(10, running);
    expect(seconds(4, still)).toEqual([[4, 'reopen']]);
  });

  it('looks away while the page is hidden or the device is being opened', () => {
    seconds(5, running);
    for (let round = 0; round < 10; round += 1) {
      expect(seconds(3, still)).toEqual([]);
      expect(look('unseen', 60_000)).toBeUndefined();
    }
    expect(look(still(), 60_000)).toBeUndefined();
    expect(seconds(4, still)).toEqual([[4, 'reopen']]);
  });

  it('does not count what passed while the machine stood still', () => {
    seconds(5, running);
    expect(look(still(), 60_000)).toBeUndefined();
    // What was measured meanwhile is told all at once.
    for (let late = 0; late < 60; late += 1) expect(look(still(), 1)).toBeUndefined();
    expect(seconds(5, running)).toEqual([]);
  });

  it('forgets everything when the camera is switched off, or another one is chosen', () => {
    seconds(5, running);
    expect(seconds(5, still)).toEqual([[4, 'reopen']]);
    media = {};
    expect(seconds(4, still)).toEqual([]);
    expect(seconds(1, still)).toEqual([[1, 'reopen']]);
    seconds(8, still);
    expect(look('off')).toBe('settle');
    expect(look('off')).toBeUndefined();
    expect(seconds(5, still)).toEqual([[5, 'reopen']]);
    seconds(8, still);
    media = {};
    expect(seconds(1, still)).toEqual([[1, 'settle']]);
  });

  it('leaves media alone whose pictures nobody counts, unless they are muted', () => {
    const uncounted = (): CameraFacts => ({ media, pictures: undefined, muted: false });
    expect(seconds(60, uncounted)).toEqual([]);
    expect(seconds(4, () => ({ media, pictures: undefined, muted: true }))).toEqual([[4, 'retake']]);
  });
});
