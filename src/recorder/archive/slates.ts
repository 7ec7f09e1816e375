/** What stands in the film where something was left out: two seconds of a still picture and silence, coded like the program. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { runFfmpeg } from '../../ffmpeg/fluent.ts';
import { readFragments } from '../../media/fmp4-reader.ts';
import type { FragmentSample, FragmentTrack } from '../../media/fmp4-writer.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import type { StepContext } from './archive-step.ts';
import { type Omission, readOmissions } from './chapters.ts';
import { type InitInfo, readInitInfo } from '../session/init-info.ts';
import { initFile } from '../session/session-index.ts';

/** A slate in ticks of the program's tracks, both from time 0. */
export interface Slate {
  readonly frames: number;
  readonly video: FragmentTrack;
  readonly audio: FragmentTrack;
  /** The `parameterSets` its pictures need. */
  readonly info: InitInfo;
}

/** What the program is like. */
interface ProgramForm {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly info: InitInfo;
}

const AAC_UNIT = 1024;

/**
 * The slate before each piece, by the piece's position in the plan. One that cannot be made is left out: the picture before
 * it stands still for its time.
 */
export async function makeSlates(context: StepContext): Promise<ReadonlyMap<number, Slate>> {
  const { plan, framerate, log, signal } = context;
  const slates = new Map<number, Slate>();
  const omissions = await readOmissions(context);
  if (omissions.length === 0) return slates;
  const form = await programForm(context);
  for (const omission of omissions) {
    const position = plan.pieces.findIndex(
      ({ outputFrame }) => outputFrame === Math.round(omission.resumesAt * framerate),
    );
    try {
      slates.set(position, await makeSlate(omission, form, context));
    } catch (error) {
      if (signal.aborted) throw error;
      log.warn('a pause has no picture of its own', { reason: messageOf(error) });
    }
  }
  return slates;
}

async function programForm({ plan, index, framerate, sessionFolder }: StepContext): Promise<ProgramForm> {
  const generation = plan.pieces[0]?.parts[0]?.init ?? -1;
  const init = index.inits.get(generation);
  if (!init) throw new MediaFormatError('The archive has no init segment');
  const info = readInitInfo(await readFile(join(sessionFolder, initFile(generation))));
  return { width: init.width, height: init.height, framerate, info };
}

async function makeSlate(omission: Omission, form: ProgramForm, context: StepContext): Promise<Slate> {
  const { folder, ffmpegPath, clock, log, signal } = context;
  const { framerate, width, height, info } = form;
  const frames = Math.round((omission.resumesAt - omission.at) * framerate);
  const seconds = frames / framerate;
  const picture = join(folder, 'slate.png');
  const coded = join(folder, 'slate.mp4');
  try {
    // What draws loads every font of the machine, and most films have no pause.
    const { renderSlate } = await import('./slate-picture.ts');
    await writeFile(picture, await renderSlate(omission.word, omission.times, width, height));
    await runFfmpeg({
      ffmpegPath,
      input: picture,
      inputOptions: [
        ['-loop', '1'],
        ['-framerate', String(framerate)],
      ],
      output: coded,
      outputOptions: [
        ['-filter_complex', `anullsrc=r=${info.audio.timescale}:cl=stereo:d=${seconds.toFixed(6)}[silence]`],
        ['-map', '0:v'],
        ['-map', '[silence]'],
        ['-frames:v', String(frames)],
        ['-c:v', 'libx264'],
        ['-preset', 'veryfast'],
        ['-pix_fmt', 'yuv420p'],
        ['-bf', '0'],
        ['-g', String(frames)],
        ['-c:a', 'aac'],
        ['-b:a', '64k'],
        ['-movflags', '+empty_moov+default_base_moof'],
        ['-frag_duration', '60000000'],
        ['-f', 'mp4'],
      ],
      label: 'slate',
      clock,
      log,
      signal,
    });
    return readSlate(await readFile(coded), frames, form);
  } finally {
    await rm(picture, { force: true });
    await rm(coded, { force: true });
  }
}

/** @throws MediaFormatError when the file does not hold as many pictures as were asked for, and sound. */
function readSlate(file: Uint8Array, frames: number, { framerate, info: program }: ProgramForm): Slate {
  const fragments = readFragments(file);
  const info = readInitInfo(file.subarray(0, fragments[0]?.start));
  const samplesOf = (id: number, duration: number): FragmentSample[] =>
    fragments
      .flatMap(({ tracks }) => tracks.filter(({ trackId }) => trackId === id))
      .flatMap(({ samples }) => samples.map((sample) => ({ ...sample, duration })));
  const pictures = samplesOf(info.video.id, program.video.timescale / framerate);
  const sounds = samplesOf(info.audio.id, AAC_UNIT);
  if (pictures.length !== frames || sounds.length === 0)
    throw new MediaFormatError('The slate is not what was asked for');
  return {
    frames,
    info,
    video: { trackId: program.video.id, baseDecodeTime: 0, samples: pictures },
    audio: { trackId: program.audio.id, baseDecodeTime: 0, samples: sounds },
  };
}
