/** Recordings as they are stored and shown: pure. */
import { z } from 'zod';
import { BadRequestError } from '../../errors.ts';
import { closeRanges, type OpenRange, totalFrames } from './frame-range.ts';

/** Where a recording stands. */
export type RecordingState = 'recording' | 'paused' | 'archiving' | 'ready' | 'failed';

/** Why a recording ended. */
export type StopReason =
  | 'asked'
  | 'session_ended'
  | 'duration_limit'
  | 'size_limit'
  | 'idle'
  | 'disk_floor'
  /** The server died, and nobody came back in time. */
  | 'crash';

/** Why nothing is kept at the moment, although it records. */
export interface RecordingProblem {
  readonly code: 'disk_full' | 'disk_slow' | 'disk_failed' | 'interrupted';
  /** One sentence with cause and remedy. */
  readonly message: string;
}

/** One recording as stored. */
export interface Recording {
  readonly id: string;
  readonly room: string;
  /** Of the room, when the recording began, unless it was given another. */
  readonly title: string;
  readonly session: string;
  readonly state: RecordingState;
  readonly startedAt: Date;
  readonly stoppedAt?: Date;
  /** Of program frames; the last one runs on while recording. */
  readonly ranges: readonly OpenRange[];
  readonly framerate: number;
  /** 0–1 while archiving. */
  readonly progress?: number;
  /** One sentence with cause and remedy; only when failed. */
  readonly error?: string;
  /** Once it has ended. */
  readonly stopReason?: StopReason;
  /** A crash ended it: it holds what was on the disk by then. */
  readonly recovered?: true;
  /** Where its files lie; absent: in the data folder. */
  readonly stored?: 'uploading' | 's3';
  /** Seconds, bytes and hash of the finished MP4; only when ready. */
  readonly film?: { readonly duration: number; readonly size: number; readonly sha256: string };
  /** Names of who took part; only when ready. */
  readonly people?: readonly string[];
  /** Id of the account that had made the room; shown to nobody. */
  readonly owner?: string;
  /** Since when it is in the trash. */
  readonly trashedAt?: Date;
}

/** One recording as shown. */
export interface RecordingView {
  readonly id: string;
  readonly room: string;
  readonly title: string;
  readonly state: RecordingState;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly stoppedAt?: string;
  /** Seconds of program kept so far. */
  readonly duration: number;
  /** 0–1 while archiving. */
  readonly progress?: number;
  /** Why it failed, with the remedy. */
  readonly error?: string;
  readonly problem?: RecordingProblem;
  readonly stopReason?: StopReason;
  readonly recovered?: true;
  /** Where its files lie, once ready: all of them in the store, on their way there, or in the data folder alone. */
  readonly stored?: 'local' | 's3' | 'uploading';
  /** Bytes of the MP4 once ready. */
  readonly size?: number;
  readonly sha256?: string;
  /** Names of who took part, once ready. */
  readonly people?: readonly string[];
}

/** One recording in the trash as shown. */
export interface TrashView extends RecordingView {
  /** Since when it is there; ISO 8601, UTC. */
  readonly trashedAt: string;
}

/**
 * @param currentFrame frame of the session now, for a range that runs on.
 * @param problem why nothing is kept at the moment.
 */
export function viewOf(recording: Recording, currentFrame?: number, problem?: RecordingProblem): RecordingView {
  const { film, state } = recording;
  const open = recording.ranges.at(-1);
  const frames = totalFrames(closeRanges(recording.ranges, currentFrame ?? open?.from ?? 0));
  return {
    id: recording.id,
    room: recording.room,
    title: recording.title,
    state,
    startedAt: recording.startedAt.toISOString(),
    duration: film ? film.duration : Math.round((frames / recording.framerate) * 1000) / 1000,
    ...(recording.stoppedAt ? { stoppedAt: recording.stoppedAt.toISOString() } : {}),
    ...(state === 'archiving' ? { progress: recording.progress ?? 0 } : {}),
    ...(state === 'failed' && recording.error !== undefined ? { error: recording.error } : {}),
    ...(problem ? { problem } : {}),
    ...(recording.stopReason === undefined ? {} : { stopReason: recording.stopReason }),
    ...(recording.recovered ? { recovered: true as const } : {}),
    ...(state === 'ready' ? { stored: recording.stored ?? 'local' } : {}),
    ...(film ? { size: film.size, sha256: film.sha256 } : {}),
    ...(recording.people ? { people: recording.people } : {}),
  };
}

/** Bytes of a title in a name, which holds more than that: file systems take 255 of it. */
const MAX_TITLE_BYTES = 150;

/** Name for whoever downloads a file: title and start, in whatever script, without signs that a system takes for its own. */
export function downloadName(recording: Recording, file: string): string {
  const start = recording.startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
  const extension = file.slice(file.lastIndexOf('.'));
  const stem = file === `recording${extension}` ? '' : `-${file.slice(0, -extension.length)}`;
  return `${plainTitle(recording.title) || recording.room} ${start}Z${stem}${extension}`;
}

function plainTitle(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[/\\:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .replace(/^[.\s]+|\s+$/gu, '');
  let cut = '';
  for (const letter of plain) {
    if (Buffer.byteLength(cut + letter) > MAX_TITLE_BYTES) break;
    cut += letter;
  }
  return cut;
}

/** Where a page of a list ends. */
export interface Cursor {
  readonly startedAt: string;
  readonly id: string;
}

const cursorSchema = z.tuple([z.iso.datetime(), z.string().max(64)]);

/** A cursor as an opaque word. */
export function encodeCursor({ startedAt, id }: Cursor): string {
  return Buffer.from(JSON.stringify([startedAt, id])).toString('base64url');
}

/** @throws BadRequestError `bad_cursor`. */
export function decodeCursor(word: string): Cursor {
  try {
    const [startedAt, id] = cursorSchema.parse(JSON.parse(Buffer.from(word, 'base64url').toString()));
    return { startedAt, id };
  } catch (error) {
    throw new BadRequestError('bad_cursor', 'The cursor does not come from a list; start again without it.', error);
  }
}
