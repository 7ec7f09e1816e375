/** What the API needs of archives as one file; met structurally, so that nothing below imports the API. */
import type { ArchiveBundle } from '../recorder/archive/archive-bundle.ts';

/** Rejects with NotFoundError, or ConflictError `not_ready`. */
export interface BundleControl {
  find(recordingId: string): Promise<ArchiveBundle>;
}
