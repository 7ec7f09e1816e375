/** Marked ranges of a session's program frames. */
import { z } from 'zod';

/** `from` inclusive, `to` exclusive. */
export interface FrameRange {
  readonly from: number;
  readonly to: number;
}

/** A range that may still run. */
export interface OpenRange {
  readonly from: number;
  /** null: it runs on. */
  readonly to: number | null;
}

const frame = z.int().min(0);

/** Ranges as stored. */
export const openRangesSchema: z.ZodType<OpenRange[]> = z.array(z.object({ from: frame, to: frame.nullable() }));

/** Finished ranges as they travel to a worker. */
export const rangesSchema: z.ZodType<FrameRange[]> = z.array(z.object({ from: frame, to: frame }));

/** Ends the running range at `frame`; a range of no frames is no range. */
export function closeRanges(ranges: readonly OpenRange[], end: number): FrameRange[] {
  return ranges.map(({ from, to }) => ({ from, to: to ?? end })).filter(({ from, to }) => to > from);
}

/** Frames in all ranges. */
export function totalFrames(ranges: readonly FrameRange[]): number {
  return ranges.reduce((sum, range) => sum + range.to - range.from, 0);
}
