/** How long to wait before connecting again. */

const FIRST_MS = 500;
const LONGEST_MS = 8000;

/**
 * Milliseconds before try `attempt` (from 1): doubles from 0.5 s to 8 s, less up to half of it by chance, so that a room
 * cut off together does not come back in one instant. `random` is 0–1.
 */
export function reconnectDelayMs(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(whole * (1 - random / 2));
}
