/** Ctrl-C and `kill`, once in order and then by force. */

/** Calls `stop` at the first SIGINT or SIGTERM; a second one ends the process at once. Returns its own undo. */
export function onInterrupt(stop: (signal: NodeJS.Signals) => void): () => void {
  let asked = false;
  const handle = (signal: NodeJS.Signals): void => {
    if (asked) process.exit(130);
    asked = true;
    stop(signal);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}
