/** Reads the file of an isolated track, and skips what is damaged. */
import { type FileHandle, open } from 'node:fs/promises';
import { bodyLength, parseRecord, RECORD_HEAD_BYTES, RECORD_MARK, type TrackRecord } from './track-record.ts';

const CHUNK_BYTES = 256 * 1024;
/** A sender can put many marks into a packet, and each costs a checksum of what it says to be its length. */
const MAX_FALSE_MARKS = 1000;

/** A record, or that something before the next one is missing. */
export type ReadRecord = TrackRecord | { readonly kind: 'damage' };

/**
 * The records of a file in order; the content of packets is shared with nobody. A torn end is no damage, but the end.
 * @throws Error of the file system; a file that is not there has no records.
 */
export async function* readTrackRecords(path: string): AsyncGenerator<ReadRecord, void, undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return;
  try {
    yield* recordsOf(new Window(file));
  } finally {
    await file.close();
  }
}

async function* recordsOf(window: Window): AsyncGenerator<ReadRecord, void, undefined> {
  let falseMarks = 0;
  let damaged = false;
  while (await window.has(RECORD_HEAD_BYTES)) {
    const length = bodyLength(window.bytes, window.at);
    const whole = length !== undefined && (await window.has(RECORD_HEAD_BYTES + length));
    const record = whole ? parseRecord(window.bytes, window.at, length) : undefined;
    if (record) {
      if (damaged) yield { kind: 'damage' };
      damaged = false;
      window.at += RECORD_HEAD_BYTES + (length ?? 0);
      yield record;
      continue;
    }
    damaged = true;
    if (length !== undefined) falseMarks += 1;
    if (falseMarks > MAX_FALSE_MARKS || !(await window.skipToMark())) return;
  }
}

/** A part of the file in memory: what begins at `at`. */
class Window {
  readonly #file: FileHandle;
  /** Never written to once it was read: records share it. */
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  /** Where in the file `bytes` ends. */
  #position = 0;
  #ended = false;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Whether so many bytes follow; they are there then. */
  async has(count: number): Promise<boolean> {
    while (this.bytes.byteLength - this.at < count && !this.#ended) await this.#read(count);
    return this.bytes.byteLength - this.at >= count;
  }

  /** To the next mark behind the place where a record ought to begin; false when there is none. */
  async skipToMark(): Promise<boolean> {
    this.at += 1;
    while (await this.has(RECORD_MARK.byteLength)) {
      const found = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).indexOf(
        RECORD_MARK,
        this.at,
      );
      if (found >= 0) {
        this.at = found;
        return true;
      }
      // The beginning of a mark may be at the end.
      this.at = this.bytes.byteLength - RECORD_MARK.byteLength + 1;
    }
    return false;
  }

  async #read(count: number): Promise<void> {
    const rest = this.bytes.subarray(this.at);
    const wanted = Math.max(CHUNK_BYTES, count - rest.byteLength);
    const next = new Uint8Array(rest.byteLength + wanted);
    next.set(rest);
    const { bytesRead } = await this.#file.read(next, rest.byteLength, wanted, this.#position);
    this.bytes = next.subarray(0, rest.byteLength + bytesRead);
    this.at = 0;
    this.#position += bytesRead;
    this.#ended = bytesRead === 0;
  }
}
