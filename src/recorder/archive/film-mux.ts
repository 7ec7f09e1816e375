/** From an assembled, fragmented MP4 to the film of an archive: with everybody's own sound, titles and chapters. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FfmpegOption, runFfmpeg } from '../../ffmpeg/fluent.ts';
import type { Assembly } from './archive-assembler.ts';
import type { StepContext } from './archive-step.ts';
import type { Chapter } from './chapters.ts';
import { formatMetadata } from './ffmetadata.ts';
import { behindLead, pictureLengths } from './film-remux.ts';
import type { PersonSound } from './people-sound.ts';

/** Names of people have fewer characters; titles of rooms, too. */
const MAX_TITLE = 200;

/** What becomes one file. */
export interface FilmParts {
  /** What `assembleArchive` wrote. */
  readonly assembled: string;
  readonly assembly: Assembly;
  readonly sounds: readonly PersonSound[];
  readonly chapters: readonly Chapter[];
  readonly title: string;
  /** Title of the sound in which everybody is. */
  readonly mixedTitle: string;
}

/**
 * Writes a fast-start MP4; no picture and no mixed sound is coded again. What lies before its beginning stays in it for
 * decoding, behind an edit list that starts at the exact frame.
 * @throws FfmpegError when FFmpeg fails or is given up.
 */
export async function muxFilm(
  parts: FilmParts,
  output: string,
  context: StepContext,
  onProgress: (share: number) => void,
): Promise<void> {
  const { assembled, assembly, sounds, chapters, title, mixedTitle } = parts;
  const { ffmpegPath, clock, log, signal, folder } = context;
  const seconds = context.timeline.seconds;
  const metadata = join(folder, 'chapters.txt');
  await writeFile(metadata, formatMetadata(plain(title), chapters, seconds));
  const described = String(sounds.length + 1);
  const mixed = assembly.soundUnits > 0;
  const titles = [...(mixed ? [mixedTitle] : []), ...sounds.map(({ name }) => plain(name))];
  await runFfmpeg({
    ffmpegPath,
    input: assembled,
    inputOptions: behindLead(assembly),
    moreInputs: [...sounds.map(({ path }) => ({ path })), { path: metadata, options: [['-f', 'ffmetadata']] }],
    output,
    outputOptions: [
      ['-map', '0:v'],
      ...(mixed ? ([['-map', '0:a']] as const) : []),
      ...sounds.map((_, position): FfmpegOption => ['-map', `${position + 1}:a`]),
      ['-c', 'copy'],
      ...pictureLengths(assembly),
      ['-map_metadata', described],
      ['-map_chapters', described],
      ...titles.flatMap(soundOptions),
      ['-movflags', '+faststart'],
      // A second of each track in one piece: the index, which players load before the first picture, is half as long.
      ['-chunk_duration', '1000000'],
      ['-f', 'mp4'],
    ],
    label: 'film',
    clock,
    log,
    signal,
    onProgress: (done) => onProgress(Math.min(1, done / seconds)),
  });
}

/** Players show the title, or the name of the handler where they know of no title. The first is what they play. */
function soundOptions(title: string, position: number): FfmpegOption[] {
  return [
    [`-metadata:s:a:${position}`, `title=${title}`],
    [`-metadata:s:a:${position}`, `handler_name=${title}`],
    [`-metadata:s:a:${position}`, 'language=und'],
    [`-disposition:a:${position}`, position === 0 ? 'default' : '0'],
  ];
}

/** One line without control characters. */
function plain(text: string): string {
  return [...text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')].slice(0, MAX_TITLE).join('').trim();
}
