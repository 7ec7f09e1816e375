import { beforeEach, describe, expect, it } from 'vitest';
import { FirstFrameWatch } from '../../../../web/capture/first-frame-watch.ts';

describe('FirstFrameWatch', () => {
  let watch: FirstFrameWatch;

  beforeEach(() => {
    watch = new FirstFrameWatch();
  });

  it('asks for nothing before a source was opened', () => {
    expect(watch.takeOverdue(1e9)).toBe(false);
  });

  it('finds a source overdue after a second without a frame, once', () => {
    watch.opened(5000);
    expect(watch.takeOverdue(5999)).toBe(false);
    expect(watch.takeOverdue(6000)).toBe(true);
    expect(watch.takeOverdue(9000)).toBe(false);
  });

  it('has nothing against a source that gave a frame', () => {
    watch.opened(5000);
    watch.came();
    expect(watch.takeOverdue(60_000)).toBe(false);
  });

  it('waits longer each time, up to eight seconds', () => {
    const waits = Array.from({ length: 5 }, () => {
      watch.opened(0);
      const wait = [1000, 2000, 4000, 8000].find((ms) => watch.takeOverdue(ms - 1) || watch.takeOverdue(ms));
      return wait;
    });
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000]);
  });

  it('is quick again with a source that worked in between', () => {
    watch.opened(0);
    expect(watch.takeOverdue(1000)).toBe(true);
    watch.opened(1000);
    watch.came();
    watch.opened(9000);
    expect(watch.takeOverdue(10_000)).toBe(true);
  });
});
