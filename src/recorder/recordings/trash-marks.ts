/**
 * That a recording is in the trash, beside the archives. Where list and mark differ, because the server was killed between the two or the
 * list comes from a backup, the mark is right: neither is deleted what was taken out again, nor is shown what was thrown away.
 */
import { z } from 'zod';
import { notedRecordings, readNote, removeNote, writeNote } from './recording-notes.ts';
import type { RecordingStore } from './recording-store.ts';

const markSchema = z.object({ version: z.literal(1), trashedAt: z.iso.datetime() });

/** Since when a recording is in the trash; undefined when it is not. */
export async function trashMark(dataDir: string, recording: string): Promise<Date | undefined> {
  const mark = await readNote(dataDir, recording, 'trashed', markSchema);
  return mark && new Date(mark.trashedAt);
}

/** To be called before it is listed in the trash. */
export function setTrashMark(dataDir: string, recording: string, at: Date): Promise<void> {
  return writeNote(dataDir, recording, 'trashed', { trashedAt: at.toISOString() });
}

/** To be called before it is listed as taken out. */
export function clearTrashMark(dataDir: string, recording: string): Promise<void> {
  return removeNote(dataDir, recording, 'trashed');
}

/** At the start, when everything is listed: makes the list say what the marks say. Without a folder of archives nothing is known. */
export async function applyTrashMarks({
  dataDir,
  store,
}: {
  readonly dataDir: string;
  readonly store: RecordingStore;
}): Promise<void> {
  const marked = await notedRecordings(dataDir, 'trashed');
  if (!marked) return;
  const listed = new Set<string>();
  for (const { id, isDeleting } of await store.trash.all()) {
    listed.add(id);
    if (!isDeleting && !(await trashMark(dataDir, id))) await store.trash.takeOut(id);
  }
  for (const id of marked) {
    const at = listed.has(id) ? undefined : await trashMark(dataDir, id);
    if (at) await store.trash.putIn(id, at);
  }
}
