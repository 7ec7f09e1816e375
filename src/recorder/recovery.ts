/** After a crash: recordings that ran are closed where the disk ends, and what nobody needs is deleted. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { closeRanges } from './frame-range.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Recording } from './recording-view.ts';
import { endFrameOf, loadSessionIndex, type SessionIndex } from './session-index.ts';

/** What recovery works on. */
export interface RecoveryOptions {
  readonly store: RecordingStore;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Hands every recording that ran when the server died to the archive, up to the last part on the disk. */
export async function recoverRecordings(options: RecoveryOptions): Promise<void> {
  const { clock, dataDir, log, store } = options;
  for (const recording of await store.inStates(['recording', 'paused'])) {
    const index = await loadSessionIndex(join(dataDir, 'sessions', recording.session)).catch(() => EMPTY);
    const end = endFrameOf(index);
    const ranges = closeRanges(recording.ranges, end).filter((range) => range.from < end);
    const stoppedAt = new Date(lastWallTime(index, recording) ?? clock.wallMs());
    await store.change(recording.id, ['recording', 'paused'], {
      ranges,
      stoppedAt,
      ...(ranges.length > 0
        ? { state: 'archiving', progress: 0 }
        : {
            state: 'failed',
            error: 'The server ended before any of it reached the disk; there is nothing to archive.',
          }),
    });
    log.warn('a recording was interrupted and is archived as far as it got', { recording: recording.id, frames: end });
  }
}

/** Deletes archives of recordings that were removed while a worker made them, and what killed workers left. */
export async function removeStrayArchives(options: RecoveryOptions): Promise<void> {
  const folder = join(options.dataDir, 'recordings');
  for (const name of await readdir(folder).catch(() => [])) {
    const attempt = /^\.([A-Za-z0-9_-]+)\.[0-9a-f]+$/.exec(name);
    const recording = await options.store.find(attempt?.[1] ?? name);
    // A worker on another machine may be at it.
    const wanted = recording && (!attempt || recording.state === 'archiving');
    if (!wanted) await rm(join(folder, name), { recursive: true, force: true });
  }
}

const EMPTY: SessionIndex = { inits: new Map(), parts: [] };

function lastWallTime(index: SessionIndex, recording: Recording): number | undefined {
  const last = index.parts.at(-1);
  return last && last.wallTime + (last.frames * 1000) / recording.framerate;
}
