/** Reads what a session's log has on the disk. */
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SegmentTable } from './segment-table.ts';
import { initFile, type PartEntry, segmentFile } from './session-index.ts';

/** For one session; knows nothing of parts that are still to be written. */
export class SegmentReader {
  readonly #folder: string;
  readonly #table: SegmentTable;

  constructor(folder: string, table: SegmentTable) {
    this.#folder = folder;
    this.#table = table;
  }

  /** A segment as far as it is on disk; undefined when it is not, or not any more. */
  async segment(segment: number): Promise<Uint8Array | undefined> {
    const bytes = this.#table.bytesOf(segment);
    if (bytes === undefined) return undefined;
    const data = await readFile(join(this.#folder, segmentFile(segment))).catch(undefinedWhenMissing);
    // After the last indexed byte there may be a part that is being written, or the rest of one that failed.
    return data?.subarray(0, bytes);
  }

  /** An init segment; undefined when there is none of this generation. */
  init(generation: number): Promise<Uint8Array | undefined> {
    return readFile(join(this.#folder, initFile(generation))).catch(undefinedWhenMissing);
  }

  /** The init segment and the first part of a segment; undefined when they are not there. */
  async start(segment: number): Promise<Uint8Array | undefined> {
    const first = this.#table.firstPart(segment);
    const init = first && (await this.init(first.init));
    const part = init && (await readPart(join(this.#folder, segmentFile(segment)), first));
    return part && Buffer.concat([init, part]);
  }
}

async function readPart(path: string, { offset, bytes }: PartEntry): Promise<Uint8Array | undefined> {
  const file = await open(path).catch(undefinedWhenMissing);
  try {
    const buffer = new Uint8Array(bytes);
    const read = await file?.read(buffer, 0, bytes, offset);
    return read?.bytesRead === bytes ? buffer : undefined;
  } finally {
    await file?.close();
  }
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
