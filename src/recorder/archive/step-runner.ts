/** One step of an archive: made in a folder of its own, sealed, and there for good. Running it again costs nothing. */
import { readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { NOTHING_FOUND } from './archive-failure.ts';
import { fingerprintFile, makeFolder, removeAbandoned, stepsFolder } from './archive-folders.ts';
import { type ArchiveContext, type ArchiveJob, PermanentArchiveError } from './archive-job.ts';
import { type ArchivedFile, archiveFileSchema } from './archive-manifest.ts';
import { planArchive, SLATE_SECONDS } from './archive-plan.ts';
import type { ArchiveStep, ArchiveStepName, StepContext, StepFile } from './archive-step.ts';
import { RecordingTimeline } from '../recordings/recording-timeline.ts';
import { loadSessionIndex } from '../session/session-index.ts';

const RECORD_FILE = 'step.json';

const recordSchema = z.object({
  version: z.literal(1),
  files: z.array(archiveFileSchema),
  facts: z.record(z.string(), z.unknown()),
});

/** What a finished step says of itself. */
export type StepRecord = z.infer<typeof recordSchema>;

/** FFmpeg is ended when it is silent for ten minutes. */
const ABANDONED_MS = 15 * 60_000;
/** Share of the work that is making the files; the rest is reading them once more. */
const MADE = 0.9;

/** Folder of a finished step. */
export function stepFolder(dataDir: string, recordingId: string, step: ArchiveStepName): string {
  return join(stepsFolder(dataDir, recordingId), step);
}

/** Undefined when the step has not been made. */
export async function readStep(folder: string): Promise<StepRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Makes the step, or finds that it is there.
 * @throws PermanentArchiveError when nothing of the recording is on the disk; else whatever failed.
 */
export async function ensureStep(
  name: ArchiveStepName,
  step: ArchiveStep,
  job: ArchiveJob,
  context: ArchiveContext,
): Promise<StepRecord> {
  const folder = stepFolder(context.dataDir, job.recording, name);
  const existing = await readStep(folder);
  if (existing) return existing;
  const work = await workOf(job, context);
  await removeAbandoned(folder, context.clock.wallMs() - ABANDONED_MS);
  const make = makeFolder(
    folder,
    async (attempt) => {
      const { files, facts = {} } = await step({ ...work, folder: attempt });
      work.signal.throwIfAborted();
      const sealed = await seal(attempt, files, work.signal, (share) => {
        context.onProgress(MADE + (1 - MADE) * share);
      });
      const record: StepRecord = { version: 1, files: sealed, facts };
      await writeFile(join(attempt, RECORD_FILE), `${JSON.stringify(record, null, 2)}\n`, { flush: true });
    },
    async () => (await readStep(folder)) !== undefined,
  );
  try {
    await make;
  } finally {
    // Only what is empty: other steps may be there.
    await rmdir(stepsFolder(context.dataDir, job.recording)).catch(() => {});
  }
  const made = await readStep(folder);
  if (!made) throw new Error(`The step ${name} was made but cannot be read`);
  return made;
}

/** All but the folder of the attempt. */
async function workOf(job: ArchiveJob, context: ArchiveContext): Promise<Omit<StepContext, 'folder'>> {
  const sessionFolder = join(context.dataDir, 'sessions', job.session);
  const index = await loadSessionIndex(sessionFolder);
  const framerate = index.inits.values().next().value?.framerate ?? 0;
  const plan = planArchive(index, job.ranges, Math.round(SLATE_SECONDS * framerate));
  if (plan.pieces.length === 0 || framerate === 0) {
    throw new PermanentArchiveError(NOTHING_FOUND);
  }
  const { ffmpegPath, ffprobePath, clock, log, onProgress } = context;
  return {
    job,
    sessionFolder,
    index,
    plan,
    framerate,
    timeline: new RecordingTimeline(plan.pieces, framerate),
    ffmpegPath,
    ffprobePath,
    clock,
    log,
    signal: context.signal ?? new AbortController().signal,
    onProgress: (share) => onProgress(MADE * share),
  };
}

/** What the step did not name goes. */
async function seal(
  folder: string,
  files: readonly StepFile[],
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<ArchivedFile[]> {
  const names = new Set(files.map(({ name }) => name));
  if (names.size < files.length) throw new Error('The step made two files of one name');
  for (const name of await readdir(folder)) {
    if (!names.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
  const sealed: ArchivedFile[] = [];
  for (const file of files) {
    sealed.push(archiveFileSchema.parse({ ...file, ...(await fingerprintFile(join(folder, file.name), signal)) }));
    onProgress(sealed.length / files.length);
  }
  return sealed;
}
