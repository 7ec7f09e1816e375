/** Runs `fn` after so many milliseconds; the function returned takes that back. */
export function later(ms: number, fn: () => void): () => void {
  const timer = setTimeout(fn, ms);
  return () => clearTimeout(timer);
}
