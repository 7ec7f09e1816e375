/** What was written and what was shared, in the order of their times: pure. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { FileView } from '../../src/protocol/files.ts';

/** Told apart by `file`. */
export type FlowItem =
  | { readonly id: string; readonly entry: ChatEntry; readonly file?: undefined }
  | { readonly id: string; readonly entry?: undefined; readonly file: FileView };

/**
 * The last of both; `entries` and `files` are oldest first. Files from before the first of the entries are left out when
 * there are more entries before it: they belong further up.
 */
export function chatFlow(
  entries: readonly ChatEntry[],
  files: readonly FileView[],
  hasEarlier: boolean,
): readonly FlowItem[] {
  const since = hasEarlier ? (entries[0]?.at ?? 0) : 0;
  const items: FlowItem[] = [];
  let next = 0;
  const takeFiles = (until: number): void => {
    for (let file = files[next]; file && file.at <= until; file = files[next]) {
      if (file.at >= since) items.push({ id: `file ${file.id}`, file });
      next += 1;
    }
  };
  for (const entry of entries) {
    takeFiles(entry.at);
    items.push({ id: entry.id, entry });
  }
  takeFiles(Number.POSITIVE_INFINITY);
  return items;
}
