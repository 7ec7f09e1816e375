/** A session that a crashed server left, and the frame at which its program continues: pure. */
import type { SessionInfo } from './session-info.ts';
import type { RepairedSession } from './session-repair.ts';

/** What is needed to go on with a session. */
export interface ResumableSession {
  readonly info: SessionInfo;
  readonly log: RepairedSession;
  /** No frame before it may be made: it was given before, to the log or to a range of a recording. */
  readonly firstFrame: number;
  /** When the disk was written to last, by the wall clock of then; undefined: not known. */
  readonly writtenMs?: number | undefined;
}

/** Milliseconds of a session beyond which nobody comes back to it: it was another meeting, or the clock was wrong. */
const MAX_AWAY_MS = 60 * 60_000;

/**
 * Milliseconds of the session that have passed, by the wall clock; when that was set back, as many as were there already. When it was
 * set ahead while the session ran, whose own time did not follow, what has passed since its last file was written counts.
 * One frame more than these, so that no rounding gives one twice.
 */
export function elapsedMs({ info, firstFrame, writtenMs }: ResumableSession, wallMs: number): number {
  const thereMs = ((firstFrame + 1) * 1000) / info.framerate;
  const byClockMs = Math.max(wallMs - info.originWallMs, thereMs);
  if (byClockMs - thereMs <= MAX_AWAY_MS || writtenMs === undefined) return byClockMs;
  return Math.min(byClockMs, thereMs + Math.max(0, wallMs - writtenMs));
}

/** Whether the session broke off so recently that those who come are those who were there. */
export function isRecent(session: ResumableSession, wallMs: number): boolean {
  const { info, firstFrame } = session;
  return elapsedMs(session, wallMs) - ((firstFrame + 1) * 1000) / info.framerate <= MAX_AWAY_MS;
}
