/** The marker of an archive that is whole in an object store: `stored.json`, written when every object was verified. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Name of the marker. */
export const STORED_FILE = 'stored.json';

const storedSchema = z.object({
  version: z.literal(1),
  /** Where the store is, as its operator calls it. */
  place: z.string(),
  /** ISO 8601, UTC. */
  storedAt: z.string(),
  files: z.array(
    z.object({
      name: z.string(),
      key: z.string(),
      /** Bytes of the object: those of the file as it lay on the disk. */
      size: z.int().min(0),
      sha256: z.string(),
      sealed: z.boolean(),
      /** ISO 8601, UTC. */
      modifiedAt: z.string(),
    }),
  ),
});

/** What is in the store. */
export type StoredArchive = z.infer<typeof storedSchema>;

/** The marker in an archive's folder; undefined when there is none, or none that holds. */
export async function readStored(folder: string): Promise<StoredArchive | undefined> {
  const text = await readFile(join(folder, STORED_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export async function writeStored(folder: string, stored: StoredArchive): Promise<void> {
  const draft = join(folder, `.${randomBytes(6).toString('hex')}.stored`);
  try {
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(`${JSON.stringify(stored, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, STORED_FILE));
  } finally {
    await rm(draft, { force: true });
  }
}
