/**
 * A program whose every frame shows its own number and whose sound beeps at each whole second: what comes out of an
 * archive says by itself where in the session it was.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AacConfig, H264Config } from '../../src/media/codec.ts';
import { FlvReader, type FlvTag } from '../../src/media/flv-reader.ts';
import { fragment, initSegment } from '../../src/media/fmp4-writer.ts';
import { parseAvcC } from '../../src/media/h264.ts';
import type { InitSegment, Part } from '../../src/media/part.ts';
import { wallTime } from '../../src/media/timestamp.ts';
import { readNut } from './media-samples.ts';

const FPS = 30;
const TICKS = 512;
const RATE = 48_000;
const AAC_SAMPLES = 1024;
/** Bars of the picture, each a binary digit of the frame's number. */
const DIGITS = 12;
const BAR = 32;
const run = promisify(execFile);
const BINARY = { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 } as const;

/** What to make. Defaults: 10 s, key frames every 60 frames, parts of 15. */
export interface ProgramOptions {
  readonly seconds?: number;
  readonly gopFrames?: number;
  readonly partFrames?: number;
  /** Another one gives other parameter sets. */
  readonly profile?: 'main' | 'high' | 'baseline';
  readonly generation?: number;
}

/** Parts as the packager makes them: frame n at n / 30 s, sample s at s / 48000 s, one fragment each. */
export async function numberedProgram(options: ProgramOptions = {}): Promise<Part[]> {
  const { seconds = 10, gopFrames = 60, partFrames = 15, generation = 0 } = options;
  const [video, audio] = await Promise.all([
    encode([...numberedPicture(seconds), ...x264(gopFrames, options.profile ?? 'main')]),
    encode([...beeps(seconds), '-c:a', 'aac', '-b:a', '96k']),
  ]);
  const init = makeInit(configOf(video, 'video-config'), configOf(audio, 'audio-config'), generation);
  const pictures = video.filter(isFrame);
  // The first unit is the encoder's priming: unit k starts at sample (k - 1) * 1024.
  const sounds = audio.filter(isFrame).slice(1);
  const parts: Part[] = [];
  for (let frame = 0; frame < pictures.length; frame += partFrames) {
    const taken = pictures.slice(frame, frame + partFrames);
    const firstUnit = Math.ceil((frame * RATE) / FPS / AAC_SAMPLES);
    const endUnit = Math.ceil(((frame + taken.length) * RATE) / FPS / AAC_SAMPLES);
    const videoTrack = {
      trackId: 1,
      baseDecodeTime: frame * TICKS,
      samples: taken.map(({ data, keyframe }) => ({ data, keyframe, duration: TICKS })),
    };
    const audioTrack = {
      trackId: 2,
      baseDecodeTime: firstUnit * AAC_SAMPLES,
      samples: sounds.slice(firstUnit, endUnit).map(({ data }) => ({ data, keyframe: true, duration: AAC_SAMPLES })),
    };
    parts.push({
      init,
      segment: Math.floor(frame / gopFrames),
      index: (frame % gopFrames) / partFrames,
      firstFrame: frame,
      frames: taken.length,
      independent: frame % gopFrames === 0,
      discontinuity: false,
      last: (frame + partFrames) % gopFrames === 0,
      wallTime: wallTime(1_800_000_000_000 + (frame * 1000) / FPS),
      data: fragment(parts.length + 1, [videoTrack, audioTrack]),
    });
  }
  return parts;
}

/** A picture of a file: when it is shown and which number it shows. */
export interface ShownFrame {
  readonly seconds: number;
  readonly number: number;
}

