import { describe, expect, it } from 'vitest';
import { DecoderWatch } from '../../../../web/playback/decoder-watch.ts';

function feed(watch: DecoderWatch, count: number, nowMs: number): void {
  for (let frame = 0; frame < count; frame += 1) watch.fed(frame, nowMs);
}

describe('DecoderWatch', () => {
  it('lets three pictures wait for ever', () => {
    const watch = new DecoderWatch();
    feed(watch, 3, 0);
    expect(watch.isStuck(10_000)).toBe(false);
    expect(watch.lateMs(10_000)).toBe(0);
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
    watch.gave(0);
    expect(watch.isStuck(1600)).toBe(true);
    watch.gave(1);
    expect(watch.isStuck(1600)).toBe(false);
    expect(watch.held).toBe(3);
  });

  it('tells how late a decoder is by its oldest picture, however many it gives', () => {
    const watch = new DecoderWatch();
    for (let frame = 0; frame < 10; frame += 1) watch.fed(frame, frame * 100);
    for (let frame = 0; frame < 5; frame += 1) watch.gave(frame);
    expect(watch.lateMs(1500)).toBe(1000);
    watch.gave(5);
    expect(watch.lateMs(1500)).toBe(900);
    watch.gave(6);
    expect(watch.lateMs(1500)).toBe(0);
  });

  it('counts no picture that was skipped inside', () => {
    const watch = new DecoderWatch();
    feed(watch, 5, 0);
    watch.gave(3);
    expect(watch.held).toBe(1);
  });

  it('begins anew with another decoder', () => {
    const watch = new DecoderWatch();
    feed(watch, 9, 0);
    watch.reset();
    expect(watch.isStuck(1000)).toBe(false);
    expect(watch.lateMs(1000)).toBe(0);
    expect(watch.held).toBe(0);
  });
});
