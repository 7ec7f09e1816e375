/** What the playback worklet and whoever decodes tell each other, on a port between the two. */

/** To the worklet: one decoded packet. */
export interface PlaybackInput {
  /** Program time, microseconds. */
  readonly startUs: number;
  readonly channels: readonly Float32Array[];
}

/** From the worklet, about 20 times a second. */
export interface PlaybackReport {
  readonly playing: boolean;
  /** Program time of the next sample, microseconds. */
  readonly playheadUs: number | undefined;
  /** The audio context's time at which that sample goes out, seconds. */
  readonly contextTime: number;
  readonly levelMs: number;
  readonly underruns: number;
  readonly skips: number;
}
