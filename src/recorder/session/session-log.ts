/** The append-only log of one session: live HLS, DVR and recordings are views of it. */
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Part } from '../../media/part.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { Emitter } from '../../util/emitter.ts';
import { type DiskProblem, diskProblemOf } from './disk-problem.ts';
import { FrameWaiters } from './frame-waiters.ts';
import { SegmentReader } from './segment-reader.ts';
import { type KeptSpan, type LoggedSegment, SegmentTable } from './segment-table.ts';
import { type OpenFile, SegmentWriter } from './segment-writer.ts';
import { endFrameOf, type PartEntry } from './session-index.ts';
import type { SessionInfo } from './session-info.ts';
import type { RepairedSession } from './session-repair.ts';

/** Options of `SessionLog.open`. */
export interface SessionLogOptions {
  /** Folder of all sessions; the log lives in its sub-folder `sessionId`. */
  readonly dir: string;
  readonly sessionId: string;
  /** Longest time that written parts stay in the page cache only; 0: each part is synced. */
  readonly fsyncMs: number;
  /** How many of the newest segments are kept even when nothing holds them. */
  readonly keepSegments: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Written before the first part, so that another process can continue the session. */
  readonly info?: SessionInfo;
  /** What the folder holds from before; the log continues after it. Default: nothing. */
  readonly existing?: RepairedSession;
  /** Bytes of parts that may wait for a slow disk before the rest of a segment is given up; default 32 MiB. */
  readonly maxQueuedBytes?: number;
  /** Deleted parts after which the index is rewritten without them; default 8192. */
  readonly compactParts?: number;
  readonly openFile?: OpenFile;
}

interface Hold {
  readonly from: number;
  readonly to: number;
}

type SessionLogEvents = {
  /** Parts cannot be kept, and why; undefined: they can again. */
  problem: DiskProblem | undefined;
};

interface FrameSpan {
  readonly firstFrame: number;
  readonly endFrame: number;
}

// More than a minute and a half of 2.5 Mbit/s while the disk stands still.
const MAX_QUEUED_BYTES = 32 * 1024 * 1024;
// About a megabyte of index lines.
const COMPACT_PARTS = 8192;

/** Written by one packager. A failing disk costs the rest of a segment, and never throws into the caller. */
export class SessionLog {
  readonly folder: string;
  readonly events = new Emitter<SessionLogEvents>();
  /** Resolves when the log and its files are closed. */
  readonly closed: Promise<void>;
  readonly #markClosed: () => void;
  readonly #options: SessionLogOptions;
  readonly #writer: SegmentWriter;
  readonly #table = new SegmentTable();
  readonly #reader: SegmentReader;
  readonly #waiters: FrameWaiters;
  readonly #holds = new Set<Hold>();
  #queue: Part[] = [];
  /** First frame of the part that is being written. */
  #writingFrame: number | undefined;
  #queuedBytes = 0;
  #running: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** The newest segment that lost a part, and why. */
  #failed: { readonly segment: number; readonly problem: DiskProblem } | undefined;
  /** By segment, the index of its first lost part: the parts after it are left out. */
  readonly #gaps = new Map<number, number>();
  #endFrame = 0;
  #deadParts = 0;
  #lastSync: number;
  #syncDue = false;
  #cancelSync: Disposer | undefined;

  private constructor(folder: string, options: SessionLogOptions) {
    this.folder = folder;
    this.#options = options;
    this.#writer = new SegmentWriter(folder, options.openFile, options.info);
    if (options.existing) {
      this.#table.load(options.existing.index.parts);
      this.#endFrame = endFrameOf(options.existing.index);
    }
    this.#reader = new SegmentReader(folder, this.#table);
    this.#waiters = new FrameWaiters(this.#endFrame);
    this.#lastSync = options.clock.monotonicMs();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.closed = promise;
    this.#markClosed = resolve;
  }

  /** Creates the session's folder. When that fails it is reported like any other problem, and each segment tries again. */
  static async open(options: SessionLogOptions): Promise<SessionLog> {
    const folder = join(options.dir, options.sessionId);
    const log = new SessionLog(folder, options);
    try {
      await log.#writer.prepare();
    } catch (error) {
      log.#failed = { segment: -1, problem: diskProblemOf(error) };
      options.log.error('the session cannot be kept on the disk', { reason: messageOf(error) });
    }
    return log;
  }

  /** First frame after the last part on disk. */
  get endFrame(): number {
    return this.#endFrame;
  }

  /** Why the newest part could not be kept; undefined while all is well. Cleared by the next segment that is kept. */
  get failed(): DiskProblem | undefined {
    return this.#failed?.problem;
  }

  /** The spans of frames on disk that have no hole, oldest first. */
  spans(): KeptSpan[] {
    return this.#table.spans();
  }

  /**
   * The finished segments on disk, oldest first: the same array until `segmentsRevision` changes. Numbers may be missing between
   * them, since segments that nothing holds are deleted.
   */
  get segments(): readonly LoggedSegment[] {
    return this.#table.segments;
  }

  /** Changes whenever `segments` does: a segment was finished or deleted. */
  get segmentsRevision(): number {
    return this.#table.revision;
  }

  /** The parts of all segments with a frame of `fromFrame` … `toFrame - 1`, the unfinished segment's among them. */
  parts(fromFrame: number, toFrame: number): PartEntry[] {
    return this.#table.parts(fromFrame, toFrame);
  }

