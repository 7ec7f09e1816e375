import { describe, expect, it } from 'vitest';
import { pageOfRooms } from '../../../src/api/room-list.ts';
import { viewOfRoom } from '../../helpers/room-views.ts';

const ROOMS = [
  viewOfRoom('c', { title: 'Über Café', createdAt: '2026-01-03T00:00:00.000Z', live: true }),
  viewOfRoom('a', { title: 'Monday stand-up', createdAt: '2026-01-01T00:00:00.000Z' }),
  viewOfRoom('b', { title: 'Monday review', createdAt: '2026-01-01T00:00:00.000Z', live: true }),
];

function ids(filter: Parameters<typeof pageOfRooms>[1], rooms = ROOMS): string {
  return pageOfRooms(rooms, filter)
    .items.map(({ id }) => id)
    .join('');
}

describe('a page of rooms', () => {
  it('is all of them, oldest first, when nothing is asked', () => {
    expect(ids({})).toBe('abc');
    expect(pageOfRooms(ROOMS, {}).next).toBeUndefined();
  });

  it.each([
    [{ q: 'monday' }, 'ab'],
    [{ q: 'REVIEW  monday' }, 'b'],
    [{ q: 'ÜBER' }, 'c'],
    [{ q: 'nothing' }, ''],
    [{ live: true }, 'bc'],
    [{ live: false }, 'a'],
    [{ q: 'monday', live: true }, 'b'],
  ])('of %j is %s', (filter, expected) => {
    expect(ids(filter)).toBe(expected);
  });

  it('goes on where the last one ended, also when that room is gone', () => {
    const first = pageOfRooms(ROOMS, { limit: 2 });
    expect(ids({ limit: 2 })).toBe('ab');
    expect(ids({ limit: 2, cursor: String(first.next) })).toBe('c');
    const without = ROOMS.filter(({ id }) => id !== 'b');
    expect(ids({ limit: 2, cursor: String(first.next) }, without)).toBe('c');
    expect(pageOfRooms(ROOMS, { limit: 3 }).next).toBeUndefined();
  });

  it.each(['nonsense', Buffer.from('2026 ../..').toString('base64url')])('refuses the cursor %s', (cursor) => {
    expect(() => pageOfRooms(ROOMS, { cursor })).toThrow('no cursor of this list');
  });
});
