/** What is on the disk of a recording whose session was interrupted by a crash. */
import { stat } from 'node:fs/promises';
import { readEmptySince } from '../session/last-presence.ts';
import { endFrameOf, loadSessionIndex, type SessionIndex } from '../session/session-index.ts';
import { closeBehindPeople } from './empty-end.ts';
import type { FrameRange, OpenRange } from './frame-range.ts';

/** A session that broke off. */
export interface BrokenOffSession {
  readonly folder: string;
  readonly index: SessionIndex;
  readonly framerate: number;
}

/**
 * The log of a session as far as it can be read; nothing of it is changed.
 * @throws Error of the file system, also when the folder is not there: a session that was recorded has one, so its disk is away.
 */
export async function readBrokenOff(folder: string): Promise<SessionIndex> {
  await stat(folder);
  return loadSessionIndex(folder);
}

/** The ranges as far as the disk goes; one that still ran ends there, or soon after the last person had left. */
export async function rangesOnDisk(
  ranges: readonly OpenRange[],
  { folder, index, framerate }: BrokenOffSession,
): Promise<FrameRange[]> {
  const end = endFrameOf(index);
  const emptyMs = ranges.some(({ to }) => to === null) ? await readEmptySince(folder) : undefined;
  const emptyFrom = emptyMs === undefined ? undefined : Math.round((emptyMs * framerate) / 1000);
  const closed = closeBehindPeople(ranges, { due: end, emptyFrom, framerate }, 'interruption');
  return closed.filter(({ from }) => from < end);
}
