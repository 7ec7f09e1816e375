import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeAudioArgs, encodeVideoArgs } from '../../../src/ffmpeg/encode-args.ts';
import { Packager } from '../../../src/hls/packager.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import type { Part } from '../../../src/media/part.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ffmpeg } from './program-media.ts';

const EDGE = 64;
const BYTES = (EDGE * EDGE * 3) / 2;
const RATE = 48_000;
const UNIT = 1024;
const SECONDS = 5;
const DAY = 86_400;

/** Pictures of which each whole second begins with a white one, and is black else. */
function flashes(framerate: number): Buffer {
  const raw = Buffer.alloc(SECONDS * framerate * BYTES, 128);
  for (let frame = 0; frame < SECONDS * framerate; frame += 1) {
    raw.fill(frame % framerate === 0 ? 235 : 16, frame * BYTES, frame * BYTES + EDGE * EDGE);
  }
  return raw;
}

/** Sound of which each whole second begins with a tone, and is silent else. */
function beeps(): Buffer {
  const tone = Float32Array.from({ length: (SECONDS + 1) * RATE * 2 }, (_, index) => {
    const sample = Math.floor(index / 2);
    return sample % RATE < RATE / 20 ? 0.6 * Math.cos((2 * Math.PI * 1000 * sample) / RATE) : 0;
  });
  return Buffer.from(tone.buffer);
}

async function coded(args: readonly string[], raw: Buffer, kind: 'video' | 'audio') {
  const tags: FlvTag[] = [];
  const reader = new FlvReader({ maxTagBytes: 1024 * 1024, onTag: (tag) => tags.push(tag) });
  reader.push(await ffmpeg(args, raw));
  const description = tags.find((tag) => tag.kind === `${kind}-config`)?.data ?? new Uint8Array(0);
  return { description, media: tags.flatMap((tag) => (tag.kind === kind ? [tag] : [])) };
}

/** What a room's encoders and packager make of flashes and beeps, of a session that began so many seconds ago. */
async function film(framerate: number, agoS: number): Promise<string> {
  const { segmentFrames, partFrames } = streamTimes('standard', framerate, 2);
  const form = { width: EDGE, height: EDGE, framerate };
  const video = encodeVideoArgs({ ...form, kbit: 300, preset: 'ultrafast', gopFrames: segmentFrames });
  const [pictures, sound] = await Promise.all([
    coded(video, flashes(framerate), 'video'),
    coded(encodeAudioArgs({ kbit: 128 }), beeps(), 'audio'),
  ]);
  const { description } = pictures;
  const { codecString } = parseAvcC(description);
  const config: H264Config = { codec: 'h264', format: 'avc', codecString, description, ...form };
  const aac = { codec: 'aac', codecString: 'mp4a.40.2', sampleRate: RATE, channels: 2 } as const;
  const heard: AacConfig = { ...aac, description: sound.description };
  const parts: Part[] = [];
  const packager = new Packager({
    framerate,
    partFrames,
    segmentFrames,
    onPart: (part) => void parts.push(part),
  });
  const wall = wallTime(0);
  // The first unit is the encoder's priming.
  for (const [index, { data }] of sound.media.slice(1).entries()) {
    const position = { pts: pts(agoS * RATE + index * UNIT), duration: UNIT };
    packager.audio({ ...position, data, wallTime: wall, keyframe: true, config: heard });
  }
  for (const [index, { data, keyframe }] of pictures.media.entries()) {
    packager.video({ pts: pts(agoS * framerate + index), duration: 1, data, wallTime: wall, keyframe, config });
  }
  packager.end();
  const path = join(await tempDir(), 'film.mp4');
  await writeFile(path, Buffer.concat([parts[0]?.init.data ?? Buffer.alloc(0), ...parts.map(({ data }) => data)]));
  return path;
}

/** Times of a track's packets, seconds. */
async function times(path: string, kind: 'v' | 'a'): Promise<number[]> {
  const entries = ['-show_entries', 'packet=pts:stream=time_base', '-of', 'json'];
  const json = await ffmpeg(['-v', 'error', '-select_streams', kind, ...entries, path], undefined, 'ffprobe');
  const { packets, streams } = JSON.parse(json.toString()) as {
    packets: { pts: number }[];
    streams: { time_base: string }[];
  };
  const [, scale] = (streams[0]?.time_base ?? '1/1').split('/').map(Number);
  return packets.map(({ pts: ticks }) => ticks / (scale ?? 1));
}

const ages = [
  { age: 'a session that has just begun', agoS: 0 },
  { age: 'one of 25 days', agoS: 25 * DAY },
  { age: 'one of two years', agoS: 730 * DAY },
];
const all = [7, 24, 60].flatMap((framerate) => ages.map((one) => ({ framerate, ...one })));

it.each(all)(
  'in $age at $framerate frames a second every picture and sound has its time',
  async ({ framerate, agoS }) => {
    const path = await film(framerate, agoS);
    const shown = await times(path, 'v');
    expect(shown.length).toBe(SECONDS * framerate);
    for (const [frame, at] of shown.entries()) expect(at).toBeCloseTo(agoS + frame / framerate, 6);
    const grey = [
      '-map',
      '0:v',
      '-fps_mode',
      'passthrough',
      '-vf',
      'scale=1:1',
      '-pix_fmt',
      'gray',
      '-f',
      'rawvideo',
      '-',
    ];
    const luma = await ffmpeg(['-v', 'error', '-xerror', '-i', path, ...grey]);
    const flashed = [...luma].flatMap((value, frame) => (value > 128 ? [shown[frame]] : []));
    expect(flashed.map((at) => Math.round(((at ?? 0) - agoS) * 1e6) / 1e6)).toEqual([0, 1, 2, 3, 4]);
    const [soundFrom = 0] = await times(path, 'a');
    const pcm = await ffmpeg(['-v', 'error', '-xerror', '-i', path, '-map', '0:a', '-ac', '1', '-f', 'f32le', '-']);
    const samples = new Float32Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 4);
    for (const second of [1, 2, 3, 4]) {
      // From the silence before it on.
      const from = Math.round((agoS + second - 0.2 - soundFrom) * RATE);
      const onset = samples.subarray(from).findIndex((value) => Math.abs(value) > 0.3);
      const heardS = soundFrom - agoS + (from + onset) / RATE;
      expect(Math.abs(heardS - second)).toBeLessThan(0.002);
    }
  },
);
