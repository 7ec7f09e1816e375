/** One clip: from parts on disk to a verified MP4 in its place. */
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConflictError, FfmpegError } from '../../errors.ts';
import { probeFile } from '../../ffmpeg/probe.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import { assembleArchive } from '../archive/archive-assembler.ts';
import { planArchive } from '../archive/archive-plan.ts';
import { filmFault } from '../archive/film-check.ts';
import { CLIP_FILE, CLIP_MANIFEST, type ClipManifest, clipFolder, clipsFolder } from './clip-manifest.ts';
import { timeOf } from './clip-range.ts';
import { remuxFilm } from '../archive/film-remux.ts';
import type { FrameRange } from '../recordings/frame-range.ts';
import type { PartEntry } from '../session/session-index.ts';

/** What a clip shows and how it is called. */
export interface ClipOrder {
  readonly id: string;
  readonly room: string;
  readonly title: string;
  readonly session: string;
  /** Folder of the session. */
  readonly folder: string;
  /** As far as it is on disk. */
  readonly range: FrameRange;
  /** From the key frame before the range on. */
  readonly parts: readonly PartEntry[];
  readonly framerate: number;
  /** Wall-clock milliseconds of frame 0. */
  readonly beganMs: number;
}

/** What making a clip needs of its surroundings. */
export interface ClipTools {
  readonly dataDir: string;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Prefix of the folders, beside those of rooms, in which clips are made. */
export const WORK_PREFIX = '.making-';

/**
 * Makes it beside its place and moves it there when it is whole: whatever fails, nothing of it stays.
 * @throws ConflictError `clip_not_kept` when nothing of it is on the disk; FfmpegError; whatever else failed.
 */
export async function makeClip(order: ClipOrder, tools: ClipTools, signal: AbortSignal): Promise<ClipManifest> {
  const folder = join(tools.dataDir, 'clips');
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(join(folder, WORK_PREFIX));
  try {
    const manifest = await makeIn(work, order, tools, signal);
    signal.throwIfAborted();
    await mkdir(clipsFolder(tools.dataDir, order.room), { recursive: true });
    await rename(work, clipFolder(tools.dataDir, order.room, order.id));
    return manifest;
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
}

async function makeIn(work: string, order: ClipOrder, tools: ClipTools, signal: AbortSignal): Promise<ClipManifest> {
  const { folder, framerate, range } = order;
  const plan = planArchive(order, [range]);
  const [piece] = plan.pieces;
  if (!piece) throw new ConflictError('clip_not_kept', 'Nothing was recorded at this time; choose another.');
  const assembled = join(work, 'assembled.mp4');
  const film = join(work, CLIP_FILE);
  const { log } = tools;
  const assembly = await assembleArchive({
    folder,
    plan,
    framerate,
    output: assembled,
    log,
    signal,
    onProgress: () => {},
  });
  await remuxFilm({ ...tools, input: assembled, assembly, output: film, label: 'clip', signal });
  await rm(assembled);
  const duration = plan.frames / framerate;
  const probed = await probeFile(tools.ffprobePath, film, tools.clock);
  const expected = { seconds: duration, pictures: assembly.pictures, sounds: assembly.soundUnits > 0 ? 1 : 0 };
  const fault = filmFault(probed, expected);
  if (fault !== undefined) throw new FfmpegError(`The clip was made but does not hold what it should: ${fault}`);
  const manifest: ClipManifest = {
    version: 1,
    id: order.id,
    room: order.room,
    title: order.title,
    session: order.session,
    frames: { from: piece.from, to: piece.to },
    from: timeOf(piece.from, order),
    to: timeOf(piece.to, order),
    createdAt: new Date(tools.clock.wallMs()).toISOString(),
    duration: Math.round(duration * 1000) / 1000,
    bytes: (await stat(film)).size,
  };
  await writeFile(join(work, CLIP_MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  return manifest;
}
