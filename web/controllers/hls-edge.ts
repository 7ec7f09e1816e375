/** How far a viewer is from the live edge, and what to do about it. */

/** A picture older than this is too old for somebody who wants live, seconds; nobody further than `NEAR_S` off has one that is newer. */
const LATE_S = 4;
/** Nearer than this to where live is counts as live, seconds. */
export const NEAR_S = 3;
/** A picture as old as this is not live, even where there is no newer one, seconds. */
const STALE_S = 12;
/** As near as this is live itself, seconds. */
const AT_EDGE_S = 1;

/** Of a video element. */
interface Buffering {
  readonly currentTime: number;
  readonly buffered: { readonly length: number; start(index: number): number; end(index: number): number };
}

/** Seconds that lie ready from the picture shown on. */
export function aheadS({ buffered, currentTime }: Buffering): number {
  for (let at = 0; at < buffered.length; at += 1) {
    const endS = buffered.end(at);
    if (buffered.start(at) <= currentTime && currentTime <= endS) return endS - currentTime;
  }
  return 0;
}

/** Where a viewer is. */
export interface EdgeFacts {
  /** From the capture of the picture until it is shown; undefined when not known. */
  readonly latencyS: number | undefined;
  /** From the picture shown to where the live edge is played. */
  readonly distanceS: number;
  /** The viewer went back, paused, or slowed down: being behind is what they want. */
  readonly chosen: boolean;
  readonly paused: boolean;
}

/** How far behind a viewer is told to be: what does not come from the server any more is not live, either. */
export function toldDistanceS({
  latencyS = 0,
  distanceS,
}: Partial<EdgeFacts> & { readonly distanceS: number }): number {
  return latencyS > STALE_S ? Math.max(latencyS, distanceS) : distanceS;
}

/** Whether somebody is late without having asked to be, and could be less late. */
export function isLate({ latencyS, distanceS, chosen, paused }: EdgeFacts): boolean {
  return !paused && !chosen && (latencyS ?? distanceS) > LATE_S && distanceS > NEAR_S;
}

/** Whether the viewer is with the others again and follows the live edge from now on. */
export function caughtUp({ distanceS, paused }: Pick<EdgeFacts, 'distanceS' | 'paused'>): boolean {
  return !paused && distanceS < AT_EDGE_S;
}

/** The speed to play at: nothing can be played faster than it happens. */
export function rateAtEdge(rate: number, distanceS: number): number {
  return rate > 1 && distanceS < AT_EDGE_S ? 1 : rate;
}

/** Faster than it happens by so much that nobody hears it. */
const CATCH_UP_RATE = 1.05;
/** Further behind than this is worth catching up, and nearer than this is where live is; seconds. */
const BEHIND_S = 0.05;
const THERE_S = 0.01;
/** With less than this ahead nobody plays faster, seconds: what comes next may be late. */
const SPARE_S = 0.5;

/**
 * The speed at which to go on, given the one now, for who follows live: a little faster until live is reached, never slower.
 * Who is further back than what counts as live stays there.
 *
 * @param behindS seconds from the picture shown to where live is
 * @param aheadS seconds that are there to be played
 */
export function catchUpRate(behindS: number, aheadS: number, rate: number): number {
  if (aheadS < SPARE_S || behindS > NEAR_S) return 1;
  return behindS > (rate > 1 ? THERE_S : BEHIND_S) ? CATCH_UP_RATE : 1;
}

/** Who has just begun, seconds played, has seen so little that leaving out more than this is less of a nuisance than running after it. */
const BEGINNING_S = 3;
const MUCH_S = 0.5;

/**
 * Whether to leave out what lies before live: loading the beginning took its time, and what has come meanwhile need not be seen.
 *
 * @param behindS seconds from the picture shown to where live is
 * @param aheadS seconds that are there to be played
 * @param playedS seconds since the beginning
 */
export function beganLate(behindS: number, aheadS: number, playedS: number): boolean {
  return playedS < BEGINNING_S && behindS > MUCH_S && behindS <= NEAR_S && aheadS > behindS + MUCH_S;
}

/** What a viewer can choose. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next faster (`step` 1) or slower (-1) speed; the same at either end. */
export function nextSpeed(rate: number, step: 1 | -1): number {
  const nearest = SPEEDS.reduce((best, speed) => (Math.abs(speed - rate) < Math.abs(best - rate) ? speed : best));
  return SPEEDS[SPEEDS.indexOf(nearest) + step] ?? nearest;
}
