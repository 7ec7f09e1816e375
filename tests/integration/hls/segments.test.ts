import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile } from 'mp4box';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureData } from '../../../src/hls/tracks.ts';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Part } from '../../../src/media/part.ts';
import { packetsOf } from '../../helpers/probed-film.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ServedSession, packaged } from './packaged-session.ts';
import { FPS, GOP, WALL_START, audioRun, ffmpeg, videoRun } from './program-media.ts';

const TICKS = 512;
const UNIT = 1024;

/** Seven seconds of sound; four seconds of pictures, then, after a second without, another encoder's two seconds. */
let sound: Packet<AacConfig>[];
let first: Packet<H264Config>[];
let second: Packet<H264Config>[];
/** Of the first four seconds alone, and of everything. */
let plain: Part[];
let broken: Part[];

beforeAll(async () => {
  [sound, first, second] = await Promise.all([audioRun(7), videoRun(0, 4 * FPS), videoRun(5 * FPS, 2 * FPS)]);
  plain = packaged(first, sound);
  broken = packaged([...first.slice(0, 100), ...second], sound);
});

function film(parts: readonly Part[]): Buffer {
  return Buffer.concat([parts[0]?.init.data ?? Buffer.alloc(0), ...parts.map(({ data }) => data)]);
}

async function onDisk(data: Uint8Array): Promise<string> {
  const path = join(await tempDir(), 'film.mp4');
  await writeFile(path, data);
  return path;
}

/** Decodes everything; every complaint is an error. Gives the number of pictures. */
async function decoded(input: string): Promise<number> {
  const output = [
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'gray',
    '-vf',
    'scale=1:1',
    '-',
  ];
  await ffmpeg(['-v', 'warning', '-xerror', '-i', input, '-f', 'null', '-']);
  return (await ffmpeg(['-v', 'error', '-i', input, ...output])).length;
}

describe('init and parts of a program', () => {
  it('are a film that decodes without a complaint, every picture of it', async () => {
    expect(await decoded(await onDisk(film(plain)))).toBe(4 * FPS);
  });

  it('have exact times: pictures 512 ticks apart, sound 1024 samples, both from zero', async () => {
    const path = await onDisk(film(plain));
    const video = await packetsOf(path, 'v');
    expect(video.map(({ pts }) => pts)).toEqual(first.map((_, frame) => frame * TICKS));
    expect(new Set(video.map(({ duration }) => duration))).toEqual(new Set([TICKS]));
    const keys = video.flatMap(({ flags }, frame) => (flags.startsWith('K') ? [frame] : []));
    expect(keys).toEqual([0, 60]);
    const audio = await packetsOf(path, 'a');
    expect(audio.map(({ pts }) => pts)).toEqual(audio.map((_, unit) => unit * UNIT));
    expect(audio.length).toBe(Math.ceil((4 * 48000) / UNIT));
  });

  it('are read alike by another reader, codecs and all', () => {
    const file = createFile();
    const data = film(plain);
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    file.appendBuffer(Object.assign(bytes, { fileStart: 0 }));
    file.flush();
    const info = file.getInfo();
    expect(info.isFragmented).toBe(true);
    expect(info.tracks.map(({ id, timescale }) => [id, timescale])).toEqual([
      [1, FPS * TICKS],
      [2, 48000],
    ]);
    expect(info.tracks.map(({ codec }) => codec.toLowerCase())).toEqual(
      plain[0]?.init.codecs.map((codec) => codec.toLowerCase()),
    );
    for (const [id, expected] of [
      [1, first.map((picture, frame) => [frame * TICKS, pictureData(picture).byteLength])],
      [2, sound.slice(0, 188).map(({ data }, unit) => [unit * UNIT, data.byteLength])],
    ] as const) {
      expect(file.getTrackSamplesInfo(id).map(({ dts, size }) => [dts, size])).toEqual(expected);
    }
  });

  it('are segments that each can be decoded alone, at their own time', async () => {
    const init = plain[0]?.init.data ?? Buffer.alloc(0);
    for (const segment of [0, 1]) {
      const own = plain.filter((part) => part.segment === segment).map(({ data }) => data);
      const path = await onDisk(Buffer.concat([init, ...own]));
      expect(await decoded(path)).toBe(GOP);
      expect((await packetsOf(path, 'v'))[0]?.pts).toBe(segment * GOP * TICKS);
    }
  });
});

describe('a program whose encoder was started again', () => {
  it('goes on with the same init, at the right times, and decodes without a complaint', async () => {
    expect(new Set(broken.map(({ init }) => init)).size).toBe(1);
    expect(broken.filter(({ discontinuity }) => discontinuity).map(({ firstFrame }) => firstFrame)).toEqual([150]);
    const path = await onDisk(film(broken));
    expect(await decoded(path)).toBe(100 + 60);
    const frames = [...first.slice(0, 100), ...second].map(({ pts }) => pts * TICKS);
    expect((await packetsOf(path, 'v')).map(({ pts }) => pts)).toEqual(frames);
    const audio = (await packetsOf(path, 'a')).map(({ pts }) => pts);
    // The sound of the gap is gone; what is left is where it was.
    expect(audio.every((time) => time % UNIT === 0)).toBe(true);
    const gaps = audio.slice(1).flatMap((time, index) => (time - (audio[index] ?? 0) === UNIT ? [] : [index + 1]));
    expect(gaps.map((index) => audio[index])).toEqual([234 * UNIT]);
  });
});

describe('the origin, seen by a player', () => {
  let session: ServedSession;

  beforeAll(async () => {
    session = await ServedSession.open(broken);
  });
  afterAll(() => session.close());

  it('plays over the break, every picture and at most the sound of the gap missing', async () => {
    const url = session.playlistUrl;
    const video = await packetsOf(url, 'v');
    expect(video).toHaveLength(160);
    expect(video.filter(({ flags }) => flags.startsWith('K'))).toHaveLength(3);
    const output = await ffmpeg([
      '-v',
      'error',
      '-i',
      url,
      '-map',
      '0:v',
      '-f',
      'rawvideo',
      '-vf',
      'scale=1:1',
      '-pix_fmt',
      'gray',
      '-fps_mode',
      'passthrough',
      '-',
    ]);
    expect(output).toHaveLength(160);
  });

  it('tells the time of each segment', async () => {
    const { body } = await session.origin.get('demo', 's1/live.m3u8', new URLSearchParams());
    const times = [...String(body).matchAll(/PROGRAM-DATE-TIME:(.*)/g)].map(
      ([, time = '']) => Date.parse(time) - WALL_START,
    );
    expect(times).toEqual([0, 2000, 5000]);
  });
});
