/** Files of a data folder, and what of them a copy lacks. */
import { constants, type Stats } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCode } from '../../errors.ts';

/** A file, by its path from the folder's root. */
export interface KeptFile {
  readonly path: string;
  readonly bytes: number;
}

/** What there is. */
export interface FolderListing {
  readonly files: readonly KeptFile[];
  /** Links below the top, which are not followed: they might lead in a circle, or to what is not Gridcast's. */
  readonly links: readonly string[];
}

const DRAFT = '.copying';
const OWNER_ONLY = 0o700;

/** Everything at or below `names` in `root`; those may be links themselves. What goes away meanwhile is left out. */
export async function listFiles(root: string, names: readonly string[]): Promise<FolderListing> {
  const files: KeptFile[] = [];
  const links: string[] = [];
  const look = async (path: string): Promise<void> => {
    const entries = await readdir(join(root, path), { withFileTypes: true });
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = `${path}/${entry.name}`;
      if (entry.isSymbolicLink()) links.push(inside);
      else if (entry.isDirectory()) await unlessMissing(look(inside));
      else if (entry.isFile()) await unlessMissing(note(inside));
    }
  };
  const note = async (path: string): Promise<void> => {
    const { size } = await stat(join(root, path));
    files.push({ path, bytes: size });
  };
  for (const name of names) {
    const top = await unlessMissing(stat(join(root, name)));
    if (top?.isDirectory()) await unlessMissing(look(name));
    else if (top?.isFile()) files.push({ path: name, bytes: top.size });
  }
  return { files, links };
}

/** Whether `to` has the file as it is in `from`, as far as size and time tell. */
export async function isCopied(from: string, to: string, { path }: KeptFile): Promise<boolean> {
  const [here, there] = await Promise.all([
    unlessMissing(stat(join(from, path))),
    unlessMissing(lstat(join(to, path))),
  ]);
  return here !== undefined && there !== undefined && sameForm(here, there);
}

/** Copies one file, which stands in `to` whole or not at all; false when it is gone by now. */
export async function copyOne(from: string, to: string, { path }: KeptFile): Promise<boolean> {
  const target = join(to, path);
  const draft = `${target}${DRAFT}`;
  await mkdir(dirname(target), { recursive: true, mode: OWNER_ONLY });
  try {
    // Before it is read: what is appended meanwhile makes it newer, and it is copied again the next time.
    const { atime, mtime } = await stat(join(from, path));
    // File systems that can share the blocks of both do so.
    await copyFile(join(from, path), draft, constants.COPYFILE_FICLONE);
    await utimes(draft, atime, mtime);
    await flush(draft);
    await rename(draft, target);
    return true;
  } catch (error) {
    await rm(draft, { force: true });
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

/** Deletes one file, and the folders that are empty without it. */
export async function removeOne(root: string, { path }: KeptFile): Promise<void> {
  await rm(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const removed = await rmdir(join(root, folder)).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}

// Copies have the times of what they were made of, in whole milliseconds.
function sameForm(one: Stats, other: Stats): boolean {
  return one.size === other.size && one.mtime.getTime() === other.mtime.getTime();
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
