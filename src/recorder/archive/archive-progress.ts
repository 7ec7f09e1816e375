/** How far an archive is, from its jobs: pure. */
import { ARCHIVE_STEPS, type ArchiveStepName } from './archive-step.ts';

/** Name of the job that gathers what the steps made. */
export const FINISH = 'finish';

/** A job of an archive. */
export type ArchiveJobName = ArchiveStepName | typeof FINISH;

/** All jobs, in the order in which they are begun. */
export const ARCHIVE_JOBS: readonly ArchiveJobName[] = [...ARCHIVE_STEPS, FINISH];

/** Where one job stands. */
export interface ArchiveStepState {
  readonly name: ArchiveJobName;
  readonly state: 'waiting' | 'active' | 'done' | 'failed';
  /** 0–1. */
  readonly progress: number;
  /** Tries begun so far. */
  readonly attempts: number;
  /** Why the newest try failed. */
  readonly error?: string;
}

/** Shares of the whole. The film's sounds and the tracks are what takes time. */
const WEIGHTS: Readonly<Record<ArchiveJobName, number>> = {
  film: 0.5,
  tracks: 0.22,
  texts: 0.04,
  pictures: 0.15,
  vod: 0.06,
  finish: 0.03,
};

/** The id of a job in the queue; that of the last one is the recording's own. */
export function jobId(recording: string, name: ArchiveJobName): string {
  return name === FINISH ? recording : `${recording}.${name}`;
}

/** What a job's id tells; the step is `finish` for the recording's own. Undefined when it is of no archive. */
export function readJobId(id: string): { readonly recording: string; readonly name: ArchiveJobName } | undefined {
  const [recording = '', step = FINISH] = id.split('.', 2);
  const name = ARCHIVE_JOBS.find((known) => known === step);
  return name && recording !== '' ? { recording, name } : undefined;
}

/** 0–1: a step that failed has nothing left to do. */
export function overallProgress(steps: readonly Pick<ArchiveStepState, 'name' | 'state' | 'progress'>[]): number {
  const sum = steps.reduce((done, { name, state, progress }) => {
    const share = state === 'done' || (state === 'failed' && name !== FINISH) ? 1 : progress;
    return done + WEIGHTS[name] * Math.min(1, Math.max(0, share));
  }, 0);
  return Math.min(1, Math.round(sum * 1000) / 1000);
}
