/** One archive: from the session's log to a verified MP4 and its manifest. Running it again costs nothing. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BadRequestError, FfmpegError } from '../errors.ts';
import { probeFile } from '../ffmpeg/probe.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { type Assembly, assembleArchive } from './archive-assembler.ts';
import { type ArchiveManifest, archiveFolder, FILM_FILE, MANIFEST_FILE, readManifest } from './archive-manifest.ts';
import { type ArchivePlan, planArchive } from './archive-plan.ts';
import { findFault } from './archive-verify.ts';
import { remuxFilm } from './film-remux.ts';
import { rangesSchema } from './frame-range.ts';
import { type InitEntry, loadSessionIndex } from './session-index.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** What a job carries: ids and frames only, for Redis keeps it in clear text. */
export const archiveJobSchema = z.object({ recording: id, session: id, ranges: rangesSchema });
/** One archive to make. */
export type ArchiveJob = z.infer<typeof archiveJobSchema>;

/** What a job needs of its surroundings. */
export interface ArchiveJobContext {
  readonly dataDir: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** 0–1. */
  readonly onProgress: (progress: number) => void;
}

/** A fault that no other attempt can cure. */
export class PermanentArchiveError extends BadRequestError {
  constructor(message: string) {
    super('archive_impossible', message);
  }
}

/** Share of the work done when a step begins. */
const STEPS = { assemble: 0, remux: 0.4, verify: 0.8, hash: 0.82, finish: 0.99 } as const;

/**
 * Makes the archive, or finds that it exists.
 * @throws PermanentArchiveError when nothing of it is on disk; else whatever failed, for another attempt.
 */
export async function runArchiveJob(job: ArchiveJob, context: ArchiveJobContext): Promise<ArchiveManifest> {
  const folder = archiveFolder(context.dataDir, job.recording);
  const existing = await readManifest(folder);
  if (existing) return existing;
  // Each attempt has a folder of its own: two that run at once, as after a lost lock, never share a file.
  const workFolder = join(context.dataDir, 'recordings', `.${job.recording}.${randomBytes(6).toString('hex')}`);
  await mkdir(workFolder, { recursive: true });
  try {
    const manifest = await makeArchive(job, workFolder, context);
    return await publish(workFolder, folder, manifest);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Deletes what attempts that were killed left behind. */
export async function removeLeftovers(dataDir: string, recordingId: string): Promise<void> {
  const folder = join(dataDir, 'recordings');
  const names = await readdir(folder).catch(() => []);
  const leftovers = names.filter((name) => name.startsWith(`.${recordingId}.`));
  await Promise.all(leftovers.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

async function makeArchive(job: ArchiveJob, workFolder: string, context: ArchiveJobContext): Promise<ArchiveManifest> {
  const sessionFolder = join(context.dataDir, 'sessions', job.session);
  const index = await loadSessionIndex(sessionFolder);
  const plan = planArchive(index, job.ranges);
  const init = index.inits.get(plan.pieces[0]?.parts[0]?.init ?? -1);
  if (!init || plan.frames === 0) {
    throw new PermanentArchiveError('Nothing of this recording is on the disk of its session; it cannot be archived.');
  }
  const assembled = join(workFolder, 'assembled.mp4');
  const film = join(workFolder, FILM_FILE);
  const assembly = await assembleArchive({
    folder: sessionFolder,
    plan,
    framerate: init.framerate,
    output: assembled,
    log: context.log,
    ...(context.signal ? { signal: context.signal } : {}),
    onProgress: (share) => report(context, 'assemble', 'remux', share),
  });
  const seconds = plan.frames / init.framerate;
  await remuxFilm({
    ...context,
    input: assembled,
    assembly,
    output: film,
    label: 'archive',
    onProgress: (done) => report(context, 'remux', 'verify', Math.min(1, done / seconds)),
  });
  await rm(assembled);
  context.onProgress(STEPS.verify);
  const probed = await probeFile(context.ffprobePath, film, context.clock);
  const expected = {
    seconds,
    pictures: assembly.pictures,
    sound: assembly.soundUnits > 0,
  };
  const fault = findFault(probed, expected);
  if (fault !== undefined) throw new FfmpegError(`The archive was made but does not hold what it should: ${fault}`);
  const manifest = await describe(job, film, { plan, init, assembly, probed: probed.durationSeconds ?? 0 }, context);
  await writeFile(join(workFolder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  return manifest;
}

async function describe(
  job: ArchiveJob,
  film: string,
  made: { plan: ArchivePlan; init: InitEntry; assembly: Assembly; probed: number },
  context: ArchiveJobContext,
): Promise<ArchiveManifest> {
  const { size } = await stat(film);
  const sha256 = await hashFile(film, context.signal, (bytes) => report(context, 'hash', 'finish', bytes / size));
  await syncFile(film);
  return {
    version: 1,
    recording: job.recording,
    session: job.session,
    duration: made.probed,
    width: made.init.width,
    height: made.init.height,
    framerate: made.init.framerate,
    ranges: made.plan.pieces.map(({ from, to }) => ({ from, to })),
    missingFrames: made.plan.missingFrames,
    files: [{ name: FILM_FILE, contentType: 'video/mp4', size, sha256 }],
  };
}

/** The rename is what makes the archive exist; when another attempt was faster, its result stands. */
async function publish(workFolder: string, folder: string, manifest: ArchiveManifest): Promise<ArchiveManifest> {
  try {
    await rename(workFolder, folder);
    return manifest;
  } catch {
    const existing = await readManifest(folder);
    if (existing) return existing;
    // A folder without a manifest is no archive: something else left it there.
    await rm(folder, { recursive: true, force: true });
    await rename(workFolder, folder);
    return manifest;
  }
}

function report(context: ArchiveJobContext, from: keyof typeof STEPS, to: keyof typeof STEPS, share: number): void {
  context.onProgress(STEPS[from] + (STEPS[to] - STEPS[from]) * share);
}

async function hashFile(
  path: string,
  signal: AbortSignal | undefined,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).byteLength;
    onBytes(bytes);
  }
  return hash.digest('hex');
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
