/** Ctrl-C and `kill`, once in order and then by force. */
import { systemClock } from '../util/clock.ts';

/** npm passes a Ctrl-C on that the terminal has sent to everybody already; a person needs longer for their second. */
const ECHO_MS = 1000;

/** Calls `stop` at the first SIGINT or SIGTERM; a later one ends the process at once. Returns its own undo. */
export function onInterrupt(stop: (signal: NodeJS.Signals) => void): () => void {
  let askedMs: number | undefined;
  const handle = (signal: NodeJS.Signals): void => {
    const now = systemClock.monotonicMs();
    if (askedMs === undefined) {
      askedMs = now;
      stop(signal);
    } else if (now - askedMs > ECHO_MS) {
      process.exit(130);
    }
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}
