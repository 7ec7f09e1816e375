/** After a crash: recordings that ran may be gone on with for a while, or are closed where the disk ends. */
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { NOTHING_KEPT } from '../archive/archive-failure.ts';
import { closeRanges } from './frame-range.ts';
import type { Interruption } from './interruptions.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recording, StopReason } from './recording-view.ts';
import { isRecent, type ResumableSession } from '../session/resumable-session.ts';
import { endFrameOf, type SessionIndex } from '../session/session-index.ts';
import { readSessionInfo } from '../session/session-info.ts';
import { type RepairedSession, repairSession } from '../session/session-repair.ts';
import { stopChange } from './stopped-recordings.ts';

/** What recovery works on. */
export interface RecoveryOptions {
  readonly store: RecordingStore;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Closes the ranges of every recording that ran when the server died where the disk ends. Those that may be gone on with
 * are given back, and still run or pause; the others are handed to the archive.
 * @param mayGoOn whether the room of a recording is still there
 */
export async function recoverRecordings(
  options: RecoveryOptions,
  mayGoOn: (recording: Recording) => boolean,
): Promise<Interruption[]> {
  const { clock, dataDir, log, store } = options;
  const waiting = new Map<string, Interruption>();
  // The newest first: should there be two of one room, it is the one that people remember.
  for (const found of (await store.inStates(['recording', 'paused'])).reverse()) {
    const folder = join(dataDir, 'sessions', found.session);
    const repaired = await repairSession(folder).catch((error: unknown) => {
      log.error('the log of a session cannot be read', { session: found.session, reason: messageOf(error) });
      return EMPTY;
    });
    if (repaired.cutBytes > 0) {
      log.warn('torn ends of a session log were cut off', { session: found.session, bytes: repaired.cutBytes });
    }
    const end = endFrameOf(repaired.index);
    const ranges = closeRanges(found.ranges, end, 'interruption').filter((range) => range.from < end);
    const recording = { ...found, ranges };
    const endedAt = new Date(lastWallTime(repaired.index, recording) ?? clock.wallMs());
    const session = mayGoOn(recording) && !waiting.has(recording.room) && (await resumable(found, repaired, folder));
    if (session && isRecent(session, clock.wallMs())) {
      await store.change(recording.id, ['recording', 'paused'], { ranges });
      const stopped = (await store.unfinishedOf(found.session)).filter(({ id }) => id !== recording.id);
      waiting.set(recording.room, { recording, session, stopped, endedAt });
      log.warn('a recording was interrupted and waits for somebody to come back', { recording: recording.id });
    } else {
      await closeInterrupted(store, recording, endedAt, 'crash');
      log.warn('a recording was interrupted and is archived as far as it got', {
        recording: recording.id,
        frames: end,
      });
    }
  }
  return [...waiting.values()];
}

/** Nobody comes back to it: what was kept is handed to the archive. */
export async function closeInterrupted(
  store: RecordingStore,
  { id, ranges }: Recording,
  endedAt: Date,
  stopReason: StopReason,
): Promise<void> {
  const change = stopChange(closeRanges(ranges, 0), NOTHING_KEPT);
  await store.change(id, ['recording', 'paused'], { ...change, stoppedAt: endedAt, stopReason, recovered: true });
}

const EMPTY: RepairedSession = {
  index: { inits: new Map(), parts: [] },
  nextFrame: 0,
  nextSegment: 0,
  nextGeneration: 0,
  cutBytes: 0,
};

/** Undefined when too little is known of the session. */
async function resumable(
  { framerate, ranges, room, session }: Recording,
  log: RepairedSession,
  folder: string,
): Promise<ResumableSession | undefined> {
  const info = await readSessionInfo(folder);
  if (info?.id !== session || info.room !== room || info.framerate !== framerate) return undefined;
  const given = ranges.flatMap(({ from, to }) => [from, to ?? from]);
  return { info, log, firstFrame: given.reduce((first, frame) => Math.max(first, frame), log.nextFrame) };
}

function lastWallTime(index: SessionIndex, recording: Recording): number | undefined {
  const last = index.parts.at(-1);
  return last && last.wallTime + (last.frames * 1000) / recording.framerate;
}
