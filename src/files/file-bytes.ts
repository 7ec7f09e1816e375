/** The bytes of files on the disk: one plain file each, whose name is the file's id and whose length is how far it has come. */
import { createHash } from 'node:crypto';
import { constants, type FileHandle, lstat, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, LimitError, NotFoundError } from '../errors.ts';
import { noteName } from './file-note.ts';
import type { FollowingHash } from './following-hash.ts';

/** What a sender says of the bytes of one request. */
export interface ByteCheck {
  readonly algorithm: 'sha1' | 'sha256';
  readonly digest: Buffer;
}

/** Bytes on their way into a file. */
export interface Append {
  readonly id: string;
  /** Where they go: the length of the file. */
  readonly offset: number;
  /** Length of the whole file; more is refused. */
  readonly size: number;
  readonly source: AsyncIterable<Uint8Array>;
  readonly hash: FollowingHash;
  /** Bytes that differ from it are dropped. */
  readonly check: ByteCheck | undefined;
  /** Asked now and then; rejects when no more may be written. */
  readonly guard: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** Between two looks at the disk's space. */
const GUARD_BYTES = 64_000_000;
const OWNER_ONLY = 0o600;

/** A folder of files. */
export class FileBytes {
  readonly #dir: string;

  /** @param dir made when it is missing */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @param id made by the server: letters, digits, "-" and "_" */
  path(id: string): string {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) throw new NotFoundError('file_not_found', 'There is no such file.');
    return join(this.#dir, id);
  }

  /** An empty file. Rejects when there is one. */
  async create(id: string): Promise<void> {
    await mkdir(this.#dir, { recursive: true, mode: 0o700 });
    const file = await open(this.path(id), constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, OWNER_ONLY);
    await file.close();
  }

  /** Bytes that have arrived; undefined when there is no file. */
  async size(id: string): Promise<number | undefined> {
    try {
      return (await stat(this.path(id))).size;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Its bytes, and when the last were written, milliseconds since 1970; undefined when it is no plain file. */
  async look(id: string): Promise<{ readonly size: number; readonly writtenMs: number } | undefined> {
    const found = await lstat(this.path(id)).catch(() => undefined);
    return found?.isFile() ? { size: found.size, writtenMs: found.mtimeMs } : undefined;
  }

  /** Writes until the source ends, and gives the new length. What was written when it fails stays, but for what was to be checked. */
  async append(append: Append): Promise<number> {
    const { id, offset, hash, check } = append;
    const file = await openForWriting(this.path(id));
    try {
      hash.begin(offset);
      const end = check ? await writeChecked(file, append, check) : await write(file, append);
      // What is told as received is on the disk.
      await file.datasync();
      return end;
    } finally {
      await file.close();
    }
  }

  /** With what it tells of itself. Does nothing when it is gone. */
  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
    await rm(noteName(this.path(id)), { force: true });
  }

  /** Whatever lies in the folder. */
  async names(): Promise<string[]> {
    try {
      return await readdir(this.#dir);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  /** Deletes something of the folder that is no file of ours. */
  async sweep(name: string): Promise<void> {
    await rm(join(this.#dir, name), { recursive: true, force: true });
  }
}

async function write(file: FileHandle, append: Append, also?: (chunk: Uint8Array) => void): Promise<number> {
  const { source, size, hash, guard, signal } = append;
  let at = append.offset;
  let guarded = at;
  await guard();
  for await (const chunk of source) {
    if (signal.aborted) break;
    if (at + chunk.byteLength > size) {
      const message = `More bytes came than the ${size} that were announced; begin a new upload.`;
      throw new LimitError('too_many_bytes', message, 413);
    }
    await writeAll(file, chunk, at);
    at += chunk.byteLength;
    if (also) also(chunk);
    else hash.wrote(chunk);
    if (at - guarded < GUARD_BYTES) continue;
    guarded = at;
    await guard();
  }
  return at;
}

/** What was not checked as a whole does not count. */
async function writeChecked(file: FileHandle, append: Append, check: ByteCheck): Promise<number> {
  const sum = createHash(check.algorithm);
  try {
    const end = await write(file, append, (chunk) => sum.update(chunk));
    if (!sum.digest().equals(check.digest)) {
      const message = 'The bytes are not those of the checksum; send them again.';
      throw new AppError(message, { code: 'checksum_mismatch', fault: 'client', status: 460 });
    }
    append.hash.begin(end);
    return end;
  } catch (error) {
    await file.truncate(append.offset);
    throw error;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    written += (await file.write(bytes, written, bytes.byteLength - written, at + written)).bytesWritten;
  }
}

async function openForWriting(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (isMissing(error)) throw new NotFoundError('file_not_found', 'This file is gone; begin it again.');
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ELOOP';
}
