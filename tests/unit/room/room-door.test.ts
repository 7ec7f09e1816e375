import { describe, expect, it } from 'vitest';
import {
  changedDoor,
  doorOrderSchema,
  doorSettingsSchema,
  doorView,
  whyWait,
} from '../../../src/room/door-settings.ts';
import { RoomDoor } from '../../../src/room/room-door.ts';

const OPEN = doorSettingsSchema.parse({});

describe('a door', () => {
  it('keeps what is not named, takes away what is null, and never shows the password', () => {
    const set = changedDoor(OPEN, { password: 'open sesame', capacity: 3, waitingRoom: true }, '$scrypt$hash');
    expect(set).toEqual({ ...OPEN, password: '$scrypt$hash', capacity: 3, waitingRoom: true });
    expect(doorView(set)).toEqual({
      locked: false,
      waitingRoom: true,
      capacity: 3,
      whenEmpty: 'keep',
      passwordSet: true,
    });
    expect(changedDoor(set, { locked: true })).toEqual({ ...set, locked: true });
    expect(changedDoor(set, { password: null, capacity: null, waitingRoom: false })).toEqual(OPEN);
  });

  it.each([
    [{ password: 'abc' }, false],
    [{ password: 'abcd' }, true],
    [{ password: 'x'.repeat(128) }, true],
    [{ password: 'x'.repeat(129) }, false],
    [{ capacity: 0 }, false],
    [{ capacity: 1 }, true],
    [{ capacity: 1001 }, false],
    [{ opensAt: 'tomorrow' }, false],
    [{ opensAt: '2031-05-14T14:00:00+02:00' }, true],
    [{ open: true }, false],
  ])('takes %j: %s', (order, taken) => {
    expect(doorOrderSchema.safeParse(order).success).toBe(taken);
  });

  it('makes people wait for the hour, then for the lock, then for a host', () => {
    const all = doorSettingsSchema.parse({ locked: true, waitingRoom: true, opensAt: '1970-01-01T00:00:01Z' });
    expect(whyWait(all, 999)).toBe('scheduled');
    expect(whyWait(all, 1000)).toBe('locked');
    expect(whyWait({ ...all, locked: false }, 1000)).toBe('admission');
    expect(whyWait(OPEN, 0)).toBeUndefined();
  });

  it('knows again whom a host let in, the last thousand of them', () => {
    const door = new RoomDoor();
    door.settings = { ...OPEN, locked: true };
    for (let count = 0; count < 1001; count += 1) door.admit(`p${count}`);
    expect([door.reason('p0', 0), door.reason('p1', 0), door.reason('p1000', 0)]).toEqual([
      'locked',
      undefined,
      undefined,
    ]);
    door.forget('p1');
    expect(door.reason('p1', 0)).toBe('locked');
    door.forget();
    expect(door.reason('p1000', 0)).toBe('locked');
  });
});
