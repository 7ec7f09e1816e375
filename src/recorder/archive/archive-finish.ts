/** The last job of an archive: gathers what its steps made under one name. Running it again costs nothing. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../errors.ts';
import { linkOrCopy } from '../../util/link-or-copy.ts';
import { lacksSpace } from './archive-failure.ts';
import { makeFolder, removeLeftovers } from './archive-folders.ts';
import type { ArchiveContext, ArchiveJob } from './archive-job.ts';
import {
  type ArchivedFile,
  type ArchiveManifest,
  archiveFolder,
  MANIFEST_FILE,
  readManifest,
} from './archive-manifest.ts';
import { ARCHIVE_STEPS, type ArchiveStep, type ArchiveStepName } from './archive-step.ts';
import { ensureStep, readStep, stepFolder, type StepRecord } from './step-runner.ts';

/** What makes each step. */
export type ArchiveStepMakers = Readonly<Record<ArchiveStepName, ArchiveStep>>;

/** The one step without which there is no archive. */
export const REQUIRED_STEP: ArchiveStepName = 'film';

/** Facts of the film that describe the archive. */
const filmFactsSchema = z.looseObject({
  duration: z.number().min(0),
  width: z.int().min(0),
  height: z.int().min(0),
  framerate: z.number().positive(),
  ranges: z.array(z.object({ from: z.int().min(0), to: z.int().min(0) })),
  missingFrames: z.int().min(0),
  empty: z.array(z.object({ from: z.int().min(0), to: z.int().min(0) })).optional(),
});

type Left = ArchiveManifest['left'][number];
interface Gathered {
  readonly records: ReadonlyMap<ArchiveStepName, StepRecord>;
  readonly left: readonly Left[];
}

/**
 * Puts the archive into its place, or finds it there. Steps that are missing are made first.
 * @param failed steps that were given up, with the reason: the archive does without them, unless they only lacked space.
 * @throws PermanentArchiveError when nothing of the recording is on the disk; else whatever failed.
 */
export async function finishArchive(
  job: ArchiveJob,
  makers: ArchiveStepMakers,
  context: ArchiveContext,
  failed: ReadonlyMap<ArchiveStepName, string> = new Map(),
): Promise<ArchiveManifest> {
  const folder = archiveFolder(context.dataDir, job.recording);
  try {
    if (!(await readManifest(folder))) await makeArchive(folder, job, makers, context, failed);
  } catch (error) {
    // Somebody else was faster, and cleaned up behind us.
    if (!(await readManifest(folder))) throw error;
  }
  await removeLeftovers(context.dataDir, job.recording);
  const manifest = await readManifest(folder);
  if (!manifest) throw new Error('The archive was made but cannot be read');
  return manifest;
}

async function makeArchive(
  folder: string,
  job: ArchiveJob,
  makers: ArchiveStepMakers,
  context: ArchiveContext,
  failed: ReadonlyMap<ArchiveStepName, string>,
): Promise<void> {
  const { dataDir } = context;
  const { records, left } = await gather(job, makers, context, failed);
  const manifest = describe(job, records, left);
  await makeFolder(
    folder,
    async (attempt) => {
      for (const [step, record] of records) {
        const from = stepFolder(dataDir, job.recording, step);
        for (const { name } of record.files) {
          await linkOrCopy(join(from, name), join(attempt, name));
          await context.seal?.(job.recording, join(attempt, name));
        }
      }
      await writeFile(join(attempt, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    },
    async () => (await readManifest(folder)) !== undefined,
  );
}

async function gather(
  job: ArchiveJob,
  makers: ArchiveStepMakers,
  context: ArchiveContext,
  failed: ReadonlyMap<ArchiveStepName, string>,
): Promise<Gathered> {
  const records = new Map<ArchiveStepName, StepRecord>();
  const left: Left[] = [];
  const names = new Set<string>();
  for (const [position, step] of ARCHIVE_STEPS.entries()) {
    const onProgress = (share: number): void => context.onProgress((position + share) / ARCHIVE_STEPS.length);
    try {
      const reason = failed.get(step);
      const made = await readStep(stepFolder(context.dataDir, job.recording, step));
      // What had no space may have it by now; what is left out goes with its session, for good.
      if (!made && reason !== undefined && !lacksSpace(reason)) throw new Error(reason);
      const record = made ?? (await ensureStep(step, makers[step], job, { ...context, onProgress }));
      const taken = record.files.find(({ name }) => names.has(name));
      if (taken) throw new Error(`Another step made a file of the name ${taken.name}`);
      for (const { name } of record.files) names.add(name);
      records.set(step, record);
    } catch (error) {
      if (step === REQUIRED_STEP || context.signal?.aborted || lacksSpace(error)) throw error;
      context.log.warn('a step is left out of the archive', { step, reason: messageOf(error) });
      left.push({ step, reason: messageOf(error) });
    }
  }
  return { records, left };
}

function describe(job: ArchiveJob, records: Gathered['records'], left: readonly Left[]): ArchiveManifest {
  const film = filmFactsSchema.parse(records.get(REQUIRED_STEP)?.facts);
  const { duration, width, height, framerate, ranges, missingFrames, empty, ...others } = film;
  const files: ArchivedFile[] = [...records.values()].flatMap((record) => record.files);
  const facts = Object.fromEntries([...records].map(([step, record]) => [step, record.facts]));
  return {
    version: 2,
    recording: job.recording,
    session: job.session,
    duration,
    width,
    height,
    framerate,
    ranges,
    missingFrames,
    ...(empty && { empty }),
    files,
    facts: { ...facts, [REQUIRED_STEP]: others },
    left: [...left],
  };
}
