/** The picture of somebody who stands for a colour: cut edges, bars and mirrored sides show in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { splitNalUnits } from '../../src/media/h264.ts';
import { parseSps } from '../../src/media/h264-sps.ts';
import { NutReader } from '../../src/media/nut-reader.ts';
import { type Picture, type YuvColor, createPicture, fillCell } from '../../src/mixer/picture.ts';
import type { CodedLoop, LoopPacket } from '../room/coded-loop.ts';
import { BAND } from './palette.ts';

/** Pixels, even. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Along the left and the upper edge runs a light band, so thick in shares of the picture. */
export const BAND_SHARE = 1 / 8;

const FPS = 30;
const MAX_BYTES = 64 * 1024 * 1024;

/** One frame of it. */
export function patternPicture(colour: YuvColor, { width, height }: Size): Picture {
  const picture = createPicture(width, height, colour);
  const even = (pixels: number): number => 2 * Math.round((pixels * BAND_SHARE) / 2);
  fillCell(picture, { x: 0, y: 0, width: even(width), height }, BAND);
  fillCell(picture, { x: 0, y: 0, width, height: even(height) }, BAND);
  return picture;
}

/** H.264 as browsers send it, a second of 30 frames with one key frame: the same picture again and again. */
export async function patternLoop(ffmpeg: string, colour: YuvColor, size: Size): Promise<CodedLoop> {
  const { data } = patternPicture(colour, size);
  return encodeLoop(
    ffmpeg,
    size,
    Array.from({ length: FPS }, () => data),
  );
}

/** How a loop is encoded; the defaults are nearly lossless. */
export interface EncodeOptions {
  /** Form of the frames that come in; I420 by default. */
  readonly pixelFormat?: 'yuv420p' | 'rgba';
  /** What is done to them first: a chain of FFmpeg's filters. */
  readonly filters?: string;
  readonly preset?: string;
  /** Arguments of x264's rate control. */
  readonly rate?: readonly string[];
  /** Distance of key frames. */
  readonly gopFrames?: number;
}

/** H.264 of any frames, as browsers send it, 30 a second. */
export async function encodeLoop(
  ffmpeg: string,
  { width, height }: Size,
  frames: Iterable<Uint8Array>,
  options: EncodeOptions = {},
): Promise<CodedLoop> {
  const { pixelFormat = 'yuv420p', filters, preset = 'ultrafast', rate = ['-crf', '12'], gopFrames = FPS } = options;
  const args = [
    ...['-hide_banner', '-v', 'error', '-f', 'rawvideo', '-pix_fmt', pixelFormat, '-video_size', `${width}x${height}`],
    ...['-framerate', String(FPS), '-i', 'pipe:0', ...(filters === undefined ? [] : ['-vf', filters])],
    ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', preset, '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...['-threads', '1', '-g', String(gopFrames), '-keyint_min', String(gopFrames), '-sc_threshold', '0', ...rate],
    ...['-bsf:v', 'dump_extra=freq=keyframe', '-f', 'nut', 'pipe:1'],
  ];
  const child = spawn(ffmpeg, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const packets: LoopPacket[] = [];
  const reader = new NutReader({
    maxPacketBytes: MAX_BYTES,
    onPacket: ({ data, keyframe }) => packets.push({ data: Uint8Array.from(data), keyframe }),
  });
  child.stdout.on('data', (chunk: Buffer) => reader.push(chunk));
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  for (const frame of frames) {
    if (!child.stdin.write(frame)) await Promise.race([once(child.stdin, 'drain'), closed]);
  }
  child.stdin.end();
  await closed;
  const sps = splitNalUnits(packets[0]?.data ?? new Uint8Array(0)).find((unit) => ((unit[0] ?? 0) & 0x1f) === 7);
  if (!sps) throw new Error('FFmpeg made no picture that starts with an SPS');
  const { codecString } = parseSps(sps);
  const config = { codec: 'h264', format: 'annexb', codecString, width, height, framerate: FPS } as const;
  return { config, stepMs: 1000 / FPS, packets };
}
