/** After a crash: interrupted recordings may be resumed for a while, or are closed where their log ends. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { NOTHING_KEPT } from '../archive/archive-failure.ts';
import { archiveFolder, readManifest } from '../archive/archive-manifest.ts';
import { type AdoptionPlace, readArchiveEnd } from './adoption.ts';
import { rangesOnDisk, readBrokenOff } from './broken-off.ts';
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
export interface RecoveryOptions extends AdoptionPlace {
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
    if (await isArchived(found, options)) continue;
    const folder = join(dataDir, 'sessions', found.session);
    const left = await logOf(folder, found, options);
    if (!left) continue;
    const { repaired, isWhole } = left;
    if (repaired.cutBytes > 0) {
      log.warn('torn ends of a session log were cut off', { session: found.session, bytes: repaired.cutBytes });
    }
    const { framerate } = found;
    const ranges = await rangesOnDisk(found.ranges, { folder, index: repaired.index, framerate });
    const recording = { ...found, ranges };
    const endedAt = new Date(lastWallTime(repaired.index, recording) ?? clock.wallMs());
    const goesOn = isWhole && mayGoOn(recording) && !waiting.has(recording.room);
    const session = goesOn && (await resumable(found, repaired, folder));
    if (session && isRecent(session, clock.wallMs())) {
      await store.change(recording.id, ['recording', 'paused'], { ranges });
      const stopped = (await store.unfinishedOf(found.session)).filter(({ id }) => id !== recording.id);
      waiting.set(recording.room, { recording, session, stopped, endedAt });
      log.warn('a recording was interrupted and waits for somebody to come back', { recording: recording.id });
    } else {
      await closeInterrupted(store, recording, endedAt, 'crash');
      log.warn('a recording was interrupted and is archived as far as it got', {
        recording: recording.id,
        frames: endFrameOf(repaired.index),
      });
    }
  }
  return [...waiting.values()];
}

/** Whether it was stopped and archived since the list was made, as one from a backup was: what is on the disk holds then. */
async function isArchived({ id, startedAt }: Recording, options: RecoveryOptions): Promise<boolean> {
  const { dataDir, log, store } = options;
  const manifest = await readManifest(archiveFolder(dataDir, id));
  if (manifest?.recording !== id) return false;
  const { duration, ranges } = manifest;
  const stoppedAt = (await readArchiveEnd(options, id)) ?? new Date(startedAt.getTime() + duration * 1000);
  await store.change(id, ['recording', 'paused'], { state: 'archiving', progress: 0, ranges, stoppedAt });
  log.warn('a recording that ran, as the list has it, was archived meanwhile', { recording: id });
  return true;
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

/**
 * What the dead server left of a session, whole only when it could be repaired: else nobody goes on with it. Undefined when it cannot even
 * be read, because its disk is away or refuses: then the recording has failed with all of its ranges, and can be tried again.
 */
async function logOf(
  folder: string,
  { id, session }: Recording,
  { clock, log, store }: RecoveryOptions,
): Promise<{ readonly repaired: RepairedSession; readonly isWhole: boolean } | undefined> {
  try {
    await stat(folder);
    return { repaired: await repairSession(folder), isWhole: true };
  } catch (error) {
    log.error('the log of a session cannot be repaired', { session, reason: messageOf(error) });
  }
  try {
    return { repaired: { ...NOT_REPAIRED, index: await readBrokenOff(folder) }, isWhole: false };
  } catch (error) {
    const reason = `The log of its session cannot be read (${messageOf(error)}); mend the disk of the data folder and retry.`;
    log.error('the log of a session cannot be read', { session, recording: id, reason: messageOf(error) });
    const ended = { stoppedAt: new Date(clock.wallMs()), stopReason: 'crash', recovered: true } as const;
    await store.change(id, ['recording', 'paused'], { ...ended, state: 'failed', error: reason });
    return undefined;
  }
}

/** Without numbers to go on with. */
const NOT_REPAIRED = { nextFrame: 0, nextSegment: 0, nextGeneration: 0, cutBytes: 0 };

/** Undefined when too little is known of the session. */
async function resumable(
  { framerate, ranges, room, session }: Recording,
  log: RepairedSession,
  folder: string,
): Promise<ResumableSession | undefined> {
  const info = await readSessionInfo(folder);
  if (info?.id !== session || info.room !== room || info.framerate !== framerate) return undefined;
  const given = ranges.flatMap(({ from, to }) => [from, to ?? from]);
  const firstFrame = given.reduce((first, frame) => Math.max(first, frame), log.nextFrame);
  return { info, log, firstFrame, writtenMs: log.writtenMs };
}

function lastWallTime(index: SessionIndex, recording: Recording): number | undefined {
  const last = index.parts.at(-1);
  return last && last.wallTime + (last.frames * 1000) / recording.framerate;
}
