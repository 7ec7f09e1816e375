/** What the bench of latencies measures. */

/** Milliseconds of every try that succeeded, and what went wrong meanwhile. */
export interface LatencyResult {
  readonly what: string;
  readonly times: readonly number[];
  /** Tries after which the program did not show what it should within seconds. */
  readonly never: number;
  readonly missingFrames: number;
}
