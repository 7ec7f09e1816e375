/** Small real media, made on the spot by FFmpeg: one colour to see, one tone to hear. */
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import type { H264Config, OpusConfig, Vp8Config } from '../../src/media/codec.ts';
import { splitNalUnits } from '../../src/media/h264.ts';
import { parseSps } from '../../src/media/h264-sps.ts';
import { type NutPacket, NutReader } from '../../src/media/nut-reader.ts';

/** One coded frame; times in milliseconds from the start, fractional. */
export interface SamplePacket {
  readonly data: Uint8Array;
  readonly timestampMs: number;
  readonly durationMs: number;
  readonly keyframe: boolean;
}

/** Coded frames with the configuration that a sender would announce. */
export interface Sample<C> {
  readonly config: C;
  readonly packets: readonly SamplePacket[];
}

/** A picture. Defaults: red, 320x180, 30 frames of 30 per second, one key frame. */
export interface PictureOptions {
  /** FFmpeg's colour syntax: a name or `0xRRGGBB`. */
  readonly colour?: string;
  readonly width?: number;
  readonly height?: number;
  readonly framerate?: number;
  readonly frames?: number;
  /** Distance of key frames. */
  readonly gopFrames?: number;
  /** White for the first tenth of every second. */
  readonly flash?: boolean;
  /** Slices of each H.264 picture; default: as the encoder likes. */
  readonly slices?: number;
}

/** A sound. Defaults: 440 Hz, one second, mono. */
export interface ToneOptions {
  readonly toneHz?: number;
  readonly seconds?: number;
  readonly channels?: 1 | 2;
  /** Heard for the first tenth of every second only. */
  readonly beep?: boolean;
  /** Length of an Opus packet; default 20. */
  readonly packetMs?: 20 | 120;
}

const MAX_BYTES = 64 * 1024 * 1024;
/** What was encoded once is there for every test file, and for the next run: each start of an encoder is a tenth of a second. */
const KEPT = fileURLToPath(new URL('../../node_modules/.cache/media-samples/', import.meta.url));
const AMPLITUDE = 0.25;
const runFile = promisify(execFile);

/**
 * Makes samples and remembers them; one per test file, closed in `afterAll`. Files live in a folder of its own in the system's
 * temporary folder.
 */
export class MediaSamples {
  readonly #made = new Map<string, Promise<unknown>>();
  readonly #folder = mkdtemp(join(tmpdir(), 'gridcast-samples-'));
  readonly #ffmpeg = locateFfmpeg({});

