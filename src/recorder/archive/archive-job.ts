/** What a job of the queue is told, and what it needs of its surroundings. */
import { z } from 'zod';
import { BadRequestError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { rangesSchema } from '../recordings/frame-range.ts';
import type { Seal } from '../storage/seal.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** What a job carries: ids and frames only, for Redis keeps it in clear text. */
export const archiveJobSchema = z.object({ recording: id, session: id, ranges: rangesSchema });
/** One archive to make. */
export type ArchiveJob = z.infer<typeof archiveJobSchema>;

/** What work on an archive needs of its surroundings. */
export interface ArchiveContext {
  readonly dataDir: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** Encrypts the files of a finished archive; default: they stay as they are. */
  readonly seal?: Seal;
  /** 0–1. */
  readonly onProgress: (progress: number) => void;
}

/** A fault that no other attempt can cure. */
export class PermanentArchiveError extends BadRequestError {
  constructor(message: string) {
    super('archive_impossible', message);
  }
}
