/** When a client that breaks a limit is sent away. */

/** Breaches of a limit that are not further apart than this, milliseconds, are one and the same. */
export const ABUSE_PAUSE_MS = 2000;

/** A breach that goes on for this long, milliseconds, is no mishap any more: it ends the connection or the track. */
export const ABUSE_MS = 10_000;
