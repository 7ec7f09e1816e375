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
    inputOptions: assembly.leadSeconds > 0 ? [['-ss', assembly.leadSeconds.toFixed(6)]] : [],
    output,
    outputOptions: [
      ['-map', '0:v'],
      ...(assembly.soundUnits > 0 ? ([['-map', '0:a']] as const) : []),
      ['-c', 'copy'],
      ...lastPictureOptions(assembly),
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

/**
 * FFmpeg 5 takes a fragment's picture for as long as most are, and so would give the last one a wrong end: a program that comes with
 * two pictures a second would be half a second too short or too long.
 */
export function lastPictureOptions({ pictures, lastPictureSeconds }: Assembly): FfmpegOption[] {
  if (lastPictureSeconds === undefined) return [];
  const ticks = `round(${lastPictureSeconds.toFixed(6)}/TB)`;
  return [['-bsf:v', `setts=duration='if(eq(N,${pictures - 1}),${ticks},DURATION)'`]];
}
