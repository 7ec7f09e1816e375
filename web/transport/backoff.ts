/** How long to wait before connecting again. */

const FIRST_MS = 500;
/** While the place may still be kept: a line that is back must not be found too late. */
const SOON_MS = 2000;
const LONGEST_MS = 8000;
/** The place is kept for 35 s by default. */
const KEPT_MS = 40_000;

/**
 * Milliseconds before try `attempt` (from 1): doubles from 0.5 s to 2 s, and when the line has been away for `cutMs` of 40 s or
 * more, to 8 s; less up to half of it by chance, so that a room cut off together does not come back in one instant. `random`
 * is 0–1.
 */
export function reconnectDelayMs(attempt: number, random: number, cutMs: number): number {
  const whole = Math.min(cutMs < KEPT_MS ? SOON_MS : LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(whole * (1 - random / 2));
}
