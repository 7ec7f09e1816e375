/**
 * When a picture that the server gave up is announced anew by itself. Pure, for pages and commands: a machine that has too much
 * to do loses decoders that nothing is wrong with, and minutes later there is time for them.
 */

/** What may pass; what a codec, a host or a limit forbids does not. */
const PASSING: ReadonlySet<string> = new Set(['decode_failed', 'no_keyframe']);
/** What the server may say to an announcement that comes too soon. */
const TOO_SOON = 'rate_limited';
const FIRST_MS = 10_000;
const LONGEST_MS = 60_000;
/** Tries in a row, of which none lasted. */
export const MOST_TRIES = 6;
/**
 * A track that lasted this long was shown, milliseconds: one that gives nothing is given up after five decoders of 5 s each, and
 * the pauses between them.
 */
export const LASTED_MS = 60_000;

/** What comes next. */
export interface SecondTry {
  /** Ends in a row, this one included; from 1. */
  readonly failures: number;
  /** Until the track is announced again. */
  readonly waitMs: number;
}

/**
 * Whether a track of pictures that the server has ended, or would not take again, is announced once more, and when; undefined: never by itself.
 * @param failures ends in a row before this one
 * @param lastedMs how long the server had the track, milliseconds; 0 when it did not take it
 */
export function secondTry(code: string, failures: number, lastedMs: number): SecondTry | undefined {
  const again = failures > 0 && code === TOO_SOON;
  if (!again && !PASSING.has(code)) return undefined;
  const count = lastedMs >= LASTED_MS ? 1 : failures + 1;
  if (count > MOST_TRIES) return undefined;
  return { failures: count, waitMs: Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - 1)) };
}
