/** Delivery directives, by which a player says which playlist it wants (rfc8216bis section 6.2.5): pure. */
import type { StreamTimes } from './profile.ts';

/** What a playlist may leave out: nothing; older segments; older segments and date ranges. */
export type Skip = 'none' | 'segments' | 'ranges';

/** The directives of one request. */
export interface Directives {
  /** Wait until the playlist has this segment, or this part of it. */
  readonly segment?: number;
  readonly part?: number;
  readonly skip: Skip;
}

/** Where a playlist ends: the segment that is being made, and how many parts of it there are. */
export interface Edge {
  readonly segment: number;
  readonly parts: number;
}

const WHOLE = /^\d{1,9}$/;
const SKIPS: ReadonlyMap<string | null, Skip> = new Map([
  ['YES', 'segments'],
  ['v2', 'ranges'],
]);
/** Segments beyond the last whole one that may be asked for. */
const ADVANCE_SEGMENTS = 2;

/** Undefined for what section 6.2.5.2 wants refused: a part without its segment, and what is no whole number. */
export function readDirectives(query: URLSearchParams): Directives | undefined {
  const segment = query.get('_HLS_msn');
  const part = query.get('_HLS_part');
  if (part !== null && segment === null) return undefined;
  if ([segment, part].some((text) => text !== null && !WHOLE.test(text))) return undefined;
  return {
    ...(segment !== null && { segment: Number(segment) }),
    ...(part !== null && { part: Number(part) }),
    skip: SKIPS.get(query.get('_HLS_skip')) ?? 'none',
  };
}

/**
 * Whether the playlist has what is asked for.
 * @param partsOf parts of a segment that is finished; of one that nobody remembers, any number
 */
export function isThere({ segment, part }: Directives, edge: Edge, partsOf: (segment: number) => number): boolean {
  if (segment === undefined) return true;
  if (segment > edge.segment) return false;
  if (segment === edge.segment) return part !== undefined && part < edge.parts;
  // A part that its segment never had means the beginning of the next one.
  if (part === undefined || part < partsOf(segment)) return true;
  return segment + 1 < edge.segment || edge.parts > 0;
}

/** Whether so far ahead is asked for that it is no player's need. */
export function isTooFar({ segment, part }: Directives, edge: Edge, times: StreamTimes): boolean {
  if (segment === undefined) return false;
  // The segment that is being made is the first beyond the last whole one.
  if (segment > edge.segment - 1 + ADVANCE_SEGMENTS) return true;
  if (part === undefined || segment < edge.segment) return false;
  const newest = edge.parts - 1;
  const partsPerSegment = Math.ceil(times.segmentFrames / times.partFrames);
  const ahead = segment === edge.segment ? part - newest : Math.max(0, partsPerSegment - 1 - newest) + part + 1;
  return ahead > times.advanceParts;
}
