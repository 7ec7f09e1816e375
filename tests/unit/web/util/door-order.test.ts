import { describe, expect, it } from 'vitest';
import type { DoorInfo } from '../../../../web/api-types.ts';
import { doorOrder, fieldsOfDoor } from '../../../../web/util/door-order.ts';

const DOOR: DoorInfo = {
  locked: false,
  waitingRoom: true,
  passwordSet: true,
  capacity: 5,
  opensAt: '2031-05-14T12:00:07.000Z',
  whenEmpty: 'end',
};

describe('the fields of a door', () => {
  it('say nothing while nothing is changed, to the second', () => {
    expect(doorOrder(fieldsOfDoor(DOOR), DOOR)).toEqual({});
    expect(doorOrder(fieldsOfDoor(undefined), undefined)).toEqual({});
  });

  it('say what was changed, and take away what was emptied', () => {
    const emptied = { removePassword: true, waitingRoom: false, locked: true, capacity: ' ', opensAt: '', ends: false };
    expect(doorOrder({ password: '', ...emptied }, DOOR)).toEqual({
      password: null,
      waitingRoom: false,
      locked: true,
      capacity: null,
      opensAt: null,
      whenEmpty: 'keep',
    });
    const local = new Date(2031, 4, 14, 9, 30);
    const fields = { ...fieldsOfDoor(undefined), password: 'open sesame', capacity: '12', opensAt: '2031-05-14T09:30' };
    expect(doorOrder(fields, undefined)).toEqual({
      password: 'open sesame',
      capacity: 12,
      opensAt: local.toISOString(),
    });
  });

  it.each([
    { change: { password: 'abc' }, fault: 'password' },
    { change: { password: 'abcd' }, fault: undefined },
    { change: { password: 'x'.repeat(129) }, fault: 'password' },
    { change: { capacity: '0' }, fault: 'capacity' },
    { change: { capacity: '1' }, fault: undefined },
    { change: { capacity: '2.5' }, fault: 'capacity' },
    { change: { capacity: 'many' }, fault: 'capacity' },
    { change: { capacity: '1001' }, fault: 'capacity' },
  ])('refuse $change for $fault', ({ change, fault }) => {
    const order = doorOrder({ ...fieldsOfDoor(undefined), ...change }, undefined);
    expect(typeof order === 'string' ? order : undefined).toBe(fault);
  });
});
