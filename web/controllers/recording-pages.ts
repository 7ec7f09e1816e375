/** A list of recordings that is read page by page and kept fresh at its top: pure. */
import type { Page, RecordingInfo } from '../api-types.ts';

/** What is known of a list. */
export interface RecordingPages {
  /** Newest first. */
  readonly items: readonly RecordingInfo[];
  /** Cursor of what follows; undefined: nothing does. */
  readonly next: string | undefined;
}

/** The first page anew: what it reaches over is as it says, what lies behind stays as it was read. */
export function refreshTop(known: RecordingPages | undefined, top: Page<RecordingInfo>): RecordingPages {
  const last = top.items.at(-1);
  if (!known || !last || top.next === undefined) return { items: top.items, next: top.next };
  const behind = known.items.filter((item) => isBehind(item, last));
  return behind.length === 0
    ? { items: top.items, next: top.next }
    : { items: [...top.items, ...behind], next: known.next };
}

/** The page behind what is known. */
export function appendPage(known: RecordingPages, page: Page<RecordingInfo>): RecordingPages {
  const ids = new Set(known.items.map(({ id }) => id));
  return { items: [...known.items, ...page.items.filter(({ id }) => !ids.has(id))], next: page.next };
}

function isBehind(item: RecordingInfo, last: RecordingInfo): boolean {
  return item.startedAt === last.startedAt ? item.id < last.id : item.startedAt < last.startedAt;
}
