/**
 * What is kept of a recording beside the archives, for the list may be lost or older than the files: `recordings/.ID.title` and
 * `recordings/.ID.trashed`, small files of which each is there whole or not at all. An archive itself is never written again.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { syncPath } from '../archive/archive-folders.ts';

/** What a note says: the title that was given, or since when the recording is in the trash. */
export type NoteKind = 'title' | 'trashed';

/** An entry of the folder of archives that is a note, or a draft of one. */
export interface NoteEntry {
  readonly id: string;
  readonly kind: NoteKind;
  readonly isDraft: boolean;
}

/** Undefined for entries that are none. */
export function noteEntry(name: string): NoteEntry | undefined {
  const [, id, kind, draft] = /^\.([A-Za-z0-9_-]+)\.(title|trashed)(-[0-9a-f]+)?$/.exec(name) ?? [];
  return id === undefined ? undefined : { id, kind: kind as NoteKind, isDraft: draft !== undefined };
}

/** Ids of recordings with a note of this kind; undefined when the folder is not there or cannot be read. */
export async function notedRecordings(dataDir: string, kind: NoteKind): Promise<readonly string[] | undefined> {
  const names = await readdir(join(dataDir, 'recordings')).catch(() => undefined);
  return names?.flatMap((name) => {
    const entry = noteEntry(name);
    return entry?.kind === kind && !entry.isDraft ? [entry.id] : [];
  });
}

/** Undefined when there is none, or none that can be read. */
export async function readNote<T>(
  dataDir: string,
  id: string,
  kind: NoteKind,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const text = await readFile(noteFile(dataDir, id, kind), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** On the disk for good when it resolves. */
export async function writeNote(dataDir: string, id: string, kind: NoteKind, note: object): Promise<void> {
  const file = noteFile(dataDir, id, kind);
  const folder = join(dataDir, 'recordings');
  await mkdir(folder, { recursive: true });
  const draft = `${file}-${randomBytes(6).toString('hex')}`;
  try {
    const opened = await open(draft, 'wx');
    try {
      await opened.writeFile(`${JSON.stringify({ version: 1, ...note })}\n`);
      await opened.sync();
    } finally {
      await opened.close();
    }
    await rename(draft, file);
    await syncPath(folder);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Gone for good when it resolves; does nothing when there is none. */
export async function removeNote(dataDir: string, id: string, kind: NoteKind): Promise<void> {
  await rm(noteFile(dataDir, id, kind), { force: true });
  await syncPath(join(dataDir, 'recordings')).catch(() => undefined);
}

function noteFile(dataDir: string, id: string, kind: NoteKind): string {
  return join(dataDir, 'recordings', `.${id}.${kind}`);
}
