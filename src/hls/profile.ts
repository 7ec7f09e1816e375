/** The durations that a stream announces to players. They never change during a session: Apple's players stop when one does. */

/** How near viewers come to the live edge, and how many requests it costs: parts of a second, a half, a third of a second. */
export type HlsProfile = 'safe' | 'standard' | 'fast';

/** All in seconds, but for the counts of frames and parts. */
export interface StreamTimes {
  /** Frames of a segment, which is one group of pictures. */
  readonly segmentFrames: number;
  /** Frames of a part, at most. */
  readonly partFrames: number;
  readonly targetDuration: number;
  readonly partTarget: number;
  readonly holdBack: number;
  readonly partHoldBack: number;
  readonly canSkipUntil: number;
  /** How many parts beyond the newest a player may ask for (rfc8216bis section 6.2.5.2). */
  readonly advanceParts: number;
}

const PARTS_PER_SECOND: Readonly<Record<HlsProfile, number>> = { safe: 1, standard: 2, fast: 3 };
// Apple demands three parts, the draft two; segments: three, and six for what a delta update leaves out.
const HOLD_BACK_PARTS = 3;
const HOLD_BACK_SEGMENTS = 3;
const SKIP_SEGMENTS = 6;
const ADVANCE_SECONDS = 3;

/** The times of a profile for a program of `framerate` whole frames a second. */
export function streamTimes(profile: HlsProfile, framerate: number, segmentSeconds: number): StreamTimes {
  const segmentFrames = framerate * segmentSeconds;
  const partFrames = Math.ceil(segmentFrames / (segmentSeconds * PARTS_PER_SECOND[profile]));
  return timesOf(segmentFrames, partFrames, segmentSeconds, partFrames / framerate);
}

/** The same with parts of up to so many seconds: sound does not end where pictures do. */
export function withLongerParts(times: StreamTimes, seconds: number): StreamTimes {
  const { segmentFrames, partFrames, targetDuration, partTarget } = times;
  return timesOf(segmentFrames, partFrames, targetDuration, Math.max(partTarget, seconds));
}

function timesOf(segmentFrames: number, partFrames: number, targetDuration: number, part: number): StreamTimes {
  // No part may be longer than the target, so it is rounded up.
  const partTarget = Math.ceil(part * 1000 - 1e-6) / 1000;
  return {
    segmentFrames,
    partFrames,
    targetDuration,
    partTarget,
    holdBack: HOLD_BACK_SEGMENTS * targetDuration,
    partHoldBack: Math.round(HOLD_BACK_PARTS * partTarget * 1000) / 1000,
    canSkipUntil: SKIP_SEGMENTS * targetDuration,
    advanceParts: partTarget < 1 ? Math.ceil(ADVANCE_SECONDS / partTarget) : ADVANCE_SECONDS,
  };
}
