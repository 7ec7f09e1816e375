/** One FFmpeg with one static graph: nothing can change while it runs, and one silent input stops it. */
import { compositeGraph, soundGraph } from '../content/static-graph.ts';
import { aacArgs, x264Args } from './encoder-args.ts';
import { PacedRow, ffmpegPosition } from './paced-row.ts';
import type { RowOptions, RunningRow } from './row.ts';

/** Starts it. There is no mix-minus: everybody would need an output of their own. */
export async function startXstack({ ffmpeg, content, tiles, longestSeconds }: RowOptions): Promise<RunningRow> {
  const paced = ['-re', '-stream_loop', '-1', '-t', String(longestSeconds)];
  const inputs: string[] = [];
  const indices = Array.from({ length: tiles }, (_, index) => index);
  for (const index of indices) inputs.push('-threads', '1', ...paced, '-i', await content.clip(index));
  for (const index of indices) inputs.push(...paced, '-i', await content.voice(index, tiles));
  const args = [
    ...['-hide_banner', '-v', 'error', '-nostdin', '-progress', 'pipe:1', ...inputs],
    ...['-filter_complex', `${compositeGraph(tiles)};${soundGraph(tiles, tiles)}`],
    ...['-map', '[program]', '-map', '[sound]', '-pix_fmt', 'yuv420p', ...x264Args(), ...aacArgs()],
    ...['-f', 'flv', '-y', '/dev/null'],
  ];
  return new PacedRow([{ command: ffmpeg, args, kind: 'FFmpeg', position: ffmpegPosition }]);
}
