/** The end of a recording in which nobody was there any more: pure. */
import { closeRanges, type FrameRange, type OpenRange, type RangeEnd } from './frame-range.ts';

/** What is kept behind the last person: it is seen that they left, and what they said last is heard to its end. */
const FAREWELL_SECONDS = 2;

/** Where the program stands, and since when nobody is in it. */
export interface Presence {
  /** The frame that is due. */
  readonly due: number;
  /** The frame at which the last person left; undefined while somebody is there. */
  readonly emptyFrom: number | undefined;
  readonly framerate: number;
}

/**
 * Where a range that runs ends if nobody comes back; undefined when that is not known, and when it began in an empty room: whoever
 * asked for that wants to have it.
 */
export function endOfPresence(from: number, { emptyFrom, framerate }: Omit<Presence, 'due'>): number | undefined {
  if (emptyFrom === undefined || emptyFrom < from) return undefined;
  return emptyFrom + Math.round(FAREWELL_SECONDS * framerate);
}

/** Ends the running range, if there is one, soon after the last person had left; at the frame that is due if that is sooner. */
export function closeBehindPeople(ranges: readonly OpenRange[], presence: Presence, reason?: RangeEnd): FrameRange[] {
  const { due } = presence;
  const open = ranges.find(({ to }) => to === null);
  const end = Math.min(due, (open && endOfPresence(open.from, presence)) ?? due);
  const closed = closeRanges(ranges, end, reason);
  if (end === due) return closed;
  return closed.map((range) => (range.from === open?.from ? { ...range, emptyTo: due } : range));
}
