/** From an assembled, fragmented MP4 to the file that people get; nothing is re-encoded. */
import { type FfmpegOption, runFfmpeg } from '../../ffmpeg/fluent.ts';
import type { Logger } from '../../logger.ts';
import type { Clock } from '../../util/clock.ts';
import type { Assembly } from './archive-assembler.ts';

/** Options of `remuxFilm`. */
export interface RemuxOptions {
  readonly ffmpegPath: string;
  /** What `assembleArchive` wrote. */
  readonly input: string;
  readonly assembly: Assembly;
  readonly output: string;
  /** For logs. */
  readonly label: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Seconds of film written so far. */
  readonly onProgress?: (seconds: number) => void;
}

/**
 * Writes a fast-start MP4. What lies before its beginning stays in it for decoding, behind an edit list that starts at the
 * exact frame.
 * @throws FfmpegError when FFmpeg fails or is given up.
 */
export async function remuxFilm(options: RemuxOptions): Promise<void> {
  const { assembly, signal, onProgress, ffmpegPath, input, output, label, clock, log } = options;
  await runFfmpeg({
    ffmpegPath,
    input,
    inputOptions: behindLead(assembly),
    output,
    outputOptions: [
      ['-map', '0:v'],
      ...(assembly.soundUnits > 0 ? ([['-map', '0:a']] as const) : []),
      ['-c', 'copy'],
      ...pictureLengths(assembly),
      ['-map_metadata', '-1'],
      ['-movflags', '+faststart'],
      ['-f', 'mp4'],
    ],
    label,
    clock,
    log,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
}

/** Begins where the lead ends, counted from zero: FFmpeg would count from the first thing in the file, which may be a unit of sound. */
export function behindLead({ leadSeconds }: Assembly): FfmpegOption[] {
  return leadSeconds > 0
    ? [
        ['-seek_timestamp', '1'],
        ['-ss', leadSeconds.toFixed(6)],
      ]
    : [];
}

/**
 * FFmpeg 5 takes each picture of a fragmented file for as long as most are, and a film for as long as its longest: one of a program that
 * comes with two pictures a second would be half a second too short or too long. Each lasts until the next, and the last as was recorded.
 */
export function pictureLengths({ pictures, lastPictureSeconds }: Assembly): FfmpegOption[] {
  if (lastPictureSeconds === undefined) return [];
  const last = `round(${lastPictureSeconds.toFixed(6)}/TB)`;
  return [['-bsf:v', `setts=duration='if(eq(N,${pictures - 1}),${last},NEXT_DTS-DTS)'`]];
}
