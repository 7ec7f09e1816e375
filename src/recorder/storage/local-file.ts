/** Opens files below a folder safely, even if others can write to it. */
import { constants, type FileHandle, open, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { NotFoundError, UnavailableError } from '../../errors.ts';
import type { ByteSpan } from './byte-span.ts';

// A symbolic link or a named pipe in place of the file must neither lead elsewhere nor block.
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO']);

/** An open file; who has it closes it. @throws NotFoundError `file_missing` for what is no plain file. */
export async function openPlainFile(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly size: number; readonly modifiedAt: Date }> {
  const handle = await open(path, READ_FLAGS).catch((error: unknown) => {
    throw isAbsence(error) ? fileMissing() : error;
  });
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw fileMissing();
    return { handle, size: stats.size, modifiedAt: stats.mtime };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * Bytes of a file; the stream closes it however it ends.
 * @param size what the file must have
 * @throws NotFoundError `file_missing`, UnavailableError `file_damaged`.
 */
export async function readPlainFile(path: string, span?: ByteSpan, size?: number): Promise<Readable> {
  const file = await openPlainFile(path);
  if (size !== undefined && file.size !== size) {
    await file.handle.close();
    throw new UnavailableError('file_damaged', 'This file is damaged; have the archive made again.');
  }
  return file.handle.createReadStream(span ?? {});
}

/**
 * The path of `name` in the folder `entry` of `root`, if that is a real folder there and no link out of it.
 * @throws NotFoundError `file_missing`.
 */
export async function pathInside(root: string, entry: string, name: string): Promise<string> {
  try {
    const folder = join(await realpath(root), entry);
    if ((await realpath(folder)) === folder) return join(folder, name);
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
  throw fileMissing();
}

/** What is thrown for every file that is not there. */
export function fileMissing(): NotFoundError {
  return new NotFoundError('file_missing', 'This file does not exist; see the list of files for the ones that do.');
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ABSENT.has(String(error.code));
}
