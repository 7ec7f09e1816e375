/** What a recording needs of a running session; the room's pipeline provides it. */
import type { SessionLog } from './session-log.ts';

/** One live period of a room. Program frame n shows the session at `n / framerate` seconds. */
export interface LiveSession {
  readonly id: string;
  readonly roomId: string;
  readonly framerate: number;
  readonly log: SessionLog;
  /** The frame of the program that is due now. */
  currentFrame(): number;
  /** Wall-clock milliseconds of a frame. */
  wallTimeOf(frame: number): number;
}

/** Finds the session that runs in a room. */
export interface LiveSessions {
  find(roomId: string): LiveSession | undefined;
}
