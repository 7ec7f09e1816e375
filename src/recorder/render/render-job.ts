/** One render: from the isolated tracks of an archive to a verified file and its manifest. Running it again costs nothing. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FfmpegError } from '../../errors.ts';
import { listedEncoders } from '../../ffmpeg/capabilities.ts';
import { createSpawner } from '../../ffmpeg/ffmpeg-process.ts';
import { probeFile } from '../../ffmpeg/probe.ts';
import type { Logger } from '../../logger.ts';
import { oneLine } from '../../mixer/text-line.ts';
import { type Clock, sleep } from '../../util/clock.ts';
import { type ArchiveTimeline, TIMELINE_FILE } from '../archive/archive-timeline-file.ts';
import type { ArchiveSource } from '../storage/archive-reader.ts';
import type { Seal } from '../storage/seal.ts';
import { runForRender } from './ffmpeg-run.ts';
import { LocalCopies } from './local-copies.ts';
import { canMake, outputArgs, pictureInput, type RenderEncoders } from './render-encoding.ts';
import {
  attemptFolder,
  isWanted,
  readOrder,
  readRenderManifest,
  type RenderManifest,
  type RenderPlace,
  renderFolder,
  writeRenderManifest,
} from './render-files.ts';
import { framesOf, hasPicture, type RenderOrder } from './render-request.ts';
import { loudnessFilter, type MixedSound, mixSound } from './render-sound.ts';
import { PermanentRenderError, readTimeline } from './render-timeline.ts';
import { planSound } from './sound-plan.ts';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

/** What a job carries: ids only; the order itself is on the disk. */
export const renderJobSchema = z.object({ recording: id, render: id });

/** What a job needs of its surroundings. */
export interface RenderJobContext {
  readonly dataDir: string;
  readonly archives: Pick<ArchiveSource, 'localPath'>;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Gives this attempt up. */
  readonly signal?: AbortSignal;
  /** 0–1. */
  readonly onProgress: (progress: number) => void;
  /** Encrypts the finished file; default: it stays as it is. */
  readonly seal?: Seal;
  /** Milliseconds between two looks whether it is still wanted; default 500. */
  readonly lookMs?: number;
}

/** Larger pictures of people are not decoded. */
const MAX_PIXELS = 4096 * 2304;
/** Most sounds of one render: each takes a decoder of its own. */
const MAX_SOUNDS = 256;
const LOOK_MS = 500;
/** Share of the work done when the sound is mixed, and when the file is written. */
const SOUND_SHARE = { picture: 0.1, sound: 0.6 };
const WRITTEN = 0.97;
/** What an encoder may add or leave out at the ends, seconds: a frame of AAC or MP3 and its padding. */
const DURATION_SLACK = 0.15;

/**
 * Makes the file, or finds that it exists. Undefined when nobody wants it any more.
 * @throws PermanentRenderError when no other attempt can do better; else whatever failed.
 */
