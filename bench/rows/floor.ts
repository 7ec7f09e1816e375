/** The physical limit with this encoder: the one encode and the bare decodes, and nothing between them. */
import { encodeFileArgs } from './encoder-args.ts';
import { PacedRow, type PacedProcess, ffmpegPosition } from './paced-row.ts';
import type { RowOptions, RunningRow } from './row.ts';

/** Starts it. */
export async function startFloor({ ffmpeg, content, tiles, longestSeconds }: RowOptions): Promise<RunningRow> {
  const raw = await content.composite(tiles);
  const processes: PacedProcess[] = [
    { command: ffmpeg, args: encodeFileArgs(raw, longestSeconds), kind: 'x264', position: ffmpegPosition },
  ];
  for (let index = 0; index < tiles; index += 1) {
    const input = ['-re', '-stream_loop', '-1', '-t', String(longestSeconds), '-i', await content.clip(index)];
    // One thread, as for the mixer's own: pictures this small gain nothing from more of them.
    const args = ['-hide_banner', '-v', 'error', '-nostdin', '-threads', '1', ...input, '-f', 'null', '-'];
    processes.push({ command: ffmpeg, args, kind: 'decoders' });
  }
  return new PacedRow(processes);
}
