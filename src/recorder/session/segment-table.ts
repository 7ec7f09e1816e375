/** The log's table of segments and parts on disk, held in memory: pure, and the single source for its writer and its readers. */
import type { PartEntry } from './session-index.ts';

/** A segment on disk; nothing of it changes any more but that it may be deleted. */
export interface LoggedSegment {
  /** Media sequence number. */
  readonly segment: number;
  readonly firstFrame: number;
  /** First frame after what is on disk of it: earlier than the segment's end when the disk lost the rest. */
  readonly endFrame: number;
  /** Generation of its init segment. */
  readonly init: number;
  /** The program breaks off before it. */
  readonly discontinuity: boolean;
  /** Wall-clock milliseconds of its first frame. */
  readonly wallTime: number;
  /** Length of its file. */
  readonly bytes: number;
  /** In order; at least one, and the first begins with a key frame. */
  readonly parts: readonly PartEntry[];
}

interface SegmentRecord {
  readonly parts: PartEntry[];
  /** What came right before it was deleted. */
  cut: boolean;
  /** Set once no part will follow. */
  whole: LoggedSegment | undefined;
}

/** Frames without a hole that deleted segments have left; what was never made, or never reached the disk, is no hole. */
export interface KeptSpan {
  readonly firstFrame: number;
  readonly endFrame: number;
}

/** Written in the order of the parts. */
export class SegmentTable {
  readonly #records = new Map<number, SegmentRecord>();
  #newest: SegmentRecord | undefined;
  #snapshot: readonly LoggedSegment[] | undefined;
  #revision = 0;

  /** Changes whenever `segments` does. */
  get revision(): number {
    return this.#revision;
  }

  /** Segments that are finished and on disk, oldest first; numbers that were deleted or lost are missing between them. */
  get segments(): readonly LoggedSegment[] {
    this.#snapshot ??= [...this.#records.values()].flatMap(({ whole }) => (whole ? [whole] : []));
    return this.#snapshot;
  }

  /** Numbers and sizes of all that have a file, oldest first; the newest may still grow. */
  *files(): IterableIterator<{
    readonly segment: number;
    readonly firstFrame: number;
    readonly endFrame: number;
    readonly parts: number;
  }> {
    for (const [segment, { parts }] of this.#records) {
      yield { segment, firstFrame: firstOf(parts).firstFrame, endFrame: endOf(parts), parts: parts.length };
    }
  }

  /** Bytes of a segment's file that hold whole parts; undefined when there is no such segment. */
  bytesOf(segment: number): number | undefined {
    const record = this.#records.get(segment);
    return record && bytesOf(record.parts);
  }

  /** The part with the segment's key frame; undefined when there is no such segment. */
  firstPart(segment: number): PartEntry | undefined {
    return this.#records.get(segment)?.parts[0];
  }

  /** The parts of all segments with a frame of `from` … `to - 1`, the unfinished segment's among them, in order. */
  parts(from: number, to: number): PartEntry[] {
    return [...this.#records.values()]
      .filter(({ parts }) => firstOf(parts).firstFrame < to && endOf(parts) > from)
      .flatMap(({ parts }) => parts);
  }

  /** What is on disk, the unfinished segment with it, oldest first. */
  spans(): KeptSpan[] {
    const spans: { firstFrame: number; endFrame: number }[] = [];
    for (const { parts, cut } of this.#records.values()) {
      const span = spans.at(-1);
      if (span && !cut) span.endFrame = endOf(parts);
      else spans.push({ firstFrame: firstOf(parts).firstFrame, endFrame: endOf(parts) });
    }
    return spans;
  }

  /** What lies there from before; a number that is missing between two was deleted, or lost. To be called first. */
  load(parts: readonly PartEntry[]): void {
    let before: number | undefined;
    for (const part of parts) {
      this.add(part, false);
      const record = this.#records.get(part.segment);
      if (record && before !== undefined && part.segment > before + 1) record.cut = true;
      before = part.segment;
    }
    this.finish();
  }

  /** A part was written; `last`: it ends its segment. */
  add(entry: PartEntry, last: boolean): void {
    let record = this.#records.get(entry.segment);
    if (!record) {
      this.#finishNewest();
      record = { parts: [], cut: false, whole: undefined };
      this.#records.set(entry.segment, record);
      this.#newest = record;
    }
    record.parts.push(entry);
    if (last) this.#finishNewest();
  }

  /** No part will follow those of the newest segment. */
  finish(): void {
    this.#finishNewest();
  }

  /** A segment is about to be deleted. */
  remove(segment: number): void {
    const record = this.#records.get(segment);
    for (const [number, after] of this.#records) {
      if (number <= segment) continue;
      after.cut = true;
      break;
    }
    this.#records.delete(segment);
    if (record?.whole) this.#changed();
  }

  /** Whether the segment has a file. */
  has(segment: number): boolean {
    return this.#records.has(segment);
  }

  get size(): number {
    return this.#records.size;
  }

  #finishNewest(): void {
    const record = this.#newest;
    if (!record || record.whole) return;
    const { parts } = record;
    const first = firstOf(parts);
    record.whole = {
      segment: first.segment,
      firstFrame: first.firstFrame,
      endFrame: endOf(parts),
      init: first.init,
      discontinuity: first.discontinuity,
      wallTime: first.wallTime,
      bytes: bytesOf(parts),
      parts,
    };
    this.#changed();
  }

  #changed(): void {
    this.#snapshot = undefined;
    this.#revision += 1;
  }
}

function firstOf(parts: readonly PartEntry[]): PartEntry {
  // A record is made for its first part.
  return parts[0] as PartEntry;
}

function endOf(parts: readonly PartEntry[]): number {
  const last = parts.at(-1) as PartEntry;
  return last.firstFrame + last.frames;
}

function bytesOf(parts: readonly PartEntry[]): number {
  const last = parts.at(-1) as PartEntry;
  return last.offset + last.bytes;
}
