/** Writes the file of one isolated track: packets are gathered and go out in one write. */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import type { OpenFile } from '../session/segment-writer.ts';
import { SyncSchedule } from '../session/sync-schedule.ts';
import type { TrackExtent } from './track-index.ts';

/** Options of a track's file. */
export interface TrackFileOptions {
  readonly path: string;
  /** Bytes that are there already; what lies behind them is written over. */
  readonly bytes: number;
  /** Longest time that written records stay in the page cache only; 0: each write is synced. */
  readonly fsyncMs: number;
  readonly clock: Clock;
  /** What was gathered could not be written and is given up, so many packets: all that follows needs a new beginning. */
  readonly onLost: (packets: number, reason: string) => void;
  readonly openFile?: OpenFile;
}

/** Longest time that records are gathered, milliseconds, and how many bytes of them. */
const GATHER_MS = 100;
const GATHER_BYTES = 64 * 1024;
/** Buffers of one write: the least that POSIX systems take together is 16, all that are in use take 1024. */
const MAX_BUFFERS = 1000;

interface Batch {
  readonly buffers: Uint8Array[];
  bytes: number;
  extent: TrackExtent | undefined;
}

/** Written by one owner, who closes it. A write that fails leaves all that was written before readable. */
export class TrackFile {
  readonly #options: TrackFileOptions;
  readonly #file: FileHandle;
  readonly #sync: SyncSchedule;
  #bytes: number;
  #written: TrackExtent | undefined;
  #batch: Batch = newBatch();
  #cancelFlush: Disposer | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle, options: TrackFileOptions) {
    this.#file = file;
    this.#options = options;
    this.#bytes = options.bytes;
    this.#sync = new SyncSchedule(options.clock, options.fsyncMs, () => {
      this.#writing = this.#writing.then(() => this.#datasync());
    });
  }

  /** Makes the file, or opens it when there is something in it. Rejects with the error of the file system when it cannot. */
  static async open(options: TrackFileOptions): Promise<TrackFile> {
    const { path, bytes, openFile = open } = options;
    await mkdir(dirname(path), { recursive: true });
    return new TrackFile(await openFile(path, bytes > 0 ? 'r+' : 'w'), options);
  }

  /** Length of the file, as far as it is whole. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What was written since it was opened; undefined when no packet was. */
  get written(): TrackExtent | undefined {
    return this.#written;
  }

  /** Adds a record that is no packet. */
  add(record: readonly Uint8Array[]): void {
    for (const buffer of record) {
      this.#batch.buffers.push(buffer);
      this.#batch.bytes += buffer.byteLength;
    }
    this.#cancelFlush ??= this.#options.clock.after(GATHER_MS, () => void this.flush());
  }

  /** Adds a packet's record. Whoever adds more waits for what is returned first: it is when enough has gathered to be written. */
  addPacket(record: readonly Uint8Array[], extent: TrackExtent): Promise<void> | undefined {
    this.add(record);
    this.#batch.extent = joined(this.#batch.extent, extent);
    const full = this.#batch.bytes >= GATHER_BYTES || this.#batch.buffers.length >= MAX_BUFFERS;
    return full ? this.flush() : undefined;
  }

  /** Writes what has gathered. Never rejects. */
  flush(): Promise<void> {
    this.#cancelFlush?.();
    this.#cancelFlush = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes what has gathered, syncs and closes. Never rejects. */
  async close(): Promise<void> {
    await this.flush();
    this.#cancelFlush?.();
    this.#sync.close();
    await this.#writing;
    await this.#datasync();
    await this.#file.close().catch(() => {});
  }

  async #write(): Promise<void> {
    const batch = this.#batch;
    if (batch.bytes === 0) return;
    this.#batch = newBatch();
    try {
      await this.#writeAll(batch);
      this.#bytes += batch.bytes;
      this.#written = batch.extent ? joined(this.#written, batch.extent) : this.#written;
    } catch (error) {
      // What has gathered meanwhile continues what is not there.
      const packets = (batch.extent?.packets ?? 0) + (this.#batch.extent?.packets ?? 0);
      this.#batch = newBatch();
      this.#options.onLost(packets, messageOf(error));
      // What is half there only takes space, which may be what is missing.
      await this.#file.truncate(this.#bytes).catch(() => {});
      return;
    }
    if (this.#sync.written()) await this.#datasync();
  }

  async #writeAll({ buffers, bytes }: Batch): Promise<void> {
    let { bytesWritten: done } = await this.#file.writev(buffers, this.#bytes);
    if (done === bytes) return;
    // A disk that is nearly full takes a part, and says why only when it takes nothing.
    const rest = Buffer.concat(buffers);
    while (done < bytes) {
      const { bytesWritten } = await this.#file.write(rest, done, bytes - done, this.#bytes + done);
      done += bytesWritten;
    }
  }

  async #datasync(): Promise<void> {
    // Nothing more can be done: what is written is still read from the cache.
    await this.#file.datasync().catch(() => {});
  }
}

function newBatch(): Batch {
  return { buffers: [], bytes: 0, extent: undefined };
}

/** The extent of both, the second of which comes after the first. */
export function joined(first: TrackExtent | undefined, second: TrackExtent): TrackExtent {
  if (!first) return second;
  const toMs = Math.max(first.toMs, second.toMs);
  return { ...second, ...first, toMs, packets: first.packets + second.packets };
}
