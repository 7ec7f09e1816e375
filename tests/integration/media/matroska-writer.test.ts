import { beforeAll, describe, expect, it } from 'vitest';
import type { H264Config, VideoConfig } from '../../../src/media/codec.ts';
import { annexbToAvc, splitNalUnits } from '../../../src/media/h264.ts';
import { matroskaFrame, matroskaHeader } from '../../../src/media/matroska-writer.ts';
import { MediaSamples, type SamplePacket } from '../../helpers/media-samples.ts';
import { MediaTools, md5 } from './media-tools.ts';

const FRAMES = 8;
const tools = new MediaTools();
const samples = new MediaSamples();

/** Steps of 40, 54, 68… ms. */
function irregularMs(n: number): number {
  return 7 * n * n + 33 * n;
}

function stream(config: VideoConfig, packets: readonly SamplePacket[], startMs = 0): Uint8Array {
  const frames = packets.map(({ data, keyframe }, n) =>
    matroskaFrame({ data, keyframe, timestampUs: (startMs + irregularMs(n)) * 1000 }),
  );
  return new Uint8Array(Buffer.concat([matroskaHeader(config), ...frames]));
}

/** What ffmpeg shows: time in milliseconds and a checksum of each picture. */
async function decoded(args: readonly string[], input: Uint8Array): Promise<{ pts: number; picture: string }[]> {
  const rawFrames = ['-fps_mode', 'passthrough', '-enc_time_base', '1:1000', '-copyts', '-f', 'framemd5', 'pipe:1'];
  const text = new TextDecoder().decode(await tools.ffmpeg([...args, '-i', 'pipe:0', ...rawFrames], input));
  expect(text).toContain('#tb 0: 1/1000');
  return text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(',').map((field) => field.trim()))
    .map((fields) => ({ pts: Number(fields[2]), picture: fields.at(-1) ?? '' }));
}

describe('live Matroska', () => {
  let h264: { config: H264Config; packets: readonly SamplePacket[] };

  beforeAll(async () => {
    h264 = await samples.h264({ width: 322, height: 182, frames: FRAMES, gopFrames: 4, flash: true });
    return () => samples.close();
  });

  it('is decoded by ffmpeg picture for picture and at its exact times: H.264 with start codes', async () => {
    const shown = await decoded(['-f', 'matroska'], stream(h264.config, h264.packets));
    const elementary = new Uint8Array(Buffer.concat(h264.packets.map(({ data }) => data)));
    const expected = await decoded(['-f', 'h264'], elementary);
    expect(expected).toHaveLength(FRAMES);
    expect(shown).toEqual(expected.map(({ picture }, n) => ({ pts: irregularMs(n), picture })));
  });

  it('is decoded by ffmpeg picture for picture and at its exact times: H.264 with lengths and a description', async () => {
    const units = splitNalUnits(h264.packets[0]?.data ?? new Uint8Array(0));
    const [sps, pps] = [7, 8].map(
      (type) => units.find((unit) => ((unit[0] ?? 0) & 0x1f) === type) ?? new Uint8Array(0),
    );
    const lists = [0xe1, 0, sps?.length ?? 0, ...(sps ?? []), 1, 0, pps?.length ?? 0, ...(pps ?? [])];
    const description = Uint8Array.from([1, ...(sps?.subarray(1, 4) ?? []), 0xff, ...lists]);
    const withLengths = h264.packets.map((packet) => ({ ...packet, data: annexbToAvc(packet.data) }));
    const avc = stream({ ...h264.config, format: 'avc', description }, withLengths);
    expect(await decoded(['-f', 'matroska'], avc)).toEqual(
      await decoded(['-f', 'matroska'], stream(h264.config, h264.packets)),
    );
    const [probed] = (await tools.probe(avc, 'matroska')).streams;
    expect(probed).toMatchObject({ nal_length_size: '4', extradata_size: description.length });
  });

  it('is decoded by ffmpeg at its exact times: VP8', async () => {
    const vp8 = await samples.vp8({ width: 322, height: 182, frames: FRAMES, gopFrames: 4, flash: true });
    const shown = await decoded(['-f', 'matroska'], stream(vp8.config, vp8.packets));
    expect(shown.map(({ pts }) => pts)).toEqual(Array.from({ length: FRAMES }, (_, n) => irregularMs(n)));
  });

  it('holds the frames byte for byte, with their key frames, also days after its start', async () => {
    const month = 31 * 24 * 3600 * 1000 + 1;
    const { packets, streams } = await tools.probe(stream(h264.config, h264.packets, month), 'matroska');
    expect(streams).toMatchObject([{ codec_name: 'h264', width: 322, height: 182, time_base: '1/1000000' }]);
    expect(packets.map(({ pts, keyframe, md5: sum }) => ({ pts, keyframe, sum }))).toEqual(
      h264.packets.map(({ data, keyframe }, n) => ({ pts: (month + irregularMs(n)) * 1000, keyframe, sum: md5(data) })),
    );
    expect(packets.map(({ keyframe }) => keyframe)).toContain(false);
  });

  it('is decoded by ffmpeg at its exact times: Opus, and microseconds', async () => {
    const { config, packets } = await samples.opus({ channels: 2 });
    const startUs = 1_234_567;
    const frames = packets.map(({ data, timestampMs }) =>
      matroskaFrame({ data, keyframe: true, timestampUs: startUs + timestampMs * 1000 }),
    );
    const file = new Uint8Array(Buffer.concat([matroskaHeader(config), ...frames]));
    const probed = await tools.probe(file, 'matroska');
    expect(probed.streams).toMatchObject([
      { codec_name: 'opus', sample_rate: '48000', channels: 2, time_base: '1/1000000' },
    ]);
    expect(probed.packets.map(({ pts, md5: sum }) => ({ pts, sum }))).toEqual(
      packets.map(({ data, timestampMs }) => ({ pts: startUs + timestampMs * 1000, sum: md5(data) })),
    );
    const samplesHeard = await tools.ffmpeg(['-i', 'pipe:0', '-f', 's16le', 'pipe:1'], file);
    // No delay of the encoder is cut off.
    expect(samplesHeard.length / 4).toBe(packets.length * 960);
  });

  it('takes every time of 48 bits', () => {
    const bytes = matroskaFrame({ data: Uint8Array.of(1, 2), keyframe: true, timestampUs: 2 ** 48 - 1 });
    expect([...bytes.subarray(8, 16)]).toEqual([0xe7, 0x86, 255, 255, 255, 255, 255, 255]);
  });

  it('says of each block whether it is a key frame', () => {
    const flags = [true, false].map((keyframe) =>
      matroskaFrame({ data: Uint8Array.of(1, 2), keyframe, timestampUs: 0 }),
    );
    expect(flags.map((bytes) => [...bytes.subarray(-3)])).toEqual([
      [0x80, 1, 2],
      [0, 1, 2],
    ]);
  });

  it.each([-1, 0.5, 2 ** 48, Number.NaN])('refuses the time %d', (timestampUs) => {
    expect(() => matroskaFrame({ data: new Uint8Array(1), keyframe: true, timestampUs })).toThrow(RangeError);
  });

  it('refuses a frame or a description whose length it cannot tell', () => {
    const data = new Uint8Array(2 ** 28);
    expect(() => matroskaFrame({ data, keyframe: true, timestampUs: 0 })).toThrow(RangeError);
    const config: H264Config = { ...h264.config, format: 'avc', description: new Uint8Array(2 ** 14) };
    expect(() => matroskaHeader(config)).toThrow(RangeError);
  });
});
