/** What a viewer would see and hear: decodes a file or a playlist and measures it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const MAX_BYTES = 1024 * 1024 * 1024;

/** Every picture as small RGB, one after the other. */
export interface DecodedPictures {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly frames: readonly Uint8Array[];
}

/** Mean red, green and blue, 0–255. */
export type Colour = readonly [number, number, number];

/** Decodes all pictures at a quarter of 1280x720, with no frame dropped or doubled. */
export async function decodePictures(ffmpeg: string, input: string, framerate: number): Promise<DecodedPictures> {
  const [width, height] = [320, 180];
  const args = ['-v', 'error', '-i', input, '-map', '0:v', '-fps_mode', 'passthrough'];
  const raw = await runBinary(ffmpeg, [
    ...args,
    '-vf',
    `scale=${width}:${height}`,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ]);
  const bytes = width * height * 3;
  const frames = Array.from({ length: raw.length / bytes }, (_, index) =>
    raw.subarray(index * bytes, (index + 1) * bytes),
  );
  return { width, height, framerate, frames };
}

/** Mean colour of a rectangle given in the program's 1280x720 pixels. */
export function colourOf(
  pictures: DecodedPictures,
  frame: number,
  cell: { x: number; y: number; width: number; height: number },
): Colour {
  const data = pictures.frames[frame];
  if (!data) throw new Error(`There is no frame ${frame}`);
  const scale = pictures.width / 1280;
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = Math.ceil(cell.y * scale); y < (cell.y + cell.height) * scale; y += 1) {
    for (let x = Math.ceil(cell.x * scale); x < (cell.x + cell.width) * scale; x += 1) {
      const at = (y * pictures.width + x) * 3;
      for (let channel = 0; channel < 3; channel += 1) sum[channel] = (sum[channel] ?? 0) + (data[at + channel] ?? 0);
      count += 1;
    }
  }
  const [red = 0, green = 0, blue = 0] = sum.map((value) => value / count);
  return [red, green, blue];
}

/** Decodes the sound to mono floats at 48 kHz. */
export async function decodeSound(ffmpeg: string, input: string): Promise<Float32Array> {
  const raw = await runBinary(ffmpeg, [
    '-v',
    'error',
    '-i',
    input,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    'f32le',
    '-',
  ]);
  return new Float32Array(raw.buffer, raw.byteOffset, Math.floor(raw.length / 4));
}

/** Amplitude of one frequency in samples at 48 kHz (Goertzel). */
export function amplitudeOf(samples: Float32Array, hz: number): number {
  const step = 2 * Math.cos((2 * Math.PI * hz) / 48000);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const now = sample + step * last - before;
    before = last;
    last = now;
  }
  const power = before * before + last * last - step * last * before;
  return (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/**
 * Amplitude of a tone that may waver: mean over windows of 100 ms with a Hann taper, so that neither half a percent of
 * resampling nor a tone 200 Hz away disturbs it.
 */
export function toneAmplitude(samples: Float32Array, hz: number): number {
  const length = 4800;
  const windows = Math.floor(samples.length / length);
  let sum = 0;
  for (let index = 0; index < windows; index += 1) {
    const window = samples.slice(index * length, (index + 1) * length);
    window.forEach((sample, at) => {
      window[at] = sample * (1 - Math.cos((2 * Math.PI * at) / length));
    });
    sum += amplitudeOf(window, hz);
  }
  return sum / windows;
}

/** Moments, in seconds, at which a level rises above half of its highest. */
export function risingEdges(levels: readonly number[], perSecond: number): number[] {
  const threshold = Math.max(...levels) / 2;
  const edges: number[] = [];
  for (let index = 1; index < levels.length; index += 1) {
    if ((levels[index] ?? 0) >= threshold && (levels[index - 1] ?? 0) < threshold) edges.push(index / perSecond);
  }
  return edges;
}

/** Level of one frequency in windows of 10 ms, every 5 ms. */
export function toneLevels(
  samples: Float32Array,
  hz: number,
): { readonly levels: number[]; readonly perSecond: number } {
  const levels: number[] = [];
  for (let at = 0; at + 480 <= samples.length; at += 240) levels.push(amplitudeOf(samples.subarray(at, at + 480), hz));
  return { levels, perSecond: 200 };
}

async function runBinary(program: string, args: readonly string[]): Promise<Buffer> {
  const { stdout } = await runFile(program, [...args], { encoding: 'buffer', maxBuffer: MAX_BYTES });
  return stdout;
}
