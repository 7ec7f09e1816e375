/** Coded pictures that move, of any graph of FFmpeg's, to be sent again and again. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { H264Config } from '../../src/media/codec.ts';
import { splitNalUnits } from '../../src/media/h264.ts';
import { parseSps } from '../../src/media/h264-sps.ts';
import { readNut, type Sample } from './media-samples.ts';

const run = promisify(execFile);
const FPS = 30;

/** So many seconds of a lavfi source at 30 pictures a second, with a key frame each second. */
export async function movingPicture(source: string, seconds: number): Promise<Sample<H264Config>> {
  const codec = [
    '-c:v',
    'libx264',
    '-preset',
    'veryfast',
    '-tune',
    'zerolatency',
    '-profile:v',
    'baseline',
    '-crf',
    '18',
  ];
  const args = ['-f', 'lavfi', '-i', source, '-frames:v', String(seconds * FPS), '-pix_fmt', 'yuv420p', ...codec];
  const output = ['-g', String(FPS), '-bsf:v', 'dump_extra=freq=keyframe', '-f', 'nut', 'pipe:1'];
  const options = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-nostdin', ...args, ...output], options);
  const packets = readNut(stdout).map(({ pts, stream, data, keyframe }) => ({
    data,
    timestampMs: (pts * stream.timebase.num * 1000) / stream.timebase.den,
    durationMs: 1000 / FPS,
    keyframe,
  }));
  const sps = splitNalUnits(packets[0]?.data ?? new Uint8Array(0)).find((unit) => ((unit[0] ?? 0) & 0x1f) === 7);
  if (!sps) throw new Error('The picture does not start with an SPS');
  const { width, height, codecString } = parseSps(sps);
  return { config: { codec: 'h264', format: 'annexb', codecString, width, height, framerate: FPS }, packets };
}
