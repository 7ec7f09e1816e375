import { describe, expect, it } from 'vitest';
import { DecoderWatch } from '../../../../web/playback/decoder-watch.ts';

function feed(watch: DecoderWatch, count: number, nowMs: number): void {
  for (let frame = 0; frame < count; frame += 1) watch.fed(nowMs);
}

describe('DecoderWatch', () => {
  it('lets three pictures wait for ever', () => {
    const watch = new DecoderWatch();
    feed(watch, 3, 0);
    expect(watch.isStuck(10_000)).toBe(false);
  });

  it('calls a decoder stuck that has held a fourth for half a second', () => {
    const watch = new DecoderWatch();
    feed(watch, 4, 1000);
    expect(watch.isStuck(1499)).toBe(false);
    expect(watch.isStuck(1500)).toBe(true);
  });

  it('forgives one that gives the surplus back in time', () => {
    const watch = new DecoderWatch();
    feed(watch, 5, 1000);
    watch.gave();
    expect(watch.isStuck(1600)).toBe(true);
    watch.gave();
    expect(watch.isStuck(1600)).toBe(false);
    expect(watch.held).toBe(3);
  });

  it('begins anew with another decoder', () => {
    const watch = new DecoderWatch();
    feed(watch, 9, 0);
    watch.reset();
    expect(watch.isStuck(1000)).toBe(false);
    expect(watch.held).toBe(0);
  });
});
