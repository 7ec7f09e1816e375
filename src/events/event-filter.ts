/** Filters events by type, by area of types, and by room. */

/** An exact type such as `room.created`, or a whole area such as `room.*`. */
export const EVENT_PATTERN = /^[a-z][a-z-]{0,30}\.(?:\*|[a-z][a-z_-]{0,40})$/;

/** Each list left out: all of them. */
export interface EventFilter {
  /** Types or patterns of them, in the form `EVENT_PATTERN`. */
  readonly types?: readonly string[];
  /** Ids. Events of no room are of none of them. */
  readonly rooms?: readonly string[];
}

/** The area that a pattern asks for as a whole, with the dot at its end; undefined for an exact type. */
export function areaOf(pattern: string): string | undefined {
  return pattern.endsWith('.*') ? pattern.slice(0, -1) : undefined;
}
