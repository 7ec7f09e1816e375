/**
 * Files on the disk that are in no list, at the start of the server. Complete ones are listed again or stay, for the database may be
 * older than they are, from a backup, or new. What somebody removed goes, and so does what is not complete and nobody sends any more.
 */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import type { FileBytes } from './file-bytes.ts';
import type { FileLimits } from './file-limits.ts';
import { noteName, notedFile, readNote, writeNote } from './file-note.ts';
import type { FileStore } from './file-store.ts';

/** Where the files are, and their list. */
export interface UnlistedPlace {
  readonly store: FileStore;
  readonly bytes: FileBytes;
  /** Folder of the bytes. */
  readonly dir: string;
  readonly limits: Pick<FileLimits, 'unfinishedMs'>;
  /** Nothing goes for its age then. */
  readonly isDoubted: boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

type Fate = 'listed' | 'stays' | 'waits' | 'goes';

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const MOST_NAMED = 10;

/** Brings folder and list in line; nobody sends anything meanwhile. */
export async function takeInUnlisted(place: UnlistedPlace): Promise<void> {
  const { bytes, dir, log, store } = place;
  const [names, known] = [new Set(await bytes.names()), await store.ids()];
  const found: Record<Fate, string[]> = { listed: [], stays: [], waits: [], goes: [] };
  for (const name of names) {
    const file = notedFile(name) ?? name;
    if (known.has(file)) continue;
    if (name === noteName(file)) {
      // With its file, if that is there.
      if (!names.has(file)) await bytes.sweep(name);
      continue;
    }
    const fate = ID.test(name) ? await fateOf(place, name) : 'goes';
    found[fate].push(name);
    if (fate === 'goes') {
      await bytes.sweep(name);
      await bytes.sweep(noteName(name));
    }
  }
  const say = (message: string, files: readonly string[]): void => {
    if (files.length > 0) log.warn(message, { folder: dir, count: files.length, names: files.slice(0, MOST_NAMED) });
  };
  say('shared files that were in no list were found in the data folder, and are listed again', found.listed);
  say(
    'the data folder holds shared files of rooms that are not there; they stay as long as shared files do',
    found.stays,
  );
  await writeMissingNotes(place, names);
}

async function fateOf({ store, bytes, dir, limits, isDoubted, clock }: UnlistedPlace, id: string): Promise<Fate> {
  if (await store.wasRemoved(id)) return 'goes';
  const note = await readNote(dir, id);
  const there = await bytes.look(id);
  if (!there) return 'goes';
  if (note?.size !== there.size) {
    // An upload that somebody may go on with, once the list that knows it is back.
    const isYoung = isDoubted || clock.wallMs() - there.writtenMs < limits.unfinishedMs;
    return there.size > 0 && isYoung ? 'waits' : 'goes';
  }
  if (!isDoubted && note.expires !== undefined && note.expires <= clock.wallMs()) return 'goes';
  // A room that was made later is another one, whatever its name.
  const madeMs = await store.roomMadeMs(note.room);
  if (madeMs === undefined || madeMs > note.begun) return 'stays';
  await store.adopt(note);
  return 'listed';
}

/** Writes notes beside files from before there were notes, and files whose note the disk did not take. */
async function writeMissingNotes({ store, dir, log }: UnlistedPlace, names: ReadonlySet<string>): Promise<void> {
  for (const file of await store.complete()) {
    if (!names.has(file.id) || names.has(noteName(file.id))) continue;
    await writeNote(dir, file).catch((error: unknown) => {
      log.warn('what a shared file tells of itself was not written', { file: file.id, reason: messageOf(error) });
    });
  }
}
