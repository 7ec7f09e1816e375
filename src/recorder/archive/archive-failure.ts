/** Why an archive failed, for people who have nothing to do with the server's machine: pure. */
import { messageOf } from '../../errors.ts';

/** What is told of a failed archive, or of a step of it. */
export const ARCHIVE_FAILURE_CODES = [
  'nothing_kept',
  'disk_full',
  'disk_failed',
  'worker_lost',
  'archive_failed',
] as const;

/** One of them. */
export type ArchiveFailureCode = (typeof ARCHIVE_FAILURE_CODES)[number];

/** Says nothing of paths, programs or hosts. */
export interface ArchiveFailure {
  readonly code: ArchiveFailureCode;
  /** Cause and remedy, in English. */
  readonly message: string;
}

/** Kept with a recording of which nothing is left. */
export const NOTHING_KEPT = 'The server ended before any of it reached the disk; there is nothing to archive.';
/** Kept with a recording that ended before there was anything of it. */
export const NOTHING_BEGUN = 'It was stopped before its first picture; there is nothing to archive.';
/** A worker says so when it finds nothing of a recording. */
export const NOTHING_FOUND = 'Nothing of this recording is on the disk of its session; it cannot be archived.';
/** Kept with a recording that was made in another data folder. */
export const MADE_ELSEWHERE =
  'A worker finished the archive, but it is not in the data folder; let all workers use the same one and retry.';

const SENTENCES: Readonly<Record<ArchiveFailureCode, string>> = {
  nothing_kept:
    'Nothing of it had reached the disk when it ended, so there is nothing to make a film of; record again.',
  disk_full:
    'The disk of the server was full while its files were made; an admin has to free some space before the next try.',
  disk_failed: 'The server could not read or write its files; an admin has to look at its disk before the next try.',
  worker_lost: 'The work was broken off again and again; an admin finds the reason in the log of the server.',
  archive_failed:
    'What was recorded could not be turned into files; an admin finds the reason in the log of the server.',
};

/**
 * Reasons come as text, for they pass Redis and what FFmpeg says: signs of an operating system are all that is looked for, and
 * whatever is unknown is told in general words.
 */
const SIGNS: readonly (readonly [ArchiveFailureCode, RegExp])[] = [
  ['disk_full', /\b(?:ENOSPC|EDQUOT)\b|No space left on device|Disk quota exceeded/],
  ['disk_failed', /\b(?:EACCES|EPERM|EROFS|EIO|ENOENT|EMFILE|ENFILE)\b/],
  ['disk_failed', /Permission denied|Read-only file system|Input\/output error|No such file or directory/],
  // The words of the queue, when a job was begun again and again and no worker came to its end.
  ['worker_lost', /job stalled more than allowable limit|was ended by SIG|showed no sign of life/],
];

/** @param reason what the job or the database keeps as the reason */
export function archiveFailureOf(reason: string): ArchiveFailure {
  const code = codeOf(reason);
  return { code, message: SENTENCES[code] };
}

/**
 * Whether it was only space that was missing: made again once there is some, nothing of it is damaged, so nothing may be left out for it.
 * @param error what was thrown, by whatever program wrote; or its text, as it comes back from Redis
 */
export function lacksSpace(error: unknown): boolean {
  return codeOf(messageOf(error)) === 'disk_full';
}

function codeOf(reason: string): ArchiveFailureCode {
  if ([NOTHING_KEPT, NOTHING_BEGUN, NOTHING_FOUND].includes(reason)) return 'nothing_kept';
  if (reason === MADE_ELSEWHERE) return 'disk_failed';
  return SIGNS.find(([, sign]) => sign.test(reason))?.[0] ?? 'archive_failed';
}
