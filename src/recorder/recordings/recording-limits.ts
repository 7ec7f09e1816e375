/** Decides when a recording has to end by itself: pure. */
import type { StopReason } from './recording-view.ts';

/** Ceilings of every recording. */
export interface RecordingLimits {
  /** Seconds that are kept. */
  readonly seconds: number;
  /** Of the session's log that are kept. */
  readonly bytes: number;
  /** Nobody sends anything for so long; 0: that is no reason to stop. */
  readonly idleMs: number;
  /** Percent of the disk that stay free; 0: it may be filled. */
  readonly floorPercent: number;
}

/** A recording as it is now. */
export interface RecordingFacts {
  readonly seconds: number;
  readonly bytes: number;
  readonly idleMs: number;
  /** Undefined while it is not known. */
  readonly freePercent: number | undefined;
  /** False while it is paused: it takes no space then. */
  readonly runs: boolean;
}

/** No ceilings at all. */
export const NO_LIMITS: RecordingLimits = { seconds: Infinity, bytes: Infinity, idleMs: 0, floorPercent: 0 };

/** Those of the configuration. Hours, gigabytes of a thousand million bytes, minutes, percent. */
export function recordingLimits(config: {
  readonly maxHours: number;
  readonly maxGigabytes: number;
  readonly idleMinutes: number;
  readonly diskFloorPercent: number;
}): RecordingLimits {
  return {
    seconds: config.maxHours * 3600,
    bytes: config.maxGigabytes * 1e9,
    idleMs: config.idleMinutes * 60_000,
    floorPercent: config.diskFloorPercent,
  };
}

/** Why the recording has to end now; undefined: it may go on. */
export function limitReached(facts: RecordingFacts, limits: RecordingLimits): StopReason | undefined {
  if (facts.seconds >= limits.seconds) return 'duration_limit';
  if (facts.bytes >= limits.bytes) return 'size_limit';
  if (facts.runs && isUnderFloor(facts.freePercent, limits)) return 'disk_floor';
  if (limits.idleMs > 0 && facts.idleMs >= limits.idleMs) return 'idle';
  return undefined;
}

/** Whether the disk has less space than has to stay free. */
export function isUnderFloor(freePercent: number | undefined, { floorPercent }: RecordingLimits): boolean {
  return floorPercent > 0 && freePercent !== undefined && freePercent < floorPercent;
}