export async function runRenderJob(place: RenderPlace, context: RenderJobContext): Promise<RenderManifest | undefined> {
  const { dataDir } = context;
  const existing = await readRenderManifest(renderFolder(dataDir, place));
  if (existing) return existing;
  const order = await readOrder(dataDir, place).catch(() => {
    throw new PermanentRenderError(
      'The order cannot be understood; it is of another version. Ask for the render again.',
    );
  });
  if (!order) return undefined;
  // Each attempt has a folder of its own: two that run at once, as after a lost lock, never share a file.
  const folder = attemptFolder(dataDir, place, randomBytes(6).toString('hex'));
  const watch = watchOrder(place, context);
  const copies = new LocalCopies(place.recording, context.archives);
  try {
    await mkdir(folder);
    const manifest = await make({ place, order, folder, copies, context: { ...context, signal: watch.signal } });
    if (!(await isWanted(dataDir, place))) return undefined;
    return await publish(folder, renderFolder(dataDir, place), manifest);
  } catch (error) {
    // Whatever breaks off because the order was taken back is no fault.
    if (!(await isWanted(dataDir, place))) return undefined;
    throw error;
  } finally {
    watch.end();
    await copies.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One attempt to make a render. */
interface Attempt {
  readonly place: RenderPlace;
  readonly order: RenderOrder;
  /** A folder of its own. */
  readonly folder: string;
  readonly copies: LocalCopies;
  readonly context: RenderJobContext & { readonly signal: AbortSignal };
}

async function make(attempt: Attempt): Promise<RenderManifest> {
  const { place, order, folder, copies, context } = attempt;
  const encoders = await usableEncoders(order, context);
  const timeline = await readTimeline(await copies.path(TIMELINE_FILE));
  const sound = await mixedSound(attempt, timeline);
  const file = `render.${order.format}`;
  const output = join(folder, file);
  const pathOf = (name: string): string => copies.fetched(name);
  await encode(
    { order, timeline, sound, encoders, pathOf, output },
    context,
    progressOf(attempt, shareOfSound(order), WRITTEN),
  );
  await rm(sound.file);
  const duration = await verify(output, order, timeline.framerate, context);
  const { size, sha256 } = await hashed(output, context.signal);
  context.signal.throwIfAborted();
  await context.seal?.(place.recording, output);
  const manifest: RenderManifest = {
    version: 1,
    id: place.render,
    recording: place.recording,
    file,
    size,
    sha256,
    duration,
    order,
    madeAt: new Date(context.clock.wallMs()).toISOString(),
  };
  await writeRenderManifest(folder, manifest);
  context.onProgress(1);
  return manifest;
}

/** Fetches all that the render needs of the archive, and mixes what is heard. @throws PermanentRenderError */
async function mixedSound(attempt: Attempt, timeline: ArchiveTimeline): Promise<MixedSound> {
  const { order, folder, copies, context } = attempt;
  const sources = planSound(timeline, order);
  if (sources.length > MAX_SOUNDS) {
    throw new PermanentRenderError(`More than ${MAX_SOUNDS} sounds lie in this range; ask for a shorter one.`);
  }
  const pictures = timeline.people.flatMap(({ id: person, tracks }) =>
    order.without.includes(person) || !hasPicture(order.format) ? [] : tracks.filter(({ kind }) => kind === 'video'),
  );
  await copies.fetch([...sources, ...pictures].map(({ file }) => file));
  const pathOf = (file: string): string => copies.fetched(file);
  const onProgress = progressOf(attempt, 0, shareOfSound(order));
  return mixSound({ ...context, sources, order, pathOf, folder, onProgress });
}

function shareOfSound({ format }: RenderOrder): number {
  return hasPicture(format) ? SOUND_SHARE.picture : SOUND_SHARE.sound;
}

/** Takes the seconds of output that a part of the work has made; the part is all that lies between two shares of the whole. */
function progressOf({ order, context }: Attempt, from: number, to: number): (seconds: number) => void {
  const all = order.to - order.from;
  return (seconds) => context.onProgress(from + (to - from) * Math.min(1, seconds / all));
}

interface Encoding {
  readonly order: RenderOrder;
  readonly timeline: ArchiveTimeline;
  readonly sound: MixedSound;
  readonly encoders: RenderEncoders;
  readonly pathOf: (file: string) => string;
  readonly output: string;
}

async function encode(
  { order, timeline, sound, encoders, pathOf, output }: Encoding,
  context: RenderJobContext & { readonly signal: AbortSignal },
  onProgress: (seconds: number) => void,
): Promise<void> {
  const picture = hasPicture(order.format);
  const { framerate } = timeline;
  const { clock, log } = context;
  const title = oneLine(timeline.title);
  const spawn = createSpawner(context.ffmpegPath);
  await runForRender({
    ...context,
    label: 'render',
    args: [
      ...['-v', 'error', ...(picture ? pictureInput(order, framerate) : [])],
      ...['-i', `file:${sound.file}`],
      ...outputArgs(order, { framerate, sound: picture ? 1 : 0, filter: loudnessFilter(sound), encoders, title }),
      `file:${output}`,
    ],
    onProgress,
    ...(picture && {
      feed: async (input, gone) => {
        // What draws loads every font of the machine: a worker begins without, and most have no render for long.
        const { drawPictures } = await import('./render-video.ts');
        await drawPictures({ timeline, order, pathOf, spawn, maxPixels: MAX_PIXELS, clock, log }, input, gone);
      },
    }),
  });
}

/** Seconds of the file. @throws FfmpegError when it does not hold what it should. */
async function verify(path: string, order: RenderOrder, framerate: number, context: RenderJobContext): Promise<number> {
  const { durationSeconds = 0, streams } = await probeFile(context.ffprobePath, path, context.clock);
  const picture = streams.find(({ kind }) => kind === 'video');
  const sound = streams.some(({ kind }) => kind === 'audio');
  const wanted = hasPicture(order.format);
  const seconds = wanted ? framesOf(order, framerate) / framerate : order.to - order.from;
  const form = !wanted || (picture?.width === order.width && picture.height === order.height);
  if (sound && form && Math.abs(durationSeconds - seconds) <= DURATION_SLACK + 1 / framerate) return durationSeconds;
  throw new FfmpegError(
    `The render was made but does not hold what it should (${durationSeconds} of ${seconds} seconds)`,
  );
}

/** @throws PermanentRenderError when this FFmpeg does not make the format */
async function usableEncoders(
  { format }: RenderOrder,
  { ffmpegPath, clock }: RenderJobContext,
): Promise<RenderEncoders> {
  const names = await listedEncoders(ffmpegPath, clock);
  const webm = (['libvpx-vp9', 'libvpx'] as const).find((name) => names.has(name));
  const encoders = { webm, mp3: names.has('libmp3lame') };
  if (canMake(format, encoders)) return encoders;
  throw new PermanentRenderError(`This FFmpeg makes no ${format}; ask for another format, or install another FFmpeg.`);
}

/** The rename is what makes the render exist; when another attempt was faster, its result stands. */
async function publish(folder: string, target: string, manifest: RenderManifest): Promise<RenderManifest> {
  try {
    await rename(folder, target);
    return manifest;
  } catch (error) {
    const existing = await readRenderManifest(target);
    if (existing) return existing;
    throw error;
  }
}

async function hashed(path: string, signal: AbortSignal): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted();
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).byteLength;
  }
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A signal that aborts when the order is taken back, or the attempt is given up. */
function watchOrder(
  place: RenderPlace,
  { dataDir, clock, signal, lookMs = LOOK_MS }: RenderJobContext,
): { readonly signal: AbortSignal; end(): void } {
  const lost = new AbortController();
  const over = new AbortController();
  const look = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleep(clock, lookMs, over.signal);
      if (!over.signal.aborted && !(await isWanted(dataDir, place))) lost.abort();
    }
  };
  void look();
  return { signal: signal ? AbortSignal.any([signal, lost.signal]) : lost.signal, end: () => over.abort() };
}
