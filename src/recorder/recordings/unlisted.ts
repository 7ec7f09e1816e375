/**
 * Archives and sessions on the disk that are in no list. Those of recordings that somebody removed are deleted. All others are listed
 * again or stay, for the list may be older than the files: the database was lost, or came from a backup. So may be its titles.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../logger.ts';
import { removeFolder } from '../../util/remove-folder.ts';
import { removeArchive, unfinishedRecording } from '../archive/archive-folders.ts';
import { readSessionEvents } from '../session/session-events.ts';
import { type AdoptionPlace, adoptArchive } from './adoption.ts';
import { givenTitle } from './given-titles.ts';
import { noteEntry, removeNote } from './recording-notes.ts';
import type { RecordingStore } from './recording-store.ts';

const MOST_NAMED = 10;

interface Place {
  readonly store: RecordingStore;
  readonly dataDir: string;
}

/** Deletes the files of an archive if somebody has removed its recording. */
export async function discardRemoved({ store, dataDir }: Place, id: string): Promise<void> {
  if (!(await store.wasRemoved(id))) return;
  await removeArchive(dataDir, id);
  await removeNote(dataDir, id, 'title');
  await removeNote(dataDir, id, 'trashed');
}

/**
 * At the start, before sessions are swept, whose media finished archives need no more: deletes what workers made of removed recordings,
 * and what killed ones left of finished recordings; lists finished archives that are in no list.
 */
export async function sweepArchives(place: AdoptionPlace & { readonly log: Logger }): Promise<void> {
  const { store, dataDir, log } = place;
  const folder = join(dataDir, 'recordings');
  const [adopted, unlisted]: [string[], string[]] = [[], []];
  // All at once: a question for each of ten thousand is ten thousand round trips where the database is on another machine.
  const outline = await store.outline();
  for (const name of await readdir(folder).catch(() => [])) {
    const note = noteEntry(name);
    if (note) {
      const { id, isDraft, kind } = note;
      if (isDraft || (!outline.has(id) && (await store.wasRemoved(id)))) await removeFolder(join(folder, name));
      else if (kind === 'title') await applyTitle(place, id, outline.get(id)?.title);
      continue;
    }
    const unfinished = unfinishedRecording(name);
    const state = outline.get(unfinished ?? name)?.state;
    // A worker on another machine may be at it, or be asked to try again and go on with the steps that exist.
    const wanted = state
      ? unfinished === undefined || state !== 'ready'
      : !(await store.wasRemoved(unfinished ?? name));
    if (!wanted) await removeFolder(join(folder, name));
    else if (!state) ((await adoptArchive(place, name)) ? adopted : unlisted).push(name);
  }
  say(log, 'recordings that were in no list were found in the data folder, and are listed again', folder, adopted);
  say(
    log,
    'the data folder holds archives that are in no list; they stay until somebody deletes them',
    folder,
    unlisted,
  );
}

/** The server ended before it had listed a title that it was given, or the list comes from a backup. */
async function applyTitle({ store, dataDir }: Place, id: string, listed: string | undefined): Promise<void> {
  const title = listed === undefined ? undefined : await givenTitle(dataDir, id);
  if (title !== undefined && title !== listed) await store.rename(id, title);
}

function say(log: Logger, message: string, folder: string, names: readonly string[]): void {
  if (names.length > 0) log.warn(message, { folder, count: names.length, names: names.slice(0, MOST_NAMED) });
}

/** Whether a recording was made of a session that is in no list, and that nobody removed. */
export async function hasUnlisted(sessionFolder: string, store: RecordingStore): Promise<boolean> {
  const seen = new Set<string>();
  for await (const event of readSessionEvents(sessionFolder)) {
    if (event.type !== 'recording' || seen.has(event.recording)) continue;
    seen.add(event.recording);
    if (!(await store.find(event.recording)) && !(await store.wasRemoved(event.recording))) return true;
  }
  return false;
}
