import { describe, expect, it } from 'vitest';
import type { RoomView } from '../../../src/api/ports.ts';
import { pageOfRooms } from '../../../src/api/room-list.ts';
import { MAX_ROOM_CURSOR } from '../../../src/protocol/limits.ts';
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

  it('refuses the cursor of a list that is sorted otherwise', () => {
    const [oldest, live] = [pageOfRooms(ROOMS, { limit: 2 }), pageOfRooms(ROOMS, { limit: 2, sort: 'live' })];
    expect(() => pageOfRooms(ROOMS, { cursor: String(oldest.next), sort: 'live' })).toThrow(
      'not a cursor of this list',
    );
    expect(() => pageOfRooms(ROOMS, { cursor: String(live.next) })).toThrow('not a cursor of this list');
  });

  it.each(['nonsense', Buffer.from('2026 ../..').toString('base64url')])('refuses the cursor %s', (cursor) => {
    expect(() => pageOfRooms(ROOMS, { cursor })).toThrow('not a cursor of this list');
  });
});

describe('a page of rooms, live ones first', () => {
  /** Made one after the other; `live` are the numbers of those in which a session runs. */
  function made(count: number, ...live: readonly number[]): RoomView[] {
    return Array.from({ length: count }, (_, index) =>
      viewOfRoom(`r${index}`, {
        createdAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
        live: live.includes(index),
      }),
    );
  }

  /** Numbers of all rooms, page by page; `at` is what the server has when it gives each page. */
  function walk(at: readonly (readonly RoomView[])[], limit: number): number[][] {
    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const rooms = at[Math.min(pages.length, at.length - 1)] ?? [];
      const { items, next } = pageOfRooms(rooms, { sort: 'live', limit, cursor });
      pages.push(items.map(({ id }) => Number(id.slice(1))));
      cursor = next;
    } while (cursor !== undefined);
    return pages;
  }

  it('has them before all others, both oldest first', () => {
    expect(ids({ sort: 'live' })).toBe('bca');
    expect(walk([made(5, 4, 2)], 2)).toEqual([[2, 4], [0, 1], [3]]);
    expect(walk([made(5, 4, 2)], 1)).toEqual([[2], [4], [0], [1], [3]]);
    expect(walk([made(3)], 3)).toEqual([[0, 1, 2]]);
  });

  it('has the newest of fifty first, and of fifty-one, too', () => {
    for (const count of [50, 51]) {
      const newest = count - 1;
      const pages = walk([made(count, newest)], 50);
      expect(pages.map(({ length }) => length)).toEqual(count === 50 ? [50] : [50, 1]);
      expect(pages.flat()).toEqual([newest, ...Array.from({ length: newest }, (_, index) => index)]);
    }
  });

  it('goes on where it was, whatever goes live or ends meanwhile', () => {
    // 9 ends after it was listed; 8 goes live before the others begin, 0 and 7 after that.
    const walked = walk([made(10, 5, 9), made(10, 5, 8), made(10, 0, 5, 7, 8), made(10, 7)], 2);
    expect(walked).toEqual([
      [5, 9],
      [8, 0],
      [1, 2],
      [3, 4],
      [6, 7],
    ]);
  });

  it('loses no room that ends before it was listed, and none that comes', () => {
    const grown = made(6, 0, 1);
    const walked = walk([made(5, 0, 1, 2, 3), made(5, 0, 1, 2), grown, grown], 2);
    expect(walked).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect(walk([made(4, 0, 1, 2, 3), made(4), made(4)], 2)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('goes on when rooms are gone', () => {
    const rooms = made(6, 0, 1, 5);
    const without = (...gone: readonly number[]): RoomView[] => rooms.filter((_, index) => !gone.includes(index));
    expect(walk([rooms, without(0), without(0, 2)], 2)).toEqual([
      [0, 1],
      [5, 2],
      [3, 4],
    ]);
  });

  it('remembers five hundred live ones, and has what is live beyond them where its age puts it', () => {
    const all = Array.from({ length: 501 }, (_, index) => index + 1);
    const { next } = pageOfRooms(made(502, ...all), { sort: 'live', limit: 500 });
    expect(next?.length).toBeLessThanOrEqual(MAX_ROOM_CURSOR);
    const pages = walk([made(502, ...all)], 500);
    expect(pages[0]?.[0]).toBe(1);
    expect(pages[1]).toEqual([0, 501]);
    const tooMany = `live~${'x'.repeat(501 * 8)}~`;
    expect(() => pageOfRooms(ROOMS, { sort: 'live', cursor: tooMany })).toThrow('not a cursor of this list');
  });

  it.each(['live~short~', 'live~~nonsense', 'live~'])('refuses the cursor %s', (cursor) => {
    expect(() => pageOfRooms(ROOMS, { sort: 'live', cursor })).toThrow('not a cursor of this list');
  });
});
