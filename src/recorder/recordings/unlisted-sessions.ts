/**
 * Recordings that are in no list and were never archived, by what their session tells: at the start they are listed as what a crash
 * interrupted and nobody came back to, and archived. The database was lost, or came from a backup.
 */
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { planArchive } from '../archive/archive-plan.ts';
import type { SessionEvent } from '../session/session-events.ts';
import { readSessionEvents } from '../session/session-events.ts';
import { type SessionInfo, readSessionInfo } from '../session/session-info.ts';
import type { SessionIndex } from '../session/session-index.ts';
import { listSessions } from '../session/session-listing.ts';
import { repairSession } from '../session/session-repair.ts';
import { WallTimes } from '../session/wall-times.ts';
import { rangesOnDisk } from './broken-off.ts';
import { closeRanges, type FrameRange, type OpenRange, totalFrames } from './frame-range.ts';
import { givenTitle } from './given-titles.ts';
import type { RecordingStore } from './recording-store.ts';
import { stopChange } from './stopped-recordings.ts';

/** Where sessions are, and the list of their recordings. */
export interface UnlistedSessionsPlace {
  readonly store: RecordingStore;
  readonly dataDir: string;
  readonly log: Logger;
}

/** What a session's events tell of one recording. */
interface Told {
  readonly ranges: readonly OpenRange[];
  /** It never stopped in order. */
  readonly brokenOff: boolean;
}

const ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Share of the marked frames. With more missing it is what another recording of the session has left of this one. */
const MOST_MISSING = 0.1;

/** Before sessions are swept. @param mayGoOn whether a session waits for somebody to come back: it is left alone */
export async function adoptSessions(
  place: UnlistedSessionsPlace,
  mayGoOn: (session: string) => boolean,
): Promise<void> {
  const folder = join(place.dataDir, 'sessions');
  const { sessions } = await listSessions(folder);
  for (const session of sessions) {
    if (mayGoOn(session)) continue;
    await adoptSession(place, join(folder, session)).catch((error: unknown) => {
      place.log.warn('a session could not be looked through', { session, reason: messageOf(error) });
    });
  }
}

async function adoptSession({ store, dataDir, log }: UnlistedSessionsPlace, folder: string): Promise<void> {
  const events = await recordingEvents(folder);
  const unlisted: string[] = [];
  for (const id of new Set(events.map(({ recording }) => recording))) {
    if (ID.test(id) && !(await store.find(id)) && !(await store.wasRemoved(id))) unlisted.push(id);
  }
  if (unlisted.length === 0) return;
  const info = await readSessionInfo(folder);
  if (!info) return;
  const { index } = await repairSession(folder);
  for (const id of unlisted) {
    const told = toldOf(id, events, info, index);
    const ranges = await rangesOnDisk(told.ranges, { folder, index, framerate: info.framerate });
    if (!isWhole(ranges, index)) continue;
    const title = (await givenTitle(dataDir, id)) ?? info.title;
    await list(store, id, { ...info, title }, index, { ranges, brokenOff: told.brokenOff });
    log.warn('a recording that was in no list and not archived was found in its session; it is archived', {
      recording: id,
      session: info.id,
    });
  }
}

async function list(
  store: RecordingStore,
  id: string,
  { id: session, room, title, framerate }: SessionInfo,
  index: SessionIndex,
  { ranges, brokenOff }: { readonly ranges: readonly FrameRange[]; readonly brokenOff: boolean },
): Promise<void> {
  const times = new WallTimes(index, framerate);
  const at = (frame: number): Date => new Date(times.of(frame) ?? 0);
  const [startedAt, stoppedAt] = [at(ranges[0]?.from ?? 0), at(ranges.at(-1)?.to ?? 0)];
  await store.adopt({ id, room, title, session, state: 'archiving', startedAt, stoppedAt, ranges, framerate });
  const ended = brokenOff ? ({ stopReason: 'crash', recovered: true } as const) : {};
  await store.change(id, ['archiving'], { ...stopChange(ranges), ...ended });
}

async function recordingEvents(folder: string): Promise<Extract<SessionEvent, { type: 'recording' }>[]> {
  const events: Extract<SessionEvent, { type: 'recording' }>[] = [];
  for await (const event of readSessionEvents(folder)) if (event.type === 'recording') events.push(event);
  return events;
}

/** Its ranges, as they were marked when they were live. */
function toldOf(
  id: string,
  events: readonly Extract<SessionEvent, { type: 'recording' }>[],
  { framerate }: SessionInfo,
  index: SessionIndex,
): Told {
  let ranges: OpenRange[] = [];
  let brokenOff = true;
  for (const { recording, state, ms } of events) {
    if (recording !== id) continue;
    const frame = Math.max(0, Math.round((ms * framerate) / 1000));
    if (state === 'recording') {
      // After a crash it begins again, and what was before ended where the disk did.
      const to = endOf(index, frame);
      ranges = [...closeRanges(ranges, to, 'interruption'), { from: frame, to: null }];
    } else {
      ranges = closeRanges(ranges, frame, state === 'paused' ? 'pause' : undefined);
    }
    brokenOff = state !== 'stopped';
  }
  return { ranges, brokenOff };
}

/** First frame behind what is on the disk and begins before `before`. */
function endOf({ parts }: SessionIndex, before: number): number {
  return parts.reduce(
    (end, { firstFrame, frames }) => (firstFrame < before ? Math.max(end, Math.min(before, firstFrame + frames)) : end),
    0,
  );
}

function isWhole(ranges: readonly FrameRange[], index: SessionIndex): boolean {
  const { pieces, missingFrames } = planArchive(index, ranges);
  return pieces.length > 0 && missingFrames <= MOST_MISSING * totalFrames(ranges);
}
