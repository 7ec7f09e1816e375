/** Why a session's log cannot be written, as a code and as a sentence: pure. */
import { isDiskFull, messageOf } from '../../errors.ts';
import type { RecordingProblem } from '../recordings/recording-view.ts';

/** What is wrong with the disk. */
export type DiskProblemCode = Exclude<RecordingProblem['code'], 'interrupted'>;

/** What is wrong, in words for the log of the server. */
export interface DiskProblem {
  readonly code: DiskProblemCode;
  readonly reason: string;
}

const SENTENCES: Readonly<Record<DiskProblemCode, string>> = {
  disk_full:
    'The disk of the data folder is full, so nothing is recorded at the moment; free some space, and the recording goes on ' +
    'by itself.',
  disk_slow:
    'The disk of the data folder is too slow, so parts of the recording are lost; take load off the disk, and it goes on by ' +
    'itself.',
  disk_failed:
    'The data folder cannot be written, so nothing is recorded at the moment; look at the log of the server and at the disk. ' +
    'The recording goes on by itself once it can be written.',
};

/** What an error of the file system or the database says about the disk. */
export function diskProblemOf(error: unknown): DiskProblem {
  return { code: isDiskFull(error) ? 'disk_full' : 'disk_failed', reason: messageOf(error) };
}

/** For whoever looks at the recording: one sentence with cause and remedy. */
export function shownProblem(code: DiskProblemCode): RecordingProblem {
  return { code, message: SENTENCES[code] };
}