  /** Queues a part; never waits, never throws. Ignored once the log is closing. */
  append(part: Part): void {
    if (this.#closing) return;
    const limit = this.#options.maxQueuedBytes ?? MAX_QUEUED_BYTES;
    if (this.#queuedBytes + part.data.byteLength > limit) {
      const reason = `the disk is too slow: ${this.#queuedBytes} bytes wait to be written`;
      this.#fail(part, { code: 'disk_slow', reason });
      return;
    }
    this.#queue.push(part);
    this.#queuedBytes += part.data.byteLength;
    this.#wake();
  }

  /** Resolves when the part that holds `frame - 1` was written or given up, or the log is closed. */
  reachedFrame(frame: number): Promise<void> {
    return this.#closing && frame > this.#waiters.reached ? this.#closing : this.#waiters.until(frame);
  }

  /** Whether a part that begins before `frame` is queued or being written: the disk is slow, and will have it. */
  owes(frame: number): boolean {
    const first = this.#writingFrame ?? this.#queue[0]?.firstFrame;
    return first !== undefined && first < frame;
  }

  /** A segment as far as it is on disk; undefined when it is not, or not any more. */
  readSegment(segment: number): Promise<Uint8Array | undefined> {
    return this.#reader.segment(segment);
  }

  /** An init segment; undefined when there is none of this generation. */
  readInit(generation: number): Promise<Uint8Array | undefined> {
    return this.#reader.init(generation);
  }

  /** The init segment and the first part of a segment: as much as its key frame needs. Undefined when it is not there. */
  readStart(segment: number): Promise<Uint8Array | undefined> {
    return this.#reader.start(segment);
  }

  /** Keeps every segment with a frame of `fromFrame` … `toFrame - 1` until disposed. */
  hold(fromFrame: number, toFrame = Number.POSITIVE_INFINITY): Disposer {
    const hold = { from: fromFrame, to: toFrame };
    this.#holds.add(hold);
    return () => this.#holds.delete(hold);
  }

  /** Writes what is queued, syncs and closes the files; repeated calls give the same promise. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    while (this.#running) await this.#running;
    this.#table.finish();
    this.#cancelSync?.();
    await this.#writer.close().catch((error: unknown) => {
      this.#options.log.error('session log could not be closed cleanly', { reason: messageOf(error) });
    });
    this.#waiters.release();
    this.#markClosed();
  }

  #wake(): void {
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
      // A part may have come between the last look at the queue and here.
      if (this.#queue.length > 0 || this.#syncDue) this.#wake();
    });
  }

  async #drain(): Promise<void> {
    for (;;) {
      const part = this.#queue.shift();
      if (part) {
        this.#queuedBytes -= part.data.byteLength;
        this.#writingFrame = part.firstFrame;
        await this.#write(part);
        this.#writingFrame = undefined;
        this.#waiters.reach(part.firstFrame + part.frames);
      } else if (!this.#syncDue) {
        return;
      }
      await this.#syncWhenDue();
    }
  }

  async #write(part: Part): Promise<void> {
    if (part.index >= (this.#gaps.get(part.segment) ?? Number.POSITIVE_INFINITY)) return;
    try {
      const entry = await this.#writer.write(part);
      this.#table.add(entry, part.last);
      this.#endFrame = Math.max(this.#endFrame, entry.firstFrame + entry.frames);
      // A part of the segment that lost one, or of an older one, does not mean that the disk works again.
      if (this.#failed && part.segment > this.#failed.segment) {
        this.#failed = undefined;
        this.#options.log.info('session log writes again', { segment: part.segment });
        this.events.emit('problem', undefined);
      }
    } catch (error) {
      this.#fail(part, diskProblemOf(error));
      await this.#writer.abandonSegment();
    }
    if (part.index > 0) return;
    for (const segment of [...this.#gaps.keys()]) if (segment < part.segment) this.#gaps.delete(segment);
    await this.#prune();
  }

  #fail(part: Part, problem: DiskProblem): void {
    // Without this part the rest of its segment cannot be decoded; the next one starts with a key frame.
    this.#gaps.set(part.segment, Math.min(part.index, this.#gaps.get(part.segment) ?? part.index));
    const before = this.#failed?.problem.code;
    this.#failed = { segment: Math.max(part.segment, this.#failed?.segment ?? 0), problem };
    if (before === problem.code) return;
    this.#options.log.error('session log lost a part', { segment: part.segment, reason: problem.reason });
    this.events.emit('problem', problem);
  }

  async #syncWhenDue(): Promise<void> {
    const { clock, fsyncMs } = this.#options;
    const wait = this.#lastSync + fsyncMs - clock.monotonicMs();
    if (wait > 0) {
      this.#cancelSync ??= clock.after(wait, () => {
        this.#cancelSync = undefined;
        this.#syncDue = true;
        this.#wake();
      });
      if (!this.#syncDue) return;
    }
    this.#cancelSync?.();
    this.#cancelSync = undefined;
    this.#syncDue = false;
    this.#lastSync = clock.monotonicMs();
    await this.#writer.sync().catch((error: unknown) => {
      this.#options.log.error('session log could not be synced to the disk', { reason: messageOf(error) });
    });
  }

  async #prune(): Promise<void> {
    try {
      await this.#removeOld();
    } catch (error) {
      this.#options.log.warn('session log could not delete old segments', { reason: messageOf(error) });
    }
  }

  async #removeOld(): Promise<void> {
    const old = [...this.#table.files()].slice(0, Math.max(0, this.#table.size - this.#options.keepSegments));
    for (const file of old) {
      if (this.#isHeld(file)) continue;
      this.#table.remove(file.segment);
      this.#deadParts += file.parts;
      await this.#writer.remove(file.segment);
    }
    if (this.#deadParts < (this.#options.compactParts ?? COMPACT_PARTS)) return;
    this.#deadParts = 0;
    await this.#writer.compact((segment) => this.#table.has(segment));
  }

  #isHeld(file: FrameSpan): boolean {
    return [...this.#holds].some((hold) => hold.from < file.endFrame && hold.to > file.firstFrame);
  }
}
