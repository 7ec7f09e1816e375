/** A film as people have it on their disk: one colour, then another, with one tone all along. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';

/** What to make; the ending of `path` decides between MP4 (H.264, AAC) and WebM (VP8, Opus). */
export interface TwoPartFilm {
  readonly path: string;
  /** FFmpeg's names. */
  readonly colours: readonly [string, string];
  /** Length of each part. */
  readonly seconds: number;
  /** Undefined: without sound. */
  readonly toneHz: number | undefined;
}

const AMPLITUDE = 0.25;
const runFile = promisify(execFile);

/** Writes a sound file without a picture, for example an MP3. */
export async function makeTone({
  path,
  seconds,
  toneHz,
}: {
  path: string;
  seconds: number;
  toneHz: number;
}): Promise<void> {
  const { path: ffmpeg } = await locateFfmpeg({});
  await runFile(ffmpeg, ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', sine(toneHz, seconds), '-y', path]);
}

/** Writes the film, 320x180 at 10 pictures a second. */
export async function makeTwoPartFilm({ path, colours, seconds, toneHz }: TwoPartFilm): Promise<void> {
  const { path: ffmpeg } = await locateFfmpeg({});
  const pictures = colours.flatMap((colour) => {
    const source = `color=c=${colour}:size=320x180:rate=10:duration=${seconds}`;
    return ['-f', 'lavfi', '-i', source];
  });
  const sound = toneHz === undefined ? [] : ['-f', 'lavfi', '-i', sine(toneHz, seconds * 2)];
  const codecs = path.endsWith('.webm')
    ? ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M', '-c:a', 'libopus']
    : ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '10', '-c:a', 'aac'];
  await runFile(ffmpeg, [
    ...['-v', 'error', '-nostdin', ...pictures, ...sound],
    ...['-filter_complex', '[0:v][1:v]concat=n=2:v=1,format=yuv420p[v]', '-map', '[v]'],
    ...(toneHz === undefined ? [] : ['-map', '2:a']),
    ...[...codecs, '-y', path],
  ]);
}

/** Copies a WebM as browsers record one: without a length, and without a list of places to seek to. */
export async function forgetLength(from: string, to: string): Promise<void> {
  const { path: ffmpeg } = await locateFfmpeg({});
  await runFile(ffmpeg, ['-v', 'error', '-nostdin', '-i', from, '-c', 'copy', '-f', 'webm', '-live', '1', '-y', to]);
}

function sine(hz: number, seconds: number): string {
  return `aevalsrc='${AMPLITUDE}*sin(2*PI*${hz}*t)':s=48000:d=${seconds}`;
}
