import { describe, expect, it } from 'vitest';
import { StallWatch } from '../../../../web/controllers/stall-watch.ts';

describe('a picture that stands still', () => {
  it('is told of once, and so is that it moves', () => {
    const watch = new StallWatch();
    expect([watch.note(false, 0), watch.note(true, 1), watch.note(true, 2), watch.note(false, 3)]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it('needs no reason for a moment, and then has one: the line is slow, or there is no more', () => {
    const watch = new StallWatch();
    expect(watch.why(5000, 9)).toBeUndefined();
    watch.note(true, 1000);
    expect([watch.why(2999, 9), watch.why(3000, 1.1), watch.why(3000, 1)]).toEqual(['short', 'slow', 'waiting']);
    watch.note(false, 3000);
    expect(watch.why(9000, 9)).toBeUndefined();
  });

  it('has the reason at once when it has stood still for long enough in pieces that follow one another', () => {
    const watch = new StallWatch();
    const stand = (fromMs: number, toMs: number): string | undefined => {
      watch.note(true, fromMs);
      const why = watch.why(toMs, 9);
      watch.note(false, toMs);
      return why;
    };
    expect([stand(0, 1500), stand(3500, 3900), stand(5900, 6000), stand(7000, 7001)]).toEqual([
      'short',
      'short',
      'slow',
      'slow',
    ]);
    // Then it has moved for more than ten seconds.
    expect([stand(17_002, 18_500), stand(28_500, 28_999)]).toEqual(['short', 'short']);
    watch.seek(29_000);
    expect(stand(29_001, 30_000)).toBe('short');
  });

  it('does so, too, when what was sought does not come', () => {
    const watch = new StallWatch();
    watch.seek(5000);
    expect([watch.isLongSeek(6000), watch.isLongSeek(6001)]).toEqual([false, true]);
  });

  it('stands still because the server is away, for a while after a request without an answer', () => {
    const watch = new StallWatch();
    watch.trouble(1000);
    expect(watch.isCut(1001, true)).toBe(false);
    watch.note(true, 2000);
    expect([watch.isCut(10_999, true), watch.isCut(11_000, true)]).toEqual([true, false]);
    watch.reset();
    watch.note(true, 3000);
    expect(watch.isCut(3001, true)).toBe(false);
  });

  it('stands still for want of bytes, not of the server, where some have come since', () => {
    const watch = new StallWatch();
    watch.note(true, 2000);
    watch.alive(3000);
    watch.trouble(5000);
    expect([watch.isCut(5999, true), watch.isCut(6000, true)]).toEqual([false, true]);
    watch.alive(7000);
    expect(watch.isCut(7000, true)).toBe(false);
  });

  it('stands still because there is no network, however long ago a request failed', () => {
    const watch = new StallWatch();
    expect(watch.isCut(99_000, false)).toBe(false);
    watch.note(true, 99_000);
    expect(watch.isCut(99_000, false)).toBe(true);
  });
});
