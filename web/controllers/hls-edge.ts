/** How far a viewer is from the live edge, and what to do about it. */

/** A picture older than this is too old for somebody who wants live, seconds. */
export const LATE_S = 6;
/** Nearer than this to where live is counts as live, seconds. */
export const NEAR_S = 3;
/** As near as this is live itself, seconds. */
const AT_EDGE_S = 1;

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

/** Whether to jump to live: what is late without having been asked to be, and only where a jump brings something. */
export function shouldJump({ latencyS, distanceS, chosen, paused }: EdgeFacts): boolean {
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

/** What a viewer can choose. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** The next faster (`step` 1) or slower (-1) speed; the same at either end. */
export function nextSpeed(rate: number, step: 1 | -1): number {
  const nearest = SPEEDS.reduce((best, speed) => (Math.abs(speed - rate) < Math.abs(best - rate) ? speed : best));
  return SPEEDS[SPEEDS.indexOf(nearest) + step] ?? nearest;
}