/** Decodes a file as players do, edit lists and all. */
export async function readNumbers(ffmpeg: string, file: string): Promise<ShownFrame[]> {
  const look = `scale=${DIGITS}:1:flags=area,format=gray`;
  // Times are those of the file, whatever FFmpeg takes for its frame rate.
  const times = ['-fps_mode', 'passthrough', '-enc_time_base', `1/${FPS * TICKS}`];
  const output = ['-map', '0:v', ...times, '-vf', look, '-c:v', 'rawvideo', '-f', 'nut', 'pipe:1'];
  const { stdout } = await run(ffmpeg, ['-v', 'error', '-i', file, ...output], BINARY);
  return readNut(stdout).map(({ pts, stream, data }) => {
    const digits = [...data.subarray(0, DIGITS)].map((grey, digit) => (grey > 120 ? 2 ** digit : 0));
    const number = digits.reduce((sum, digit) => sum + digit, 0);
    return { seconds: (pts * stream.timebase.num) / stream.timebase.den, number };
  });
}

/** Seconds at which a beep starts. */
export async function readBeeps(ffmpeg: string, file: string): Promise<number[]> {
  const output = ['-map', '0:a', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-f', 'f32le', 'pipe:1'];
  const { stdout } = await run(ffmpeg, ['-v', 'error', '-i', file, ...output], BINARY);
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.byteLength / 4));
  const starts: number[] = [];
  let loudAt = Number.NEGATIVE_INFINITY;
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) < 0.1) continue;
    if (index - loudAt > RATE / 10) starts.push(index / RATE);
    loudAt = index;
  }
  return starts;
}

function numberedPicture(seconds: number): string[] {
  // Calculated for a pixel of each bar: for all of them it takes six times as long.
  const bars = `geq=lum='if(bitand(floor(N/pow(2,X)),1),235,16)',scale=${DIGITS * BAR}:64:flags=neighbor`;
  const source = `color=black:size=${DIGITS}x2:rate=${FPS},format=gray,${bars},format=yuv420p`;
  return ['-f', 'lavfi', '-i', source, '-frames:v', String(seconds * FPS)];
}

function beeps(seconds: number): string[] {
  const source = `aevalsrc='0.7*sin(2*PI*1000*t)*lt(mod(t,1),0.1)':s=${RATE}:d=${seconds}`;
  return ['-f', 'lavfi', '-i', source, '-ac', '2'];
}

function x264(gopFrames: number, profile: string): string[] {
  const gop = ['-g', String(gopFrames), '-keyint_min', String(gopFrames), '-sc_threshold', '0', '-bf', '0'];
  return ['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency', '-profile:v', profile, ...gop];
}

async function encode(args: readonly string[]): Promise<FlvTag[]> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', ...args, '-f', 'flv', 'pipe:1'], BINARY);
  const tags: FlvTag[] = [];
  new FlvReader({ maxTagBytes: 4 * 1024 * 1024, onTag: (tag) => tags.push(tag) }).push(stdout);
  return tags;
}

function configOf(tags: readonly FlvTag[], kind: 'video-config' | 'audio-config'): Uint8Array {
  const tag = tags.find((candidate) => candidate.kind === kind);
  if (!tag) throw new Error(`FFmpeg gave no ${kind}`);
  return tag.data;
}

function makeInit(description: Uint8Array, specific: Uint8Array, generation: number): InitSegment {
  const { codecString } = parseAvcC(description);
  const size = { width: DIGITS * BAR, height: 64, framerate: FPS };
  const video: H264Config = { codec: 'h264', format: 'avc', codecString, description, ...size };
  const audio: AacConfig = {
    codec: 'aac',
    codecString: 'mp4a.40.2',
    description: specific,
    sampleRate: RATE,
    channels: 2,
  };
  const data = initSegment({
    video: { config: video, timescale: FPS * TICKS },
    audio: { config: audio, timescale: RATE },
  });
  return { generation, data, codecs: [codecString, 'mp4a.40.2'], ...size };
}

function isFrame(tag: FlvTag): tag is Extract<FlvTag, { readonly keyframe: boolean }> {
  return tag.kind === 'video' || tag.kind === 'audio';
}
