/** A session that a crashed server left, and the frame at which its program continues: pure. */
import type { SessionInfo } from './session-info.ts';
import type { RepairedSession } from './session-repair.ts';

/** What is needed to go on with a session. */
export interface ResumableSession {
  readonly info: SessionInfo;
  readonly log: RepairedSession;
  /** No frame before it may be made: it was given before, to the log or to a range of a recording. */
  readonly firstFrame: number;
}

/** Milliseconds of a session beyond which nobody comes back to it: it was another meeting, or the clock was wrong. */
const MAX_AWAY_MS = 60 * 60_000;

/**
 * Milliseconds of the session that have passed, by the wall clock; when that was set back, as many as were there already.
 * One frame more than these, so that no rounding gives one twice.
 */
export function elapsedMs({ info, firstFrame }: ResumableSession, wallMs: number): number {
  return Math.max(wallMs - info.originWallMs, ((firstFrame + 1) * 1000) / info.framerate);
}

/** Whether the session broke off so recently that those who come are those who were there. */
export function isRecent(session: ResumableSession, wallMs: number): boolean {
  const { info, firstFrame } = session;
  return elapsedMs(session, wallMs) - (firstFrame * 1000) / info.framerate <= MAX_AWAY_MS;
}
