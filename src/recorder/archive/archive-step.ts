/** The steps an archive is made of: what each is given and what it hands back. */
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import type { ArchiveJob } from './archive-job.ts';
import type { ArchivePlan } from './archive-plan.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import type { SessionIndex } from '../session/session-index.ts';

/** Names of the steps in the order of the archive's files. */
export const ARCHIVE_STEPS = ['film', 'tracks', 'texts', 'pictures', 'vod'] as const;

/** One of the steps. */
export type ArchiveStepName = (typeof ARCHIVE_STEPS)[number];

/** What files of an archive are for. */
export const ARCHIVE_FILE_KINDS = [
  'film',
  'track',
  'timeline',
  'captions',
  'table',
  'poster',
  'sprite',
  'waveform',
  'vod',
  'shared',
] as const;

/** What a file of an archive is for. */
export type ArchiveFileKind = (typeof ARCHIVE_FILE_KINDS)[number];

/** What one attempt at a step works with. */
export interface StepContext {
  readonly job: ArchiveJob;
  readonly sessionFolder: string;
  readonly index: SessionIndex;
  readonly plan: ArchivePlan;
  readonly timeline: RecordingTimeline;
  /** Frames per second of the program. */
  readonly framerate: number;
  /** Belongs to this attempt alone: the step writes its files here, with plain names. */
  readonly folder: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Aborted when the attempt is given up; no process and no open file may stay behind. */
  readonly signal: AbortSignal;
  /** 0–1. */
  readonly onProgress: (share: number) => void;
}

/** A file that a step has written into its folder. */
export interface StepFile {
  /** Plain: no folders. */
  readonly name: string;
  readonly kind: ArchiveFileKind;
  readonly contentType: string;
  /** What a reader is shown instead of the name. */
  readonly title?: string;
}

/** What a step has made; `facts` go into the manifest under the step's name. */
export interface StepResult {
  readonly files: readonly StepFile[];
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Makes the files of one step. Called again after a failure, with an empty folder.
 * @throws PermanentArchiveError or MediaFormatError when no other attempt can cure it; else whatever failed.
 */
export type ArchiveStep = (context: StepContext) => Promise<StepResult>;
