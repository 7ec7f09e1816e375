/** What the API needs to know of archives. */
import type { ArchivedFile } from '../recorder/archive/archive-manifest.ts';
import type { ArchiveJobsView } from '../recorder/archive/archive-views.ts';

/** Archives of recordings. Methods reject with NotFoundError or ConflictError. */
export interface ArchiveControl {
  /** How the jobs stand; empty when nobody knows. */
  jobs(recording: string): Promise<ArchiveJobsView>;
  files(recording: string): Promise<readonly ArchivedFile[]>;
}
