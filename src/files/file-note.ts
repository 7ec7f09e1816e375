/**
 * What a complete file tells of itself, beside its bytes. The database knows it, too; a database that does not, for it is older than
 * the file or new, takes it from here.
 */
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { filePersonSchema } from '../protocol/files.ts';
import type { CompleteFile } from './file-store.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const noteSchema = z.object({
  version: z.literal(1),
  id,
  room: id,
  by: filePersonSchema,
  name: z.string(),
  type: z.string(),
  /** Bytes. */
  size: z.int().min(0),
  /** Milliseconds since 1970, as all times. */
  begun: z.number(),
  completed: z.object({ at: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  expires: z.number().optional(),
});

const OWNER_ONLY = 0o600;
const END = '.json';

/** Name of the note of a file. */
export function noteName(file: string): string {
  return `${file}${END}`;
}

/** The file that a note is of, by the name of the note; undefined: it is the name of something else. */
export function notedFile(name: string): string | undefined {
  return name.endsWith(END) ? name.slice(0, -END.length) : undefined;
}

/** Writes the note of a complete file, whole or not at all. @throws Error of the file system. */
export async function writeNote(dir: string, file: CompleteFile): Promise<void> {
  const path = join(dir, noteName(file.id));
  const draft = `${path}.new`;
  try {
    const note = await open(draft, 'w', OWNER_ONLY);
    try {
      await note.writeFile(`${JSON.stringify({ version: 1, ...file })}\n`);
      await note.datasync();
    } finally {
      await note.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Undefined when there is none that holds. */
export async function readNote(dir: string, file: string): Promise<CompleteFile | undefined> {
  try {
    const {
      version: _version,
      expires,
      ...note
    } = noteSchema.parse(JSON.parse(await readFile(join(dir, noteName(file)), 'utf8')));
    return note.id === file ? { ...note, ...(expires !== undefined && { expires }) } : undefined;
  } catch {
    return undefined;
  }
}
