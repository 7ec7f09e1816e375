/** A program as the mixer makes it: the live encoders' own output, with the session's numbers. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { encodeAudioArgs, encodeVideoArgs } from '../../../src/ffmpeg/encode-args.ts';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';

export const FPS = 30;
export const GOP = 60;
export const WALL_START = Date.UTC(2026, 0, 1, 12);
const UNIT = 1024;

/** How a program is coded. */
export interface ProgramLook {
  readonly width?: number;
  readonly height?: number;
  readonly kbit?: number;
  readonly preset?: 'ultrafast' | 'veryfast';
}

/** One run of the video encoder that begins with program frame `firstFrame`. */
export async function videoRun(
  firstFrame: number,
  frames: number,
  { width = 320, height = 192, kbit = 300, preset = 'ultrafast' }: ProgramLook = {},
): Promise<Packet<H264Config>[]> {
  const size = { width, height, framerate: FPS };
  const source = `testsrc2=size=${width}x${height}:rate=${FPS},trim=end_frame=${frames}`;
  const raw = await ffmpeg(['-v', 'error', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', '-']);
  const args = encodeVideoArgs({ ...size, kbit, preset, gopFrames: GOP });
  const { description, media } = readFlv(await ffmpeg(args, raw), 'video');
  const { codecString } = parseAvcC(description);
  const config: H264Config = { codec: 'h264', format: 'avc', codecString, description, ...size };
  return media.map(({ data, keyframe }, index) => ({
    data,
    pts: pts(firstFrame + index),
    duration: 1,
    wallTime: wallTime(WALL_START + ((firstFrame + index) * 1000) / FPS),
    keyframe,
    config,
  }));
}

/** One run of the sound's encoder over a steady tone, from sample 0 of the session. */
export async function audioRun(seconds: number): Promise<Packet<AacConfig>[]> {
  const tone = Float32Array.from({ length: seconds * 48000 * 2 }, (_, index) => {
    return 0.25 * Math.sin((2 * Math.PI * 440 * Math.floor(index / 2)) / 48000);
  });
  const coded = await ffmpeg(encodeAudioArgs({ kbit: 96 }), Buffer.from(tone.buffer));
  const { description, media } = readFlv(coded, 'audio');
  const config: AacConfig = { codec: 'aac', codecString: 'mp4a.40.2', description, sampleRate: 48000, channels: 2 };
  // The first unit is the encoder's priming.
  return media.slice(1).map(({ data }, index) => ({
    data,
    pts: pts(index * UNIT),
    duration: UNIT,
    wallTime: wallTime(WALL_START + (index * UNIT) / 48),
    keyframe: true,
    config,
  }));
}

/** Standard output of a run that must not complain. */
export async function ffmpeg(args: readonly string[], input?: Uint8Array, program = 'ffmpeg'): Promise<Buffer> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [output, complaints] = await Promise.all([buffer(child.stdout), buffer(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0 || complaints.length > 0) throw new Error(`${program} says: ${complaints.toString()}`);
  return output;
}

function readFlv(bytes: Uint8Array, kind: 'video' | 'audio') {
  const tags: FlvTag[] = [];
  new FlvReader({ maxTagBytes: 1024 * 1024, onTag: (tag) => tags.push(tag) }).push(bytes);
  const description = tags.find((tag) => tag.kind === `${kind}-config`)?.data;
  if (!description) throw new Error(`The encoder gave no configuration of ${kind}`);
  return { description, media: tags.flatMap((tag) => (tag.kind === kind ? [tag] : [])) };
}
