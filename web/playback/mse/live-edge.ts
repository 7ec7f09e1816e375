/** How a video element keeps close to the newest of what it was given, without jumping about. */

/** Beyond these many seconds behind it plays this much faster. */
const FASTER = [
  { behindS: 0.5, rate: 1.1 },
  { behindS: 0.25, rate: 1.05 },
] as const;
/** Further behind than this playing faster would take too long. */
const FAR_S = 1.5;
/** What is left to play after a jump. */
const MARGIN_S = 0.1;
/** Standing still for longer than this with something to play means a hole. */
const STUCK_MS = 1500;

/** Where the element stands; seconds of its own time. */
export interface LiveState {
  readonly currentS: number;
  /** The newest piece without a hole that it could play. */
  readonly startS: number;
  readonly endS: number;
  /** Milliseconds for which it has been standing still. */
  readonly stillMs: number;
}

/** What to do about it. */
export interface LiveStep {
  readonly rate: number;
  /** Where to jump to, when a jump is better. */
  readonly seekS: number | undefined;
}

/** The next step; drift alone is never a reason to jump. */
export function liveStep({ currentS, startS, endS, stillMs }: LiveState): LiveStep {
  const behindS = endS - currentS;
  const stuck = stillMs > STUCK_MS && behindS > 2 * MARGIN_S;
  if (behindS > FAR_S || stuck) return { rate: 1, seekS: Math.max(startS, endS - MARGIN_S) };
  return { rate: FASTER.find((step) => behindS > step.behindS)?.rate ?? 1, seekS: undefined };
}
