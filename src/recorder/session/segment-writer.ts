/** The files of one session's log: at most one segment and the index are open. */
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { InitSegment, Part } from '../../media/part.ts';
import {
  formatEntry,
  INDEX_FILE,
  initEntry,
  initFile,
  type PartEntry,
  parseEntry,
  partEntry,
  segmentFile,
} from './session-index.ts';
import { formatSessionInfo, SESSION_FILE, type SessionInfo } from './session-info.ts';

/** Some two milliseconds of parsing. */
const LINES_AT_ONCE = 500;

/** How files are opened; tests hand in disks that fill up. */
export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

/** Writes what it is told, one call at a time; a rejected call leaves all that was written before readable. */
export class SegmentWriter {
  readonly #folder: string;
  readonly #open: OpenFile;
  #index: FileHandle | undefined;
  /** The newest line of the index may be half there. */
  #torn = false;
  #segment: { readonly number: number; readonly file: FileHandle; bytes: number } | undefined;
  readonly #generations = new Set<number>();
  /** Undefined once it is on the disk. */
  #info: SessionInfo | undefined;
  #prepared = false;

  /** @param info to be written before the first part; undefined: it is there, or nobody needs it */
  constructor(folder: string, openFile: OpenFile = open, info?: SessionInfo) {
    this.#folder = folder;
    this.#open = openFile;
    this.#info = info;
  }

  /** Makes the folder with what is known of the session. It need not be called, and may be again when it was rejected. */
  async prepare(): Promise<void> {
    if (this.#prepared) return;
    await mkdir(this.#folder, { recursive: true });
    if (this.#info) await this.#writeInfo(this.#info);
    this.#info = undefined;
    this.#prepared = true;
  }

  /** Appends a part to its segment and then to the index; opens and closes segments as the numbers say. */
  async write(part: Part): Promise<PartEntry> {
    await this.prepare();
    if (!this.#generations.has(part.init.generation)) await this.#writeInit(part.init);
    if (this.#segment?.number !== part.segment) {
      await this.#closeSegment();
      const file = await this.#open(join(this.#folder, segmentFile(part.segment)), 'w');
      this.#segment = { number: part.segment, file, bytes: 0 };
    }
    const segment = this.#segment;
    await writeAll(segment.file, part.data, segment.bytes);
    const entry = partEntry(part, segment.bytes);
    await this.#writeLine(formatEntry(entry));
    segment.bytes += part.data.byteLength;
    if (part.last) await this.#closeSegment();
    return entry;
  }

  /** Makes all that was written so far survive a power cut. */
  async sync(): Promise<void> {
    await this.#segment?.file.datasync();
    await this.#index?.datasync();
  }

  /** Gives the open segment up after a failed write; the next part must start another. */
  async abandonSegment(): Promise<void> {
    const segment = this.#segment;
    this.#segment = undefined;
    if (!segment) return;
    // What was not indexed only takes space, which may be what is missing.
    await segment.file.truncate(segment.bytes).catch(() => {});
    await segment.file.close().catch(() => {});
    if (segment.bytes === 0) await this.remove(segment.number).catch(() => {});
  }

  /** Deletes a segment's file. */
  async remove(segment: number): Promise<void> {
    await rm(join(this.#folder, segmentFile(segment)), { force: true });
  }

  /** Rewrites the index without the parts of segments for which `keep` is false. */
  async compact(keep: (segment: number) => boolean): Promise<void> {
    const path = join(this.#folder, INDEX_FILE);
    try {
      await this.#copyIndex(path, `${path}.new`, keep);
      await rename(`${path}.new`, path);
    } catch (error) {
      await rm(`${path}.new`, { force: true }).catch(() => {});
      throw error;
    }
    const old = this.#index;
    this.#index = undefined;
    this.#torn = false;
    await old?.close();
  }

  /** Syncs and closes what is open. */
  async close(): Promise<void> {
    try {
      await this.#closeSegment();
    } finally {
      const index = this.#index;
      this.#index = undefined;
      await index?.datasync().catch(() => {});
      await index?.close();
    }
  }

  async #writeInfo(info: SessionInfo): Promise<void> {
    const path = join(this.#folder, SESSION_FILE);
    const file = await this.#open(`${path}.new`, 'w');
    try {
      await writeAll(file, Buffer.from(formatSessionInfo(info)), 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
  }

  async #writeInit(init: InitSegment): Promise<void> {
    const file = await this.#open(join(this.#folder, initFile(init.generation)), 'w');
    try {
      await writeAll(file, init.data, 0);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#writeLine(formatEntry(initEntry(init)));
    this.#generations.add(init.generation);
  }

  async #closeSegment(): Promise<void> {
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = undefined;
    try {
      // A closed file is out of reach of later syncs.
      await segment.file.datasync();
    } finally {
      await segment.file.close();
    }
  }

  /** A little at a time: to parse the index of a long session in one go takes half a second, in which nothing else in the server would run. */
  async #copyIndex(from: string, to: string, keep: (segment: number) => boolean): Promise<void> {
    const target = await this.#open(to, 'w');
    try {
      const source = (await this.#open(from, 'r')).createReadStream();
      try {
        await copyLines(source, target, keep);
      } finally {
        // It closes its file, also where the copy ended in the middle.
        source.destroy();
        await finished(source).catch(() => {});
      }
      await target.datasync();
    } finally {
      await target.close();
    }
  }

  async #writeLine(line: string): Promise<void> {
    this.#index ??= await this.#open(join(this.#folder, INDEX_FILE), 'a');
    // After a failed write the next line starts on a fresh one, so that only the torn line is lost.
    const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
    this.#torn = true;
    await writeAll(this.#index, bytes, null);
    this.#torn = false;
  }
}

async function copyLines(source: Readable, target: FileHandle, keep: (segment: number) => boolean): Promise<void> {
  let kept = '';
  let read = 0;
  for await (const line of createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY })) {
    const entry = parseEntry(line);
    if (entry && (entry.type === 'init' || keep(entry.segment))) kept += `${line}\n`;
    read += 1;
    if (read % LINES_AT_ONCE !== 0) continue;
    await writeAll(target, Buffer.from(kept), null);
    kept = '';
  }
  await writeAll(target, Buffer.from(kept), null);
}

async function writeAll(file: FileHandle, data: Uint8Array, position: number | null): Promise<void> {
  let done = 0;
  while (done < data.byteLength) {
    const at = position === null ? null : position + done;
    const { bytesWritten } = await file.write(data, done, data.byteLength - done, at);
    done += bytesWritten;
  }
}
