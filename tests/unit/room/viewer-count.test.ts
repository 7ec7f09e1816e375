import { describe, expect, it } from 'vitest';
import { VIEWER_GONE_MS } from '../../../src/room/audience.ts';
import { VIEWER_LIMITS, ViewerCount } from '../../../src/room/viewer-count.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const MANY = { viewers: 1000, perSecond: 1000, burst: 1000 };

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
    const viewers = new ViewerCount(clock, { room: { ...MANY, viewers: 3 }, address: MANY });
    expect(['a', 'b', 'c', 'd'].map((id) => viewers.seen('hall', id))).toEqual([1, 2, 3, 3]);
    clock.advance(VIEWER_GONE_MS);
    for (const id of ['b', 'c']) viewers.seen('hall', id);
    clock.advance(1);
    expect(viewers.seen('hall', 'd')).toBe(3);
  });

  it('takes as many signs of life as it may', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock, { room: { ...MANY, perSecond: 1, burst: 2 }, address: MANY });
    expect([1, 2, 3].map(() => viewers.seen('hall', 'a'))).toEqual([1, 1, undefined]);
    expect(viewers.seen('attic', 'a')).toBe(1);
    clock.advance(1000);
    expect(viewers.seen('hall', 'a')).toBe(1);
  });

  it('tells as many apart of one address as it may, whose others are counted still', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock, { room: MANY, address: { ...MANY, viewers: 2 } });
    const see = (id: string, address: string): number | undefined => viewers.seen('hall', id, address);
    expect(['a', 'b', 'c', 'a'].map((id) => see(id, '192.0.2.1'))).toEqual([1, 2, 2, 2]);
    expect(see('d', '192.0.2.2')).toBe(3);
    // One customer of a provider has 64 bits of addresses.
    expect(['1', '2', '3'].map((end) => see(`e${end}`, `2001:db8::${end}`))).toEqual([4, 5, 5]);
    // Who goes to another network makes room for another in the first.
    expect(see('a', '192.0.2.2')).toBe(5);
    expect(see('c', '192.0.2.1')).toBe(6);
    clock.advance(VIEWER_GONE_MS + 1);
    expect(['f', 'g', 'h'].map((id) => see(id, '192.0.2.1'))).toEqual([1, 2, 2]);
  });

  it('takes as many signs of life of one address as it may, and all of the others', () => {
    const clock = new FakeClock();
    const viewers = new ViewerCount(clock, {
      room: { ...MANY, burst: 3 },
      address: { ...MANY, perSecond: 1, burst: 2 },
    });
    const see = (address: string): number | undefined => viewers.seen('hall', 'a', address);
    expect(['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.2'].map(see)).toEqual([
      1,
      1,
      undefined,
      1,
      undefined,
    ]);
    clock.advance(1000);
    expect(['192.0.2.1', '192.0.2.1'].map(see)).toEqual([1, undefined]);
  });

  it('counts a school behind one address, and no audience that one machine makes up', () => {
    const viewers = new ViewerCount(new FakeClock());
    const most = VIEWER_LIMITS.address.viewers;
    for (let pupil = 1; pupil <= most; pupil += 1) expect(viewers.seen('hall', `p${pupil}`, '192.0.2.1')).toBe(pupil);
    expect(viewers.seen('hall', 'one more', '192.0.2.1')).toBeUndefined();
    expect(viewers.count('hall')).toBe(most);
    expect(viewers.seen('hall', 'somebody else', '192.0.2.2')).toBe(most + 1);
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
