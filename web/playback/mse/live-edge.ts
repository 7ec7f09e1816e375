/** How a video element keeps close to the newest of what it was given, without jumping about. */

/** Beyond these many seconds behind it plays this much faster. */
const FASTER = [
  { behindS: 0.8, rate: 1.2 },
  { behindS: 0.5, rate: 1.1 },
  { behindS: 0.25, rate: 1.05 },
] as const;
/** With less than this in stock, seconds, it plays slower: a word that is drawn out is better than one with a hole. */
const THIN_S = 0.05;
const SLOWER = 0.95;
/** Beyond the end by this much, seconds, it plays sound alone: pictures are missing, and there is nothing to wait for. */
const GONE_S = 0.2;
/** A pace is kept until the reason for it is gone by this much, seconds: each change can be heard. */
const SLACK_S = 0.06;
/** Further behind than this playing faster would take too long. */
const FAR_S = 1.5;
/** The same while nothing was shown yet, and nobody notices a jump. */
const FAR_AT_FIRST_S = 0.4;
/** What is left to play after a jump. */
const MARGIN_S = 0.15;
/** Nothing less is worth a jump. */
const LEAST_S = 0.05;
/** Standing still for longer than this with something to play means that the browser has lost its way. */
const STUCK_MS = 1500;
/** Standing still for longer than this before a hole means that it will not be filled. */
const HOLE_MS = 200;

/** Where the element stands; seconds of its own time. */
export interface LiveState {
  readonly currentS: number;
  /** The newest piece without a hole that it could play. */
  readonly startS: number;
  readonly endS: number;
  /** Milliseconds for which it has been standing still. */
  readonly stillMs: number;
  /** How fast it plays, 1 as it should. */
  readonly rate: number;
  /** Nothing was shown, and no jump was made. */
  readonly fresh: boolean;
}

/** What to do about it. */
export interface LiveStep {
  readonly rate: number;
  /** Where to jump to, when a jump is better. */
  readonly seekS: number | undefined;
}

/** The next step; drift alone is never a reason to jump. */
export function liveStep({ currentS, startS, endS, stillMs, rate, fresh }: LiveState): LiveStep {
  const behindS = endS - currentS;
  const far = behindS > (fresh ? FAR_AT_FIRST_S : FAR_S);
  const stuck = stillMs > STUCK_MS && behindS > 2 * MARGIN_S;
  const hole = stillMs > HOLE_MS && currentS < startS;
  // A jump to where sound or picture is missing would wait for what never comes.
  if ((far || stuck || hole) && endS - startS >= LEAST_S) return { rate: 1, seekS: Math.max(startS, endS - MARGIN_S) };
  return { rate: paceFor(behindS, rate), seekS: undefined };
}

function paceFor(behindS: number, rate: number): number {
  const faster = FASTER.find((step) => behindS > step.behindS - (rate >= step.rate ? SLACK_S : 0));
  if (faster) return faster.rate;
  const thin = behindS < THIN_S + (rate < 1 ? SLACK_S : 0) && behindS > -GONE_S;
  return thin ? SLOWER : 1;
}
