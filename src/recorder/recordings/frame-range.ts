/** Marked ranges of a session's program frames. */
import { z } from 'zod';

/** Why nothing was kept between a range and the one after it. */
export type RangeEnd = 'pause' | 'interruption';

/** `from` inclusive, `to` exclusive. */
export interface FrameRange {
  readonly from: number;
  readonly to: number;
  /** Absent when the recording was stopped there. */
  readonly endedBy?: RangeEnd | undefined;
  /** It ran on until here, in an empty room: what lies between `to` and this is left out. */
  readonly emptyTo?: number | undefined;
}

/** A range that may still run. */
export interface OpenRange {
  readonly from: number;
  /** null: it runs on. */
  readonly to: number | null;
  readonly endedBy?: RangeEnd | undefined;
  readonly emptyTo?: number | undefined;
}

const frame = z.int().min(0);
const endedBy = z.enum(['pause', 'interruption']).optional();

/** Ranges as stored. */
export const openRangesSchema: z.ZodType<OpenRange[]> = z.array(
  z.object({ from: frame, to: frame.nullable(), endedBy, emptyTo: frame.optional() }),
);

/** Finished ranges as they travel to a worker. */
export const rangesSchema: z.ZodType<FrameRange[]> = z.array(
  z.object({ from: frame, to: frame, endedBy, emptyTo: frame.optional() }),
);

/** Ends the running range at `frame`, with the reason if it is not for good; a range of no frames is no range. */
export function closeRanges(ranges: readonly OpenRange[], end: number, reason?: RangeEnd): FrameRange[] {
  return ranges
    .map((range) => {
      const { from, to } = range;
      if (to === null) return { from, to: end, ...(reason !== undefined && { endedBy: reason }) };
      return { ...range, to };
    })
    .filter(({ from, to }) => to > from);
}

/**
 * The frames of a session that its recordings may hold, oldest first, given the ranges of each: what runs on ends at Infinity. Of a time
 * in which one was interrupted there is nothing but what it held.
 */
export function heldFrames(recordings: readonly (readonly OpenRange[])[]): FrameRange[] {
  const held: { readonly from: number; to: number }[] = [];
  const all = recordings.flatMap((ranges) =>
    ranges.map(({ from, to, endedBy: reason }, index) => {
      const again = reason === 'interruption' ? ranges[index + 1]?.from : undefined;
      return { from, to: again ?? to ?? Number.POSITIVE_INFINITY };
    }),
  );
  for (const range of all.toSorted((a, b) => a.from - b.from)) {
    const last = held.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else held.push(range);
  }
  return held;
}

/** Frames in all ranges. */
export function totalFrames(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from, 0);
}
