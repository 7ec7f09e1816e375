/** A page of rooms: searching and paging, pure. */
import { BadRequestError } from '../errors.ts';
import type { RoomView } from './ports.ts';

/** Which rooms are wanted. */
export interface RoomFilter {
  /** Words that are in the title or the id, in any order. */
  readonly q?: string | undefined;
  /** Whether a session runs. */
  readonly live?: boolean | undefined;
  /** Most on one page; undefined: all of them. */
  readonly limit?: number | undefined;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

/** Oldest first. @throws BadRequestError `bad_cursor`. */
export function pageOfRooms(
  rooms: readonly RoomView[],
  { q = '', live, limit = Number.POSITIVE_INFINITY, cursor }: RoomFilter,
): { readonly items: readonly RoomView[]; readonly next?: string } {
  const words = folded(q).split(/\s+/).filter(Boolean);
  const after = cursor === undefined ? undefined : placeOfCursor(cursor);
  const wanted = rooms
    .filter((room) => live === undefined || room.live === live)
    .filter((room) => words.every((word) => folded(`${room.title}\n${room.id}`).includes(word)))
    .toSorted((a, b) => compare(placeOf(a), placeOf(b)))
    // Also when the room that the page before ended with is gone.
    .filter((room) => after === undefined || compare(placeOf(room), after) > 0);
  const items = wanted.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last && wanted.length > items.length && { next: cursorOf(placeOf(last)) }) };
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** By what rooms are sorted: when they were made, and their id. */
function placeOf({ createdAt, id }: RoomView): string {
  return `${createdAt} ${id}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function cursorOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}

function placeOfCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z [A-Za-z0-9_-]{1,64}$/.test(place)) return place;
  throw new BadRequestError('bad_cursor', 'This is no cursor of this list; begin with its first page.');
}
