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

/** Frames in all ranges. */
export function totalFrames(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from, 0);
}
