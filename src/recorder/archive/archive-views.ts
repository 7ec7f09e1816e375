/** What can be told of archives beside what SQL knows: how their jobs stand, and which files they hold. */
import { ConflictError, NotFoundError, UnavailableError } from '../../errors.ts';
import { type ArchivedFile, archiveFolder, readManifest } from './archive-manifest.ts';
import type { ArchiveStepState } from './archive-progress.ts';
import type { ArchiveQueue } from './archive-queue.ts';
import type { RecordingStore } from '../recordings/recording-store.ts';

/** How the jobs of an archive stand; empty when there are none, or Redis does not answer. */
export interface ArchiveJobsView {
  readonly steps?: readonly ArchiveStepState[];
  /** The newest lines that the jobs wrote, in order. */
  readonly log?: readonly string[];
}

/** Options of `ArchiveViews`. */
export interface ArchiveViewsOptions {
  readonly store: Pick<RecordingStore, 'find'>;
  readonly queue: Pick<ArchiveQueue, 'steps' | 'lines'>;
  readonly dataDir: string;
}

/** Asks when asked. */
export class ArchiveViews {
  readonly #options: ArchiveViewsOptions;

  constructor(options: ArchiveViewsOptions) {
    this.#options = options;
  }

  /** Never rejects for want of Redis. */
  async jobs(recording: string): Promise<ArchiveJobsView> {
    const { queue } = this.#options;
    try {
      const [steps, log] = await Promise.all([queue.steps(recording), queue.lines(recording)]);
      return steps.length === 0 ? {} : { steps, log };
    } catch (error) {
      if (error instanceof UnavailableError) return {};
      throw error;
    }
  }

  /** @throws NotFoundError `recording_not_found`; ConflictError `not_ready`. */
  async files(recording: string): Promise<readonly ArchivedFile[]> {
    const found = await this.#options.store.find(recording);
    if (!found) throw new NotFoundError('recording_not_found', `There is no recording "${recording}".`);
    if (found.state !== 'ready') {
      throw new ConflictError('not_ready', `The recording is ${found.state}; its files exist once it is ready.`);
    }
    return (await readManifest(archiveFolder(this.#options.dataDir, recording)))?.files ?? [];
  }
}
