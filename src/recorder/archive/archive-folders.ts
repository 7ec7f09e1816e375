/** Where archives are made: folders beside each other that become what they are by being renamed. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removeFolder } from '../../util/remove-folder.ts';
import { archiveFolder } from './archive-manifest.ts';

/** Folder of the steps of an archive that is being made. */
export function stepsFolder(dataDir: string, recordingId: string): string {
  return join(dataDir, 'recordings', `.${recordingId}.steps`);
}

/** What an entry of the folder of archives is: one that is made has the recording's id in front, as this tells. */
export function unfinishedRecording(name: string): string | undefined {
  return /^\.([A-Za-z0-9_-]+)\.(?:steps|[0-9a-f]+)$/.exec(name)?.[1];
}

/**
 * Lets `work` fill a folder of its own beside `folder`, then renames it to that: two that do so at once never share a file,
 * and the one that ends first wins. Nothing stays behind when it fails.
 * @param isWhole whether `folder` is there and finished.
 */
export async function makeFolder(
  folder: string,
  work: (attempt: string) => Promise<void>,
  isWhole: () => Promise<boolean>,
): Promise<void> {
  const attempt = join(dirname(folder), `${attemptPrefix(folder)}.${randomBytes(6).toString('hex')}`);
  await mkdir(attempt, { recursive: true });
  try {
    await work(attempt);
    await syncPath(attempt);
    await publish(attempt, folder, isWhole);
    await syncPath(dirname(folder));
  } finally {
    await rm(attempt, { recursive: true, force: true });
  }
}

/** Deletes what attempts left behind, those that ran elsewhere or were killed included. */
export async function removeLeftovers(dataDir: string, recordingId: string): Promise<void> {
  const folder = join(dataDir, 'recordings');
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => unfinishedRecording(name) === recordingId);
  await Promise.all(leftovers.map((name) => removeFolder(join(folder, name))));
}

/** Deletes all files of an archive that belongs to nobody. */
export async function removeArchive(dataDir: string, recordingId: string): Promise<void> {
  await removeLeftovers(dataDir, recordingId);
  await removeFolder(archiveFolder(dataDir, recordingId));
}

/**
 * Deletes attempts at making `folder` in which nothing was written after `beforeMs`, wall-clock milliseconds: whoever made
 * them was killed. An attempt that lives writes all the time.
 */
export async function removeAbandoned(folder: string, beforeMs: number): Promise<void> {
  const parent = dirname(folder);
  const prefix = `${attemptPrefix(folder)}.`;
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const attempt = join(parent, name);
    if ((await lastWrite(attempt)) < beforeMs) await rm(attempt, { recursive: true, force: true });
  }
}

/** Size and SHA-256 of a file that is on the disk for good by then. @throws Error when it is no plain file. */
export async function fingerprintFile(
  path: string,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void = () => {},
): Promise<{ readonly size: number; readonly sha256: string }> {
  const found = await lstat(path);
  if (!found.isFile()) throw new Error(`${basename(path)} is no plain file`);
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).byteLength;
    onBytes(size);
  }
  await syncPath(path);
  return { size, sha256: hash.digest('hex') };
}

/** Makes a file's content, or the names in a folder, survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function attemptPrefix(folder: string): string {
  return `.${basename(folder)}`;
}

/** Wall-clock milliseconds; 0 when nothing is there any more. */
async function lastWrite(attempt: string): Promise<number> {
  const names = await readdir(attempt).catch(() => []);
  const times = await Promise.all(
    [attempt, ...names.map((name) => join(attempt, name))].map((path) =>
      lstat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}

/** The rename is what makes it exist; when another attempt was faster, its result stands. */
async function publish(attempt: string, folder: string, isWhole: () => Promise<boolean>): Promise<void> {
  try {
    await rename(attempt, folder);
  } catch (error) {
    if (await isWhole()) return;
    if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    // A folder that is not whole is nobody's work: something else left it there.
    await rm(folder, { recursive: true, force: true });
    await rename(attempt, folder);
  }
}
