/** How far this computer's clock is from the server's. */
import { ClockSync } from '../transport/clock-sync.ts';

const ASKS = 5;

/**
 * Milliseconds to add to `nowMs()` for the server's time: of five questions the one with the shortest way counts.
 * `ask` tells the server's time; undefined when it never did.
 */
export async function measureOffset(ask: () => Promise<number>, nowMs: () => number): Promise<number | undefined> {
  const clock = new ClockSync();
  for (let asked = 0; asked < ASKS; asked += 1) {
    const sentMs = nowMs();
    try {
      const serverMs = await ask();
      clock.add({ sentMs, receivedMs: serverMs, repliedMs: serverMs, nowMs: nowMs() });
    } catch {
      // One less to choose from.
    }
  }
  return clock.offsetMs;
}
