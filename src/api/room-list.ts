/** A page of rooms: searching, sorting and paging, pure. */
import { hash } from 'node:crypto';
import { BadRequestError } from '../errors.ts';
import type { RoomView } from './ports.ts';

/** Which rooms are wanted. */
export interface RoomFilter {
  /** Words that are in the title or the id, in any order. */
  readonly q?: string | undefined;
  /** Whether a session runs. */
  readonly live?: boolean | undefined;
  /** `oldest`, or `live`: those in which a session runs before all others, both oldest first. Default `oldest`. */
  readonly sort?: 'oldest' | 'live' | undefined;
  /** Most on one page; undefined: all of them. */
  readonly limit?: number | undefined;
  /** `next` of the page before, of a list that is sorted alike. */
  readonly cursor?: string | undefined;
}

/** Some rooms, and the cursor of those after them. */
export interface RoomPage {
  readonly items: readonly RoomView[];
  readonly next?: string;
}

/** Live rooms that come before all others, what is live beyond these stands where its age puts it; see MAX_ROOM_CURSOR. */
const MOST_FIRST = 500;
const MARK_LENGTH = 8;
/** Marks of the live rooms that were listed, then the place of the last one after those, if any. */
const LIVE_CURSOR = new RegExp(`^live~((?:[\\w-]{${MARK_LENGTH}}){0,${MOST_FIRST}})~([\\w-]*)$`);

/** @throws BadRequestError `bad_cursor`. */
export function pageOfRooms(rooms: readonly RoomView[], filter: RoomFilter): RoomPage {
  const { q = '', live, sort = 'oldest', limit = Number.POSITIVE_INFINITY, cursor } = filter;
  const words = folded(q).split(/\s+/).filter(Boolean);
  const wanted = rooms
    .filter((room) => live === undefined || room.live === live)
    .filter((room) => words.every((word) => folded(`${room.title}\n${room.id}`).includes(word)))
    .toSorted((a, b) => compare(placeOf(a), placeOf(b)));
  return sort === 'live' ? liveFirst(wanted, limit, cursor) : oldestFirst(wanted, limit, cursor);
}

function oldestFirst(wanted: readonly RoomView[], limit: number, cursor: string | undefined): RoomPage {
  const after = cursor === undefined ? undefined : placeOfCursor(cursor);
  const left = behind(wanted, after);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last && left.length > items.length && { next: cursorOf(placeOf(last)) }) };
}

/**
 * Rooms begin and end to be live between two pages, so the cursor does not tell how far the list of live ones has come, but which of
 * them were listed: whatever becomes of them, they are not listed again, and whatever becomes of the others, they are.
 */
function liveFirst(wanted: readonly RoomView[], limit: number, cursor: string | undefined): RoomPage {
  const { listed, after } = cursor === undefined ? { listed: [], after: undefined } : placesOfCursor(cursor);
  const known = new Set(listed);
  const isNew = (room: RoomView): boolean => !known.has(markOf(room));
  const first: RoomView[] = [];
  // Once the others have begun, a room that is live now comes among them.
  if (after === undefined) {
    const most = Math.min(limit, MOST_FIRST - known.size);
    first.push(...wanted.filter((room) => room.live && isNew(room)).slice(0, most));
    for (const room of first) known.add(markOf(room));
  }
  const items = [...first];
  let last = after;
  for (const room of behind(wanted, after)) {
    if (!isNew(room)) continue;
    if (items.length === limit) return { items, next: liveCursorOf(known, last) };
    items.push(room);
    last = placeOf(room);
  }
  return { items };
}

/** Also when the room that the page before ended with is gone. */
function behind(wanted: readonly RoomView[], after: string | undefined): readonly RoomView[] {
  return after === undefined ? wanted : wanted.filter((room) => compare(placeOf(room), after) > 0);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** By what rooms are sorted: when they were made, and their id. */
function placeOf({ createdAt, id }: RoomView): string {
  return `${createdAt} ${id}`;
}

/** Short, because a cursor holds many; among a million rooms two with the same one are not to be expected. */
function markOf(room: RoomView): string {
  return hash('sha256', placeOf(room), 'base64url').slice(0, MARK_LENGTH);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function cursorOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}

function liveCursorOf(listed: ReadonlySet<string>, last: string | undefined): string {
  return `live~${[...listed].join('')}~${last === undefined ? '' : cursorOf(last)}`;
}

function placesOfCursor(cursor: string): { readonly listed: readonly string[]; readonly after: string | undefined } {
  const [, marks, last] = LIVE_CURSOR.exec(cursor) ?? [];
  if (marks === undefined || last === undefined) throw noCursor();
  const listed = marks.match(new RegExp(`.{${MARK_LENGTH}}`, 'g')) ?? [];
  return { listed, after: last === '' ? undefined : placeOfCursor(last) };
}

function placeOfCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z [A-Za-z0-9_-]{1,64}$/.test(place)) return place;
  throw noCursor();
}

function noCursor(): BadRequestError {
  return new BadRequestError('bad_cursor', 'This is not a cursor of this list; begin with its first page.');
}
