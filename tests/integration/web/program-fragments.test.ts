import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { H264Config, OpusConfig } from '../../../src/media/codec.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import type { Frame } from '../../../src/protocol/frame.ts';
import { avcDescription, PictureFragments, SoundFragments } from '../../../web/playback/mse/program-fragments.ts';
import { MediaSamples, type Sample, type SamplePacket } from '../../helpers/media-samples.ts';
import { MediaTools } from '../media/media-tools.ts';

const ORIGIN_US = 1_800_000_000_000_000;
const SOUND = { type: 'config', track: 17, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 } as const;

let samples: MediaSamples;
let tools: MediaTools;
let picture: Sample<H264Config>;
let sound: Sample<OpusConfig>;

beforeAll(async () => {
  samples = new MediaSamples();
  tools = new MediaTools();
  [picture, sound] = await Promise.all([
    samples.h264({ frames: 6, gopFrames: 3 }),
    samples.opus({ seconds: 0.2, channels: 2 }),
  ]);
});
afterAll(() => samples.close());

function frameOf(track: number, { data, keyframe, timestampMs, durationMs }: SamplePacket): Frame {
  const flags = { keyframe, discontinuity: false, endOfTrack: false, muted: false };
  const times = { captureUs: ORIGIN_US + Math.round(timestampMs * 1000), durationUs: Math.round(durationMs * 1000) };
  return { header: { kind: 'video', ...flags, ...times, track, seq: 0, configId: 0, level: 0 }, payload: data };
}

function configured(originUs = ORIGIN_US): PictureFragments {
  const { codecString, width, height, framerate } = picture.config;
  const fragments = new PictureFragments(originUs);
  fragments.configure({ type: 'config', track: 16, id: 0, codec: 'h264', codecString, width, height, framerate });
  return fragments;
}

describe('fragments of the program', () => {
  it('are an MP4 of its pictures that others can read', async () => {
    const fragments = configured();
    const parts = picture.packets.flatMap((packet) => fragments.take(frameOf(16, packet)) ?? []);
    const { streams, packets } = await tools.probe(Buffer.concat(parts), 'mp4');
    expect(streams).toMatchObject([{ codec_name: 'h264', width: 320, height: 180 }]);
    expect(packets.map(({ pts, keyframe }) => [Math.round(pts / 1000), keyframe])).toEqual(
      picture.packets.map(({ timestampMs, keyframe }) => [Math.round(timestampMs), keyframe]),
    );
  });

  it('are an MP4 of its sound that others can read', async () => {
    const fragments = new SoundFragments(ORIGIN_US);
    fragments.configure(SOUND);
    const parts = sound.packets.flatMap((packet) => fragments.take(frameOf(17, packet)) ?? []);
    const { streams, packets } = await tools.probe(Buffer.concat(parts), 'mp4');
    expect(streams).toMatchObject([{ codec_name: 'opus', channels: 2, sample_rate: '48000' }]);
    expect(packets.map(({ size }) => size)).toEqual(sound.packets.map(({ data }) => data.length));
  });

  it('begin anew with other parameter sets or another configuration, and only then', () => {
    const fragments = configured();
    const [first, second, , fourth] = picture.packets.map((packet) => fragments.take(frameOf(16, packet))?.length);
    expect([first, second, fourth]).toEqual([2, 1, 1]);
    const size = { codecString: 'avc1.42E01F', width: 2, height: 2, framerate: 1 };
    fragments.configure({ type: 'config', track: 16, id: 1, codec: 'h264', ...size });
    expect(fragments.take(frameOf(16, picture.packets[3] as SamplePacket))).toHaveLength(2);
  });

  it('leave out what nobody could play: before a key frame, before the beginning, without a configuration', () => {
    expect(configured().take(frameOf(16, picture.packets[1] as SamplePacket))).toBeUndefined();
    expect(configured(ORIGIN_US + 1).take(frameOf(16, picture.packets[0] as SamplePacket))).toBeUndefined();
    expect(new PictureFragments(0).take(frameOf(16, picture.packets[0] as SamplePacket))).toBeUndefined();
    expect(new SoundFragments(0).take(frameOf(17, sound.packets[0] as SamplePacket))).toBeUndefined();
  });
});

describe('the description of a key frame', () => {
  it('holds its parameter sets', () => {
    const description = avcDescription(picture.packets[0]?.data ?? new Uint8Array(0));
    expect(parseAvcC(description ?? new Uint8Array(0))).toMatchObject({
      codecString: picture.config.codecString,
      nalLengthSize: 4,
    });
  });

  it('is missing where there are none', () => {
    expect(avcDescription(picture.packets[1]?.data ?? new Uint8Array(0))).toBeUndefined();
    expect(avcDescription(Uint8Array.of(0, 0, 1, 0x67, 1, 0, 0, 1, 0x68))).toBeUndefined();
  });
});
