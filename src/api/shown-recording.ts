/** Recordings as whoever asks may see them: why an archive failed is told to all of them, in which words depends on who asks. */
import { type ArchiveFailure, archiveFailureOf } from '../recorder/archive/archive-failure.ts';
import type { ArchiveStepState } from '../recorder/archive/archive-progress.ts';
import type { Grant } from './grant.ts';
import type { RecordingView } from './ports.ts';

/** `error` is there for admins alone: what FFmpeg and the system said may hold paths and names of the server's machine. */
export type Shown<T extends { readonly error?: string }> = T & { readonly failure?: ArchiveFailure };

/** A recording. */
export function shownRecording(grant: Grant | undefined, recording: RecordingView): Shown<RecordingView> {
  return shown(grant, recording);
}

/** The steps of its archive. */
export function shownSteps(
  grant: Grant | undefined,
  steps: readonly ArchiveStepState[],
): readonly Shown<ArchiveStepState>[] {
  return steps.map((step) => shown(grant, step));
}

function shown<T extends { readonly error?: string }>(grant: Grant | undefined, about: T): Shown<T> {
  const { error, ...others } = about;
  if (error === undefined) return about;
  const failure = archiveFailureOf(error);
  return grant?.role === 'admin' ? { ...about, failure } : ({ ...others, failure } as Shown<T>);
}
