/** The step `film`: one MP4 with the program, everybody's own sound, chapters and titles. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FfmpegError } from '../../../errors.ts';
import { probeFile } from '../../../ffmpeg/probe.ts';
import { type Assembly, assembleArchive } from '../archive-assembler.ts';
import { FILM_FILE } from '../archive-manifest.ts';
import type { StepContext, StepResult } from '../archive-step.ts';
import { filmFault } from '../film-check.ts';
import { type Chapter, readChapters, readFilmWords, readTitle } from '../chapters.ts';
import { muxFilm } from '../film-mux.ts';
import { makePeopleSound, type PersonSound } from '../people-sound.ts';
import { makeSlates } from '../slates.ts';

/** What is put together in the film. */
interface FilmContent {
  readonly assembly: Assembly;
  readonly sounds: readonly PersonSound[];
  readonly chapters: readonly Chapter[];
}

/** Share of the work done when a part of it begins. */
const SHARES = { sounds: 0, assemble: 0.5, mux: 0.7, verify: 0.98 } as const;

/** @throws FfmpegError when what was made is not what it should be; MediaFormatError when the session cannot be read. */
export async function filmStep(context: StepContext): Promise<StepResult> {
  const { folder, plan, framerate, sessionFolder, log, clock, signal, onProgress } = context;
  const began = clock.monotonicMs();
  const lap = (what: string, fields: Readonly<Record<string, unknown>> = {}): void =>
    log.info(what, { seconds: Math.round((clock.monotonicMs() - began) / 100) / 10, ...fields });
  const share = (from: number, to: number, part: number): void => onProgress(from + (to - from) * part);

  const title = await readTitle(context);
  const { everybody: mixedTitle } = await readFilmWords(context);
  const chapters = await readChapters(context);
  const slates = await makeSlates(context);
  const sounds = await makePeopleSound(context, (part) => share(SHARES.sounds, SHARES.assemble, part));
  lap('the sound of each person is made', { people: sounds.length });
  const assembled = join(folder, 'assembled.mp4');
  const assembly = await assembleArchive({
    folder: sessionFolder,
    plan,
    slates,
    framerate,
    output: assembled,
    log,
    signal,
    onProgress: (part) => share(SHARES.assemble, SHARES.mux, part),
  });
  lap('the program is assembled', { damagedParts: assembly.damagedParts });
  const film = join(folder, FILM_FILE);
  const parts = { assembled, assembly, sounds, chapters, title, mixedTitle };
  await muxFilm(parts, film, context, (part) => share(SHARES.mux, SHARES.verify, part));
  await rm(assembled);
  lap('the film is written');
  const duration = await verify(film, { assembly, sounds, chapters }, context);
  return {
    files: [{ name: FILM_FILE, kind: 'film', contentType: 'video/mp4', ...(title === '' ? {} : { title }) }],
    facts: factsOf(context, { title, duration, assembly, sounds, chapters }),
  };
}

/** Its length in seconds. @throws FfmpegError when it is not what it should be. */
async function verify(
  film: string,
  { assembly, sounds, chapters }: FilmContent,
  { ffprobePath, clock, timeline }: StepContext,
): Promise<number> {
  const probed = await probeFile(ffprobePath, film, clock);
  const fault = filmFault(probed, {
    seconds: timeline.seconds,
    pictures: assembly.pictures,
    sounds: (assembly.soundUnits > 0 ? 1 : 0) + sounds.length,
    chapters: chapters.length,
  });
  if (fault !== undefined) throw new FfmpegError(`The archive was made but does not hold what it should: ${fault}`);
  return probed.durationSeconds ?? 0;
}

function factsOf(
  { job, plan, index, framerate }: StepContext,
  made: FilmContent & { readonly title: string; readonly duration: number },
): Readonly<Record<string, unknown>> {
  const init = index.inits.get(plan.pieces[0]?.parts[0]?.init ?? -1);
  const empty = job.ranges.flatMap(({ to, emptyTo }) => (emptyTo === undefined ? [] : [{ from: to, to: emptyTo }]));
  return {
    duration: made.duration,
    width: init?.width ?? 0,
    height: init?.height ?? 0,
    framerate,
    ranges: plan.pieces.map(({ from, to }) => ({ from, to })),
    missingFrames: plan.missingFrames,
    ...(empty.length > 0 && { empty }),
    title: made.title,
    damagedParts: made.assembly.damagedParts,
    chapters: made.chapters,
    sounds: made.sounds.map(({ participant, name, loudness, gain }) => ({ participant, name, loudness, gain })),
  };
}
