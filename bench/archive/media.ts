/** Half a minute of real media, coded once and then used again and again: a program, and what a person sends. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AacConfig, H264Config } from '../../src/media/codec.ts';
import { FlvReader, type FlvTag } from '../../src/media/flv-reader.ts';
import { type FragmentSample, initSegment } from '../../src/media/fmp4-writer.ts';
import { parseAvcC } from '../../src/media/h264.ts';
import { NutReader } from '../../src/media/nut-reader.ts';
import type { InitSegment } from '../../src/media/part.ts';

/** Frames a second of everything. */
export const FRAMERATE = 30;
/** Seconds of a loop: in so many, both frames and units of AAC come out even. */
export const LOOP_SECONDS = 32;
/** Ticks of the program's pictures. */
export const TICKS = 512;
/** Samples of a unit of AAC. */
export const AAC_SAMPLES = 1024;
/** Samples a second. */
export const RATE = 48_000;
/** Frames from key frame to key frame. */
export const GOP = 60;

const SIZE = { width: 1280, height: 720 };
const CAMERA = { width: 640, height: 360 };
const BINARY = { encoding: 'buffer', maxBuffer: 512 * 1024 * 1024 } as const;
const run = promisify(execFile);

/** A loop of the program. */
export interface ProgramLoop {
  readonly init: InitSegment;
  readonly pictures: readonly FragmentSample[];
  readonly sounds: readonly FragmentSample[];
}

/** A packet of a person's track; `ms` from the loop's beginning. */
export interface LoopPacket {
  readonly ms: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

/** A program of 720p with some 2.5 Mbit a second, as the mixer makes it. */
export async function programLoop(ffmpeg: string): Promise<ProgramLoop> {
  const picture = `testsrc2=size=${SIZE.width}x${SIZE.height}:rate=${FRAMERATE}`;
  const sound = `anoisesrc=color=pink:amplitude=0.3:sample_rate=${RATE}`;
  const coded = await flv(ffmpeg, [
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound, '-t', String(LOOP_SECONDS + 1)],
    ...['-frames:v', String(LOOP_SECONDS * FRAMERATE), ...x264('2500k'), '-c:a', 'aac', '-b:a', '128k', '-ac', '2'],
  ]);
  const description = configOf(coded, 'video-config');
  const { codecString } = parseAvcC(description);
  const form = { ...SIZE, framerate: FRAMERATE };
  const video: H264Config = { codec: 'h264', format: 'avc', codecString, description, ...form };
  const audio: AacConfig = {
    codec: 'aac',
    codecString: 'mp4a.40.2',
    description: configOf(coded, 'audio-config'),
    sampleRate: RATE,
    channels: 2,
  };
  const data = initSegment({
    video: { config: video, timescale: FRAMERATE * TICKS },
    audio: { config: audio, timescale: RATE },
  });
  const units = (LOOP_SECONDS * RATE) / AAC_SAMPLES;
  return {
    init: { generation: 0, data, codecs: [codecString, audio.codecString], ...form },
    pictures: samplesOf(coded, 'video', TICKS),
    sounds: samplesOf(coded, 'audio', AAC_SAMPLES).slice(0, units),
  };
}

/** What a microphone sends: Opus packets of 20 ms of a voice-like noise, with pauses. */
export function micLoop(ffmpeg: string, person: number): Promise<LoopPacket[]> {
  const voice = `anoisesrc=color=brown:seed=${person + 1}:sample_rate=${RATE}:duration=${LOOP_SECONDS}`;
  const talk = `volume=volume='${0.1 + 0.2 * person}*gt(mod(t+${2 * person},8),${3 + (person % 3)})':eval=frame`;
  return packets(ffmpeg, [
    ...['-f', 'lavfi', '-i', `${voice},${talk}`, '-ac', '1'],
    ...['-c:a', 'libopus', '-b:a', '32k', '-frame_duration', '20'],
  ]);
}

/** What a camera sends: H.264 of 360p. */
export function cameraLoop(ffmpeg: string, kbit: number): Promise<LoopPacket[]> {
  const picture = `testsrc=size=${CAMERA.width}x${CAMERA.height}:rate=${FRAMERATE}:duration=${LOOP_SECONDS}`;
  // Its container keeps them elsewhere: a camera sends its parameter sets with each key frame.
  const inBand = ['-bsf:v', 'dump_extra=freq=keyframe'];
  return packets(ffmpeg, ['-f', 'lavfi', '-i', picture, ...x264(`${kbit}k`), ...inBand]);
}

/** The configuration of `cameraLoop`. */
export const CAMERA_CONFIG: H264Config = {
  codec: 'h264',
  format: 'annexb',
  codecString: 'avc1.42E01E',
  ...CAMERA,
  framerate: FRAMERATE,
};

function x264(rate: string): string[] {
  const gop = ['-g', String(GOP), '-keyint_min', String(GOP), '-sc_threshold', '0', '-bf', '0'];
  const size = ['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-x264-params', 'nal-hrd=cbr'];
  return ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...gop, ...size];
}

async function flv(ffmpeg: string, args: readonly string[]): Promise<FlvTag[]> {
  const { stdout } = await run(ffmpeg, ['-v', 'error', ...args, '-f', 'flv', 'pipe:1'], BINARY);
  const tags: FlvTag[] = [];
  new FlvReader({ maxTagBytes: 4 * 1024 * 1024, onTag: (tag) => tags.push(tag) }).push(stdout);
  return tags;
}

async function packets(ffmpeg: string, args: readonly string[]): Promise<LoopPacket[]> {
  const { stdout } = await run(ffmpeg, ['-v', 'error', ...args, '-f', 'nut', 'pipe:1'], BINARY);
  const found: LoopPacket[] = [];
  const reader = new NutReader({
    maxPacketBytes: 4 * 1024 * 1024,
    onPacket: ({ pts, stream, keyframe, data }) => {
      const ms = (pts * stream.timebase.num * 1000) / stream.timebase.den;
      if (ms >= 0 && ms < LOOP_SECONDS * 1000) found.push({ ms, keyframe, data });
    },
  });
  reader.push(stdout);
  return found;
}

function configOf(tags: readonly FlvTag[], kind: 'video-config' | 'audio-config'): Uint8Array {
  const tag = tags.find((candidate) => candidate.kind === kind);
  if (!tag) throw new Error(`FFmpeg gave no ${kind}`);
  return tag.data;
}

function samplesOf(tags: readonly FlvTag[], kind: 'video' | 'audio', duration: number): FragmentSample[] {
  return tags.flatMap((tag) =>
    tag.kind === kind ? [{ data: tag.data, keyframe: kind === 'audio' || tag.keyframe, duration }] : [],
  );
}
