/** What the API needs of recordings as HLS; met structurally, so that nothing below imports the API. */
import type { ArchivedMedia, RecordingFile } from '../recorder/recordings/recording-hls.ts';

/** Rejects with NotFoundError, or AppError 410 once the media are gone. */
export interface RecordingHlsControl {
  /** `index.m3u8`, or what it names; or where the archive has it. */
  get(recordingId: string, file: string): Promise<RecordingFile | ArchivedMedia>;
}
