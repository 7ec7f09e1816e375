/** What is on the disk of a recording whose session was interrupted by a crash. */
import { stat } from 'node:fs/promises';
import { endFrameOf, loadSessionIndex, type SessionIndex } from '../session/session-index.ts';
import { closeRanges, type FrameRange, type OpenRange } from './frame-range.ts';

/**
 * The log of a session as far as it can be read; nothing of it is changed.
 * @throws Error of the file system, also when the folder is not there: a session that was recorded has one, so its disk is away.
 */
export async function readBrokenOff(folder: string): Promise<SessionIndex> {
  await stat(folder);
  return loadSessionIndex(folder);
}

/** The ranges as far as the disk goes; one that still ran ends there. */
export function rangesOnDisk(ranges: readonly OpenRange[], index: SessionIndex): FrameRange[] {
  const end = endFrameOf(index);
  return closeRanges(ranges, end, 'interruption').filter(({ from }) => from < end);
}
