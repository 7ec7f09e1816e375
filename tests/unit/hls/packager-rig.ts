/** A packager fed with hand-made packets, and its parts read again. */
import { Packager, type PackagerOptions } from '../../../src/hls/packager.ts';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import { readFragment } from '../../../src/media/fmp4-reader.ts';
import type { Part } from '../../../src/media/part.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';

export const FPS = 30;
export const TICKS = 512;
export const UNIT = 1024;
export const WALL_START = 1_800_000_000_000;
const PICTURE = { codec: 'h264', format: 'avc', width: 320, height: 180, framerate: FPS } as const;

/** A configuration; the same `id` gives other objects with the same bytes. */
export function pictureConfig(id = 0): H264Config {
  const description = Uint8Array.from([
    1,
    0x4d,
    0x40,
    0x1f,
    0xff,
    0xe1,
    0,
    5,
    0x67,
    0x4d,
    0x40,
    0x1f,
    id,
    1,
    0,
    2,
    0x68,
    0xee,
  ]);
  return { ...PICTURE, codecString: 'avc1.4D401F', description };
}

export function soundConfig(): AacConfig {
  const description = Uint8Array.from([0x11, 0x90]);
  return { codec: 'aac', codecString: 'mp4a.40.2', description, sampleRate: 48000, channels: 2 };
}

/** A track of a part: where it begins, and what its samples say about themselves. */
export interface ReadTrack {
  readonly base: number;
  readonly durations: readonly number[];
  /** Frame numbers, or sample positions. */
  readonly names: readonly number[];
  readonly keyframes: readonly boolean[];
  /** What each picture consists of: 7 and 8 are parameter sets. */
  readonly units: readonly (readonly number[])[];
}

/** Feeds and reads. Each packet's bytes name it, so that what comes out says where it belongs. */
export class PackagerRig {
  readonly parts: Part[] = [];
  readonly packager: Packager;
  picture = pictureConfig();
  sound = soundConfig();

  constructor(options: Partial<Pick<PackagerOptions, 'partFrames' | 'segmentFrames' | 'goesOn'>> = {}) {
    const onPart = (part: Part): void => void this.parts.push(part);
    this.packager = new Packager({ framerate: FPS, partFrames: 15, segmentFrames: 60, ...options, onPart });
  }

  video(frame: number, keyframe = frame % 60 === 0, duration = 1): void {
    const wall = wallTime(WALL_START + (frame * 1000) / FPS);
    const packet = { data: named(frame), pts: pts(frame), duration, wallTime: wall, keyframe };
    this.packager.video({ ...packet, config: this.picture });
  }

  /** Frames `from` up to but without `to`. */
  videos(from: number, to: number): void {
    for (let frame = from; frame < to; frame += 1) this.video(frame);
  }

  /** The unit that begins with this sample. */
  audio(sample: number): void {
    const wall = wallTime(WALL_START + sample / 48);
    const packet = { data: named(sample), pts: pts(sample), duration: UNIT, wallTime: wall, keyframe: true };
    this.packager.audio({ ...packet, config: this.sound });
  }

  /** Units number `from` up to but without `to`, without gaps. */
  audios(from: number, to: number): void {
    for (let unit = from; unit < to; unit += 1) this.audio(unit * UNIT);
  }

  /** Both for `frames` frames from `from`, as a mixer makes them; sound is a little ahead. */
  both(from: number, frames: number): void {
    for (let frame = from; frame < from + frames; frame += 1) {
      this.audios(unitsBefore(frame), unitsBefore(frame + 1));
      this.video(frame);
    }
  }

  /** The same with pictures of `step` frames each; the first one is a key frame. */
  steps(from: number, to: number, step: number): void {
    for (let frame = from; frame < to; frame += step) {
      this.audios(unitsBefore(frame), unitsBefore(frame + step));
      this.video(frame, frame === from || frame % 60 < step, step);
    }
  }

  /** Picture and sound of the part at `index`. */
  read(index: number): { readonly video: ReadTrack; readonly audio: ReadTrack | undefined } {
    const part = this.parts[index];
    if (!part) throw new Error(`There is no part ${index}`);
    const tracks = readFragment(part.data);
    const video = readTrack(tracks, 1);
    if (!video || tracks.some(({ trackId }) => trackId > 2)) throw new Error(`Part ${index} has unexpected tracks`);
    return { video, audio: readTrack(tracks, 2) };
  }

  /** Segment and index of each part: `3.0`. */
  get places(): string[] {
    return this.parts.map(({ segment, index }) => `${segment}.${index}`);
  }
}

/** Units that have begun before a frame ends: what has been made when it is shown. */
export function unitsBefore(frame: number): number {
  return Math.ceil((frame * 1600) / UNIT);
}

function named(number: number): Uint8Array {
  const data = new Uint8Array(8);
  new DataView(data.buffer).setUint32(0, 4);
  new DataView(data.buffer).setUint32(4, number);
  return data;
}

/** Parameter sets may stand before it. */
function nameOf(data: Uint8Array): number {
  return new DataView(data.buffer, data.byteOffset).getUint32(data.byteLength - 4);
}

function unitTypes(data: Uint8Array): number[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const types: number[] = [];
  for (let at = 0; at < data.byteLength; at += 4 + view.getUint32(at)) types.push(view.getUint8(at + 4) & 0x1f);
  return types;
}

function readTrack(tracks: ReturnType<typeof readFragment>, id: number): ReadTrack | undefined {
  const track = tracks.find(({ trackId }) => trackId === id);
  return (
    track && {
      base: track.baseDecodeTime,
      durations: track.samples.map(({ duration }) => duration),
      names: track.samples.map(({ data }) => nameOf(data)),
      units: track.samples.map(({ data }) => unitTypes(data)),
      keyframes: track.samples.map(({ keyframe }) => keyframe),
    }
  );
}
