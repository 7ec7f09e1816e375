/** What is remembered of an upload that may be broken off, so that the same command goes on where it was. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const noteSchema = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  identity: z.string(),
});

/** Id of the upload, once there is one, and who sends it. */
export type UploadNote = z.infer<typeof noteSchema>;

/** What makes two uploads the same one. */
export interface UploadKey {
  readonly url: string;
  readonly room: string;
  readonly token: string;
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Files that only their owner can read; no token is in any of them. */
export class UploadNotes {
  readonly #dir: string;

  constructor(env: NodeJS.ProcessEnv) {
    this.#dir = join(env['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'gridcast', 'uploads');
  }

  /** What is known, or a new note. */
  async read(key: UploadKey): Promise<UploadNote> {
    try {
      return noteSchema.parse(JSON.parse(await readFile(this.#file(key), 'utf8')));
    } catch {
      return { identity: randomBytes(24).toString('base64url') };
    }
  }

  async write(key: UploadKey, note: UploadNote): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const draft = `${this.#file(key)}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, JSON.stringify(note), { mode: 0o600 });
    await rename(draft, this.#file(key));
  }

  async remove(key: UploadKey): Promise<void> {
    await rm(this.#file(key), { force: true });
  }

  #file({ url, room, token, path, size, modifiedMs }: UploadKey): string {
    const text = JSON.stringify([url, room, token, path, size, modifiedMs]);
    return join(this.#dir, `${createHash('sha256').update(text).digest('hex').slice(0, 40)}.json`);
  }
}
