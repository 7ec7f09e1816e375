import { describe, expect, it } from 'vitest';
import { VIEWER_GONE_MS, ViewerCount } from '../../../src/room/viewer-count.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const MANY = { perRoom: 1000, perSecond: 1000, burst: 1000 };

describe('ViewerCount', () => {
  it('counts each viewer once, room by room', () => {
    const viewers = new ViewerCount(new FakeClock());
    expect(viewers.seen('hall', 'a')).toBe(1);
    expect(viewers.seen('hall', 'b')).toBe(2);
    expect(viewers.seen('hall', 'a')).toBe(2);
    expect(viewers.seen('attic', 'a')).toBe(1);
    expect(viewers.count('cellar')).toBe(0);
  });

  it('counts a silent one for 25 seconds and no longer', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock);
    viewers.seen('hall', 'a');
    clock.advance(10_000);
    viewers.seen('hall', 'b');
    clock.advance(VIEWER_GONE_MS - 10_000);
    expect(viewers.count('hall')).toBe(2);
    clock.advance(1);
    expect(viewers.count('hall')).toBe(1);
    viewers.seen('hall', 'b');
    clock.advance(VIEWER_GONE_MS);
    expect(viewers.count('hall')).toBe(1);
  });

  it('tells as many apart as it may, and lets the next in when one has gone', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock, { ...MANY, perRoom: 3 });
    expect(['a', 'b', 'c', 'd'].map((id) => viewers.seen('hall', id))).toEqual([1, 2, 3, 3]);
    clock.advance(VIEWER_GONE_MS);
    for (const id of ['b', 'c']) viewers.seen('hall', id);
    clock.advance(1);
    expect(viewers.seen('hall', 'd')).toBe(3);
  });

  it('takes as many signs of life as it may', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock, { ...MANY, perSecond: 1, burst: 2 });
    expect([1, 2, 3].map(() => viewers.seen('hall', 'a'))).toEqual([1, 1, undefined]);
    expect(viewers.seen('attic', 'a')).toBe(1);
    clock.advance(1000);
    expect(viewers.seen('hall', 'a')).toBe(1);
  });

  it('keeps nothing of a session that is over, and of rooms that nobody watches', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock);
    viewers.seen('hall', 'a');
    viewers.forget('hall');
    expect(viewers.count('hall')).toBe(0);
    for (let room = 0; room < 10; room += 1) viewers.seen(`room-${room}`, 'a');
    clock.advance(VIEWER_GONE_MS + 1);
    viewers.seen('hall', 'a');
    expect(viewers.rooms).toBe(1);
  });
});
