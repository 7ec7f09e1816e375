/** GStreamer's compositor with names and a clock; without sound, which the other rows have. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gridLayout } from '../../src/layout/grid.ts';
import { nameOf } from '../content/static-graph.ts';
import { PROGRAM } from '../program.ts';
import { x264Option } from './encoder-args.ts';
import { PacedRow } from './paced-row.ts';
import type { RowOptions, RunningRow } from './row.ts';

const LAUNCH = 'gst-launch-1.0';
const ELEMENTS = ['compositor', 'textoverlay', 'clockoverlay', 'x264enc', 'avdec_h264', 'qtdemux', 'progressreport'];

/** What is missing for this row, or undefined. */
export async function missingForGstreamer(): Promise<string | undefined> {
  const run = promisify(execFile);
  try {
    await run(LAUNCH, ['--version']);
  } catch {
    return `${LAUNCH} is not installed`;
  }
  for (const element of ELEMENTS) {
    try {
      await run('gst-inspect-1.0', ['--exists', element]);
    } catch {
      return `GStreamer's ${element} is not installed`;
    }
  }
  return undefined;
}

/** Starts it. Its sink keeps time, and its files last as long as the longest run. */
export async function startGstreamer({ content, tiles, longestSeconds }: RowOptions): Promise<RunningRow> {
  const { width, height, framerate, kbit, preset, gopFrames } = PROGRAM;
  const cells = gridLayout(tiles, width, height);
  const pads = cells.flatMap(({ x, y, width, height }, index) => [
    ...[`sink_${index}::xpos=${x}`, `sink_${index}::ypos=${y}`],
    ...[`sink_${index}::width=${width}`, `sink_${index}::height=${height}`],
  ]);
  const encoder = [
    ...['x264enc', `speed-preset=${preset}`, 'tune=zerolatency', `bitrate=${kbit}`, `key-int-max=${gopFrames}`],
    ...['bframes=0', 'vbv-buf-capacity=500', 'option-string=scenecut=0', `threads=${x264Option('-threads')}`],
    ...['!', `video/x-h264,profile=${x264Option('-profile:v')}`],
  ];
  const args = [
    ...['compositor', 'name=mix', 'background=black', ...pads],
    ...['!', `video/x-raw,format=I420,width=${width},height=${height},framerate=${framerate}/1`],
    ...['!', 'clockoverlay', 'halignment=right', 'valignment=top', `font-desc=Sans ${Math.round(height / 48)}`],
    ...['!', ...encoder, '!', 'progressreport', 'update-freq=1', 'format=time', '!', 'flvmux', 'streamable=true'],
    ...['!', 'fakesink', 'sync=true'],
  ];
  for (const [index, cell] of cells.entries()) {
    const font = `font-desc=Sans ${Math.max(9, Math.round(cell.height / 24))}`;
    args.push(
      ...['filesrc', `location=${await content.longClip(index, longestSeconds)}`, '!', 'qtdemux', '!', 'h264parse'],
      ...['!', 'avdec_h264', 'max-threads=1', '!', 'videoconvertscale'],
      ...['!', `video/x-raw,format=I420,width=${cell.width},height=${cell.height}`],
      ...['!', 'textoverlay', `text=${nameOf(index)}`, 'halignment=left', 'valignment=bottom', font],
      ...['shaded-background=true', '!', 'queue', 'max-size-buffers=3', '!', `mix.sink_${index}`],
    );
  }
  const position = (text: string): number | undefined => {
    const match = [...text.matchAll(/\): (\d+(?:\.\d+)?) (?:\/ \d+ )?seconds/g)].at(-1);
    return match ? Number(match[1]) : undefined;
  };
  return new PacedRow([{ command: LAUNCH, args, kind: 'GStreamer', position }]);
}