  /** Annex B with the parameter sets in each key frame, constrained baseline. */
  h264(options: PictureOptions = {}): Promise<Sample<H264Config>> {
    return this.#once(['h264', options], async () => {
      const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'];
      const slices = options.slices === undefined ? [] : ['-slices', String(options.slices)];
      const packets = await this.#encodePicture(options, [...codec, ...slices, '-bsf:v', 'dump_extra=freq=keyframe']);
      const sps = splitNalUnits(packets[0]?.data ?? new Uint8Array(0)).find((unit) => ((unit[0] ?? 0) & 0x1f) === 7);
      if (!sps) throw new Error('The H.264 sample does not start with an SPS');
      const { width, height, codecString } = parseSps(sps);
      const framerate = options.framerate ?? 30;
      return { config: { codec: 'h264', format: 'annexb', codecString, width, height, framerate }, packets };
    });
  }

  vp8(options: PictureOptions = {}): Promise<Sample<Vp8Config>> {
    return this.#once(['vp8', options], async () => {
      const codec = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-lag-in-frames', '0', '-b:v', '1M'];
      const packets = await this.#encodePicture(options, [...codec, '-auto-alt-ref', '0']);
      const { width = 320, height = 180, framerate = 30 } = options;
      return { config: { codec: 'vp8', codecString: 'vp8', width, height, framerate }, packets };
    });
  }

  opus(options: ToneOptions = {}): Promise<Sample<OpusConfig>> {
    return this.#once(['opus', options], async () => {
      const channels = options.channels ?? 1;
      const { packetMs = 20 } = options;
      const codec = ['-ac', String(channels), '-c:a', 'libopus', '-b:a', '64k', '-frame_duration', String(packetMs)];
      const packets = await this.#encode([...toneInput(options), ...codec], packetMs);
      return { config: { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels }, packets };
    });
  }

  /** An MP4 file (H.264 and AAC) as people have them; `seconds` holds for both. */
  file(options: PictureOptions & ToneOptions = {}): Promise<string> {
    return this.#once(['file', options], async () => {
      const seconds = options.seconds ?? 2;
      const frames = Math.round(seconds * (options.framerate ?? 30));
      const path = join(await this.#folder, `${this.#made.size}.mp4`);
      const inputs = [...pictureInput({ ...options, frames }), ...toneInput({ ...options, seconds })];
      const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(options.gopFrames ?? 60)];
      const sound = ['-ac', String(options.channels ?? 1), '-c:a', 'aac'];
      await copyFile(await this.#encoded([...inputs, ...video, ...sound, '-pix_fmt', 'yuv420p'], 'mp4'), path);
      return path;
    });
  }

  /** An Ogg file with Opus in it. */
  soundFile(options: ToneOptions = {}): Promise<string> {
    return this.#once(['sound file', options], async () => {
      const path = join(await this.#folder, `${this.#made.size}.ogg`);
      await copyFile(await this.#encoded([...toneInput(options), '-c:a', 'libopus', '-b:a', '64k'], 'ogg'), path);
      return path;
    });
  }

  /** Removes the folder. */
  async close(): Promise<void> {
    await rm(await this.#folder, { recursive: true, force: true });
  }

  #encodePicture(options: PictureOptions, codec: readonly string[]): Promise<SamplePacket[]> {
    const gop = ['-g', String(options.gopFrames ?? 9999), '-pix_fmt', 'yuv420p'];
    return this.#encode([...pictureInput(options), ...codec, ...gop], 1000 / (options.framerate ?? 30));
  }

  async #encode(args: readonly string[], durationMs: number): Promise<SamplePacket[]> {
    return readNut(await readFile(await this.#encoded(args, 'nut'))).map(({ pts, stream, data, keyframe }) => ({
      data,
      timestampMs: (pts * stream.timebase.num * 1000) / stream.timebase.den,
      durationMs,
      keyframe,
    }));
  }

  /** A file with what FFmpeg makes of these arguments, which others read, too. */
  async #encoded(args: readonly string[], format: 'nut' | 'mp4' | 'ogg'): Promise<string> {
    const { path, version } = await this.#ffmpeg;
    const name = createHash('sha256')
      .update(JSON.stringify([version, format, args]))
      .digest('hex');
    const kept = join(KEPT, `${name}.${format}`);
    if (existsSync(kept)) return kept;
    await mkdir(KEPT, { recursive: true });
    const making = join(KEPT, `${randomUUID()}.${format}`);
    await runFile(path, ['-v', 'error', '-nostdin', ...args, '-f', format, making]);
    // Whole or not there, whoever else makes the same at this moment.
    await rename(making, kept);
    return kept;
  }

  #once<T>(key: unknown, make: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const made = (this.#made.get(name) as Promise<T> | undefined) ?? make();
    this.#made.set(name, made);
    return made;
  }
}

/** All packets of a complete NUT file. */
export function readNut(bytes: Uint8Array): NutPacket[] {
  const packets: NutPacket[] = [];
  new NutReader({ maxPacketBytes: MAX_BYTES, onPacket: (packet) => packets.push(packet) }).push(bytes);
  return packets;
}

function pictureInput(options: PictureOptions): string[] {
  const { colour = 'red', width = 320, height = 180, framerate = 30, frames = 30, flash = false } = options;
  const flashes = flash ? ",drawbox=t=fill:color=white:enable='lt(mod(t,1),0.1)'" : '';
  const source = `color=c=${colour}:size=${width}x${height}:rate=${framerate}${flashes},trim=end_frame=${frames}`;
  return ['-f', 'lavfi', '-i', source];
}

function toneInput(options: ToneOptions): string[] {
  const { toneHz = 440, seconds = 1, beep = false } = options;
  const gate = beep ? '*lt(mod(t,1),0.1)' : '';
  return ['-f', 'lavfi', '-i', `aevalsrc='${AMPLITUDE}*sin(2*PI*${toneHz}*t)${gate}':s=48000:d=${seconds}`];
}
