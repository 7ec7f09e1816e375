/** An append-only file of lines. A torn line costs only itself; on a full disk, lines wait in a limited backlog. */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import type { OpenFile } from './segment-writer.ts';
import { SyncSchedule } from './sync-schedule.ts';

/** Options of a file of lines. */
export interface LineFileOptions {
  /** Made with its folder when the first line comes; what is in it stays. */
  readonly path: string;
  /** What the log calls it, for example `session events`. */
  readonly label: string;
  /** Longest time that written lines stay in the page cache only; 0: each is synced. */
  readonly fsyncMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Bytes of lines that may wait for a slow or full disk; further ones are lost. */
  readonly maxWaitingBytes?: number;
  /** Bytes after which the file takes no more lines. */
  readonly maxFileBytes?: number;
  readonly openFile?: OpenFile;
}

/** Some fifty thousand events. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Days of a room in which somebody always speaks, weeks of any other. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** Share of it for what comes again and again and holds for moments: who came and what was written still has room when this is used up. */
const PASSING_SHARE = 0.75;
/** Between two tries on a disk that refuses, milliseconds. */
const RETRY_MS = 1000;

/** Written by one owner, who closes it. */
export class LineFile {
  readonly #options: LineFileOptions;
  readonly #sync: SyncSchedule;
  readonly #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #file: FileHandle | undefined;
  #fileBytes = 0;
  /** The newest line of the file may be half there. */
  #torn = false;
  #failed = false;
  #lost = 0;
  /** Kinds of lines that the log has been told are no longer taken. */
  readonly #full = new Set<'passing' | 'all'>();
  #syncDue = false;
  #running: Promise<void> | undefined;
  #retry: Disposer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: LineFileOptions) {
    this.#options = options;
    this.#sync = new SyncSchedule(options.clock, options.fsyncMs, () => {
      this.#syncDue = true;
      this.#wake();
    });
  }

  /** Lines that were given up so far. */
  get lost(): number {
    return this.#lost;
  }

  /**
   * Queues a line, given with its line feed; never waits, never throws. Ignored once the file is closing.
   * @param options `passing`: it holds for moments, and leaves the last quarter of the file to other lines.
   */
  append(line: string, { passing = false }: { readonly passing?: boolean } = {}): void {
    if (this.#closing) return;
    const { maxWaitingBytes = MAX_WAITING_BYTES, maxFileBytes = MAX_FILE_BYTES } = this.#options;
    const bytes = Buffer.from(line);
    const waiting = this.#waitingBytes + bytes.byteLength;
    const isFull = this.#fileBytes + waiting > (passing ? PASSING_SHARE * maxFileBytes : maxFileBytes);
    if (isFull) this.#tellFull(passing ? 'passing' : 'all');
    if (isFull || waiting > maxWaitingBytes) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes = waiting;
    if (!this.#failed) this.#wake();
  }

  /** Resolves when what was appended is written, or cannot be for now. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Writes what waits if that is possible, syncs and closes; repeated calls give the same promise. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#retry?.();
    await this.settled();
    if (this.#waiting.length > 0) await this.#drain();
    this.#retry?.();
    this.#sync.close();
    this.#lost += this.#waiting.splice(0).length;
    const { label, log } = this.#options;
    await this.#datasync();
    await this.#file?.close().catch(() => {});
    if (this.#lost > 0) log.warn('a file of lines is not complete', { file: label, lost: this.#lost });
  }

  #wake(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      // A line may have come between the last look and here.
      if ((this.#waiting.length > 0 && !this.#failed) || this.#syncDue) this.#wake();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      if (!(await this.#write())) break;
      if (this.#sync.written()) this.#syncDue = true;
    }
    if (!this.#syncDue) return;
    this.#syncDue = false;
    await this.#datasync();
  }

  async #datasync(): Promise<void> {
    const { label, log } = this.#options;
    await this.#file?.datasync().catch((error: unknown) => {
      log.error('a file of lines could not be synced to the disk', { file: label, reason: messageOf(error) });
    });
  }

  /** All that waits, in one go: false when the disk refuses. */
  async #write(): Promise<boolean> {
    try {
      const file = await this.#opened();
      // After a failed write the next line starts on a fresh one, so that only the torn line is lost.
      const bytes = Buffer.concat(this.#torn ? [LINE_FEED, ...this.#waiting] : this.#waiting);
      const extra = bytes.byteLength - this.#waitingBytes;
      let done = 0;
      try {
        while (done < bytes.byteLength) {
          const { bytesWritten } = await file.write(bytes, done, bytes.byteLength - done, null);
          done += bytesWritten;
        }
      } finally {
        this.#fileBytes += done;
        this.#settle(done, extra);
      }
    } catch (error) {
      this.#fail(error);
      return false;
    }
    if (this.#failed) this.#options.log.info('a file of lines is written again', { file: this.#options.label });
    this.#failed = false;
    return true;
  }

  async #opened(): Promise<FileHandle> {
    if (this.#file) return this.#file;
    const { path, openFile = open } = this.#options;
    await mkdir(dirname(path), { recursive: true });
    const file = await openFile(path, 'a');
    try {
      // Whoever wrote it before may have died in the middle of a line.
      this.#fileBytes = (await file.stat()).size;
      this.#torn = this.#fileBytes > 0;
    } catch (error) {
      await file.close().catch(() => {});
      throw error;
    }
    this.#file = file;
    return file;
  }

  /** So many bytes reached the file, the first `extra` of which are no line's: those lines wait no more. */
  #settle(done: number, extra: number): void {
    if (done < extra) return;
    let left = done - extra;
    for (let line = this.#waiting[0]; line && line.byteLength <= left; line = this.#waiting[0]) {
      left -= line.byteLength;
      this.#waitingBytes -= line.byteLength;
      this.#waiting.shift();
    }
    this.#torn = left > 0;
  }

  /** Once: the operator can do something about it while the session goes on, and nothing afterwards. */
  #tellFull(lines: 'passing' | 'all'): void {
    if (this.#full.has(lines)) return;
    this.#full.add(lines);
    const { label, log } = this.#options;
    const message = 'a file of lines has reached its limit and takes no more of them until its session ends';
    log.error(message, { file: label, lines, bytes: this.#fileBytes });
  }

  #fail(error: unknown): void {
    const { clock, label, log } = this.#options;
    if (!this.#failed) {
      log.error('a file of lines cannot be written; it is tried again', { file: label, reason: messageOf(error) });
    }
    this.#failed = true;
    this.#retry?.();
    this.#retry = this.#closing ? undefined : clock.after(RETRY_MS, () => this.#wake());
  }
}

const LINE_FEED = Buffer.from('\n');
