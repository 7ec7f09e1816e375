/** Puts one finished archive into an object store. Running it again costs nothing but what is missing there. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { BadRequestError, UnavailableError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { TIMELINE_FILE } from '../archive/archive-timeline-file.ts';
import { archiveFolder, MANIFEST_FILE, readManifest } from '../archive/archive-manifest.ts';
import type { ObjectStore } from './object-store.ts';
import { isSealedFile } from './archived-seal.ts';
import { readStored, type StoredArchive, writeStored } from './stored-marker.ts';

/** What an upload needs of its surroundings. */
export interface UploadContext {
  readonly dataDir: string;
  readonly objects: ObjectStore;
  /** What all keys begin with; empty, or with a slash at its end. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** 0–1, of bytes. */
  readonly onProgress: (share: number) => void;
}

/** A fault that no other attempt can cure. */
export class PermanentUploadError extends BadRequestError {
  constructor(message: string) {
    super('upload_impossible', message);
  }
}

type StoredFile = StoredArchive['files'][number];

/** Where the objects of a recording are. */
export function objectPrefix(prefix: string, recording: string): string {
  return `${prefix}${recording}/`;
}

/**
 * Every file is in the store as it lies on the disk when this resolves: each was read back, byte for byte.
 * @throws PermanentUploadError when there is no archive; else whatever failed, for another attempt.
 */
export async function runUpload(recording: string, context: UploadContext): Promise<StoredArchive> {
  const { clock, dataDir, log, objects, signal } = context;
  const folder = archiveFolder(dataDir, recording);
  const before = await readStored(folder);
  if (before) return before;
  const manifest = await readManifest(folder);
  if (!manifest) throw new PermanentUploadError('There is no archive of this recording in the data folder.');
  const prefix = objectPrefix(context.prefix, recording);
  // Attempts that were killed left them: their parts cost money, and nobody else ends them.
  const left = await objects.abortUploads(prefix);
  if (left > 0) log.info('uploads that nobody finished were ended', { recording, count: left });
  const names = [...new Set([...manifest.files.map(({ name }) => name), MANIFEST_FILE])];
  const types = new Map(manifest.files.map(({ name, contentType }) => [name, contentType]));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const files: StoredFile[] = [];
  let done = 0;
  for (const name of names) {
    signal.throwIfAborted();
    const contentType = types.get(name) ?? 'application/json';
    const file = await storeFile({ path: join(folder, name), name, key: prefix + name, contentType }, context);
    files.push(file);
    done += file.size;
    context.onProgress(total === 0 ? 1 : done / total);
  }
  await objects.abortUploads(prefix);
  const storedAt = new Date(clock.wallMs()).toISOString();
  const stored: StoredArchive = { version: 1, place: objects.place, storedAt, files };
  await writeStored(folder, stored);
  return stored;
}

async function storeFile(
  file: { readonly path: string; readonly name: string; readonly key: string; readonly contentType: string },
  { objects, log, signal }: UploadContext,
): Promise<StoredFile> {
  const { path, name, key } = file;
  const { size, mtime } = await stat(path);
  const sha256 = await hashOf(createReadStream(path, { highWaterMark: 1024 * 1024 }), signal);
  const sealed = await isSealedFile(dirname(path), name);
  const contentType = sealed ? 'application/octet-stream' : file.contentType;
  // What the store says of itself is not enough: the copy here may be deleted on the strength of it.
  const isWhole = async (): Promise<boolean> =>
    (await hashOf(await objects.open(key, undefined, signal), signal)) === sha256;
  const there = await objects.head(key, signal);
  const isThere = there?.size === size && there.sha256 === sha256 && (await isWhole());
  if (!isThere) await objects.put(key, { path, size, sha256, contentType }, signal);
  if (!isThere && !(await isWhole())) {
    // It is not deleted: should only its reading have failed, it may be all that another attempt has left of the file.
    log.warn('an object is not what was uploaded and is uploaded again', { key });
    throw new UnavailableError('upload_damaged', `The object ${key} is not what was uploaded; it is uploaded again.`);
  }
  return { name, key, size, sha256, sealed, modifiedAt: mtime.toISOString() };
}

/** Deletes what the store has from the data folder; what a recording is listed again by without asking the store stays. */
export async function removeLocalCopy(dataDir: string, recording: string): Promise<void> {
  const folder = archiveFolder(dataDir, recording);
  const stored = await readStored(folder);
  for (const { name } of stored?.files ?? []) {
    if (name === MANIFEST_FILE || name === TIMELINE_FILE) continue;
    await unlink(join(folder, name)).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    });
  }
}

async function hashOf(stream: Readable, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) {
    signal.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
