/** Repairs the log that a crashed server left: cuts torn ends off, so that the session can be continued or archived. */
import { type FileHandle, open, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import {
  endFrameOf,
  INDEX_FILE,
  loadSessionIndex,
  parseIndex,
  segmentFile,
  type SessionIndex,
} from './session-index.ts';

/** A log without torn ends. */
export interface RepairedSession {
  /** What is on the disk. */
  readonly index: SessionIndex;
  /** First frame after everything that was ever listed, on the disk or lost: none before it may be given again. */
  readonly nextFrame: number;
  /** Numbers that were never used. */
  readonly nextSegment: number;
  readonly nextGeneration: number;
  /** Bytes that were cut off. */
  readonly cutBytes: number;
  /** When it was written to last, before it was repaired: the wall clock of then, milliseconds; undefined without a log. */
  readonly writtenMs?: number;
}

/** Files of which each line is whole or cut off. */
const LINE_FILES = [INDEX_FILE, 'events.jsonl', join('tracks', 'tracks.jsonl')] as const;
const SEGMENT_FILE = /^segment-(\d{1,9})\.m4s$/;
const LINE_FEED = 0x0a;
/** Bytes that are looked through at once. */
const CHUNK = 64 * 1024;

/**
 * Nobody may be writing to the folder. Repeated calls find nothing more to cut; a folder that is not there is an empty log.
 * @throws Error of the file system.
 */
export async function repairSession(folder: string): Promise<RepairedSession> {
  let cutBytes = 0;
  const written = await stat(join(folder, INDEX_FILE)).catch(() => undefined);
  for (const name of LINE_FILES) cutBytes += await cutTornLine(join(folder, name));
  const listed = parseIndex(await readFile(join(folder, INDEX_FILE), 'utf8').catch(emptyWhenMissing));
  const index = await loadSessionIndex(folder);
  const kept = new Map<number, number>();
  for (const { segment, offset, bytes } of index.parts) {
    kept.set(segment, Math.max(kept.get(segment) ?? 0, offset + bytes));
  }
  for (const name of await readdir(folder).catch(noneWhenMissing)) {
    const segment = SEGMENT_FILE.exec(name)?.[1];
    if (segment !== undefined) cutBytes += await cutFile(folder, Number(segment), kept.get(Number(segment)) ?? 0);
    // A rewritten index that was not finished.
    if (name.endsWith('.new')) await rm(join(folder, name), { force: true });
  }
  return {
    index,
    nextFrame: endFrameOf(listed),
    nextSegment: listed.parts.reduce((next, { segment }) => Math.max(next, segment + 1), 0),
    nextGeneration: [...listed.inits.keys()].reduce((next, generation) => Math.max(next, generation + 1), 0),
    cutBytes,
    ...(written && { writtenMs: written.mtimeMs }),
  };
}

/** How many bytes behind the last line feed there were. */
async function cutTornLine(path: string): Promise<number> {
  const file = await open(path, 'r+').catch(undefinedWhenMissing);
  if (!file) return 0;
  try {
    const { size } = await file.stat();
    const whole = await endOfLines(file, size);
    if (whole < size) await file.truncate(whole);
    return size - whole;
  } finally {
    await file.close();
  }
}

/** Where the last line feed ends; 0: there is none. */
async function endOfLines(file: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.alloc(CHUNK);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - CHUNK);
    const { bytesRead } = await file.read(buffer, 0, end - start, start);
    const at = buffer.subarray(0, bytesRead).lastIndexOf(LINE_FEED);
    if (at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

/** How many bytes behind the last whole part there were; a file without any goes. */
async function cutFile(folder: string, segment: number, bytes: number): Promise<number> {
  const path = join(folder, segmentFile(segment));
  const { size } = await stat(path);
  if (bytes === 0) await rm(path);
  else if (size > bytes) await truncate(path, bytes);
  return size - bytes;
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}

function noneWhenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
