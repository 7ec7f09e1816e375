/** Lists of recordings, a page at a time. */
import { searchWords } from './recording-search.ts';
import type { RecordingStore } from './recording-store.ts';
import {
  decodeCursor,
  encodeCursor,
  type Recording,
  type RecordingState,
  type RecordingView,
  type TrashView,
} from './recording-view.ts';

/** Which recordings, and how many of them. */
export interface RecordingFilter {
  readonly room?: string;
  /** Id of the account that had made the room. */
  readonly owner?: string;
  readonly state?: RecordingState;
  /** Words that are in the title, the room or the names of who took part. */
  readonly q?: string;
  /** Started then or later. */
  readonly since?: Date;
  /** Started before. */
  readonly until?: Date;
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string;
}

/** A page of recordings, newest first. */
export interface RecordingPage {
  readonly items: readonly RecordingView[];
  readonly next?: string;
}

/** A page of the trash, put in last first. */
export interface TrashPage {
  readonly items: readonly TrashView[];
  readonly next?: string;
}

/** The page that the filter names. @throws BadRequestError `bad_cursor`. */
export async function pageOf(
  store: Pick<RecordingStore, 'list'>,
  filter: RecordingFilter,
  view: (recording: Recording) => RecordingView,
): Promise<RecordingPage> {
  const { cursor, limit, q = '', ...where } = filter;
  const after = cursor === undefined ? {} : { after: decodeCursor(cursor) };
  const found = await store.list({ ...where, words: searchWords(q), ...after, limit: limit + 1 });
  return cut(found, limit, view, ({ startedAt }) => startedAt);
}

/** A page of the trash. @throws BadRequestError `bad_cursor`. */
export async function trashPageOf(
  { trash }: Pick<RecordingStore, 'trash'>,
  { limit, cursor }: Pick<RecordingFilter, 'limit' | 'cursor'>,
  view: (recording: Recording) => TrashView,
): Promise<TrashPage> {
  const found = await trash.list({ limit: limit + 1, ...(cursor !== undefined && { after: decodeCursor(cursor) }) });
  return cut(found, limit, view, ({ startedAt, trashedAt = startedAt }) => trashedAt);
}

/** @param found one more than the page takes, if there is another behind it; @param orderOf the time that the list is in order of */
function cut<T>(
  found: readonly Recording[],
  limit: number,
  view: (recording: Recording) => T,
  orderOf: (recording: Recording) => Date,
): { readonly items: readonly T[]; readonly next?: string } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const more = last && found.length > limit;
  return {
    items: items.map(view),
    ...(more ? { next: encodeCursor({ startedAt: orderOf(last).toISOString(), id: last.id }) } : {}),
  };
}
