/** Recordings as rows of their table, and back: pure. */
import type { Selectable } from 'kysely';
import { type OpenRange, openRangesSchema } from './frame-range.ts';
import { peopleNames } from './recording-search.ts';
import type { RecordingRow } from './recording-tables.ts';
import type { Recording, RecordingState, StopReason } from './recording-view.ts';

/** What may change; a key that is given as undefined is cleared. */
export interface RecordingChange {
  readonly state?: RecordingState;
  readonly stoppedAt?: Date;
  readonly ranges?: readonly OpenRange[];
  readonly progress?: number | undefined;
  readonly error?: string | undefined;
  readonly stopReason?: StopReason;
  readonly recovered?: true;
  readonly film?: NonNullable<Recording['film']>;
  /** Names of who took part. */
  readonly people?: readonly string[];
}

/** The recording that a row stands for. */
export function recordingOf(row: Selectable<RecordingRow>): Recording {
  const { id, room, title, session, state, framerate, duration, size, sha256 } = row;
  return {
    id,
    room,
    title,
    session,
    state,
    framerate,
    startedAt: new Date(row.started_at),
    ranges: openRangesSchema.parse(JSON.parse(row.ranges)),
    ...(row.stopped_at === null ? {} : { stoppedAt: new Date(row.stopped_at) }),
    ...(row.progress === null ? {} : { progress: row.progress }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.stop_reason === null ? {} : { stopReason: row.stop_reason }),
    ...(row.recovered === null ? {} : { recovered: true as const }),
    ...(row.stored === null ? {} : { stored: row.stored }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.trashed_at === null ? {} : { trashedAt: new Date(row.trashed_at) }),
    ...(row.people === null ? {} : { people: peopleNames(JSON.parse(row.people)) }),
    ...(duration === null || size === null || sha256 === null ? {} : { film: { duration, size, sha256 } }),
  };
}

/** The columns that a change sets. */
export function rowChange(change: RecordingChange): Partial<RecordingRow> {
  const { film, people, stoppedAt } = change;
  return {
    ...(change.state === undefined ? {} : { state: change.state }),
    ...(stoppedAt === undefined ? {} : { stopped_at: stoppedAt.toISOString() }),
    ...(change.ranges === undefined ? {} : { ranges: JSON.stringify(change.ranges) }),
    ...('progress' in change ? { progress: change.progress ?? null } : {}),
    ...('error' in change ? { error: change.error ?? null } : {}),
    ...(change.stopReason === undefined ? {} : { stop_reason: change.stopReason }),
    ...(change.recovered === undefined ? {} : { recovered: 1 }),
    ...(people === undefined ? {} : { people: JSON.stringify(people) }),
    ...(film === undefined ? {} : { duration: film.duration, size: film.size, sha256: film.sha256 }),
  };
}
