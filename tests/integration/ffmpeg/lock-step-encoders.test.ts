import { describe, expect, it } from 'vitest';
import { encodeAudioArgs, encodeVideoArgs } from '../../../src/ffmpeg/encode-args.ts';
import type { FlvTag } from '../../../src/media/flv-reader.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import { parseSps } from '../../../src/media/h264-sps.ts';
import { LiveRun } from './live-run.ts';

const FORMAT = { width: 320, height: 180, framerate: 30, kbit: 500, preset: 'ultrafast', gopFrames: 10 };
const PICTURE_BYTES = (FORMAT.width * FORMAT.height * 3) / 2;
const UNIT_SAMPLES = 1024;
const SAMPLE_RATE = 48_000;
/** The mixer's step: 20 ms of two channels. */
const BLOCK_SAMPLES = 960;

type MediaTag = Extract<FlvTag, { timestampMs: number }>;

function media(tags: readonly FlvTag[]): MediaTag[] {
  return tags.filter((tag): tag is MediaTag => 'timestampMs' in tag);
}

/** Every third one is nothing like the one before: a change of scene asks for a key frame wherever it may. */
function picture(index: number): Uint8Array {
  const bytes = new Uint8Array(PICTURE_BYTES);
  const scene = Math.floor(index / 3);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = 16 + ((((at * (3 + 2 * scene)) ^ (at >> 5)) + 80 * scene) % 220);
  return bytes;
}

/** Kinds of the NAL units of a tag with 4-byte lengths. */
function unitTypes(data: Uint8Array): number[] {
  const types: number[] = [];
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < data.length; at += 4 + view.getUint32(at)) types.push((data[at + 4] ?? 0) & 0x1f);
  return types;
}

/** `slice_type` modulo 5 of each slice: 0 P, 1 B, 2 I. */
function sliceTypes(data: Uint8Array): number[] {
  const types: number[] = [];
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let at = 0; at < data.length; at += 4 + view.getUint32(at)) {
    const type = (data[at + 4] ?? 0) & 0x1f;
    if (type !== 1 && type !== 5) continue;
    const bits = [...data.subarray(at + 5, at + 13)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
    const [, rest] = expGolomb(bits);
    types.push(expGolomb(rest)[0] % 5);
  }
  return types;
}

function expGolomb(bits: string): [value: number, rest: string] {
  const zeros = bits.indexOf('1');
  return [Number.parseInt(bits.slice(zeros, 2 * zeros + 1), 2) - 1, bits.slice(2 * zeros + 1)];
}

describe('the encoder of the live picture', () => {
  it.each(['ultrafast', 'veryfast', 'medium'])(
    'gives each packet before it gets the next picture (%s)',
    async (preset) => {
      const run = await LiveRun.encoder(encodeVideoArgs({ ...FORMAT, preset }));
      for (let index = 0; index < 25; index += 1) {
        run.feed(picture(index));
        await run.arrived(index + 2);
      }
      run.process.input.end();
      expect(await run.process.exit).toMatchObject({ code: 0, stderrTail: [] });
      const [config, ...packets] = run.items;
      expect(config?.kind).toBe('video-config');
      const tags = media(packets);
      expect(tags).toHaveLength(25);
      expect(tags.map(({ keyframe }) => keyframe)).toEqual(tags.map((_, index) => index % FORMAT.gopFrames === 0));
      expect(tags.map(({ timestampMs }) => timestampMs)).toEqual(
        tags.map((_, index) => Math.round((index * 1000) / 30)),
      );
      for (const { data, keyframe } of tags) {
        expect(unitTypes(data).filter((type) => type < 6)).toEqual(
          unitTypes(data).filter((type) => type === (keyframe ? 5 : 1)),
        );
        expect(new Set(sliceTypes(data))).toEqual(new Set([keyframe ? 2 : 0]));
      }
    },
  );

  it('promises decoders that nothing is reordered', async () => {
    const run = await LiveRun.encoder(encodeVideoArgs({ ...FORMAT, preset: 'medium' }));
    run.feed(picture(0));
    await run.arrived(1);
    const [sps] = parseAvcC(run.items[0]?.data ?? new Uint8Array(0)).sps.map(parseSps);
    expect(sps).toMatchObject({ width: 320, height: 180, profile: 77, reorderFrames: 0 });
  });

  it('would hold pictures back without the tune for low delay', async () => {
    const args = encodeVideoArgs(FORMAT);
    const run = await LiveRun.encoder(args.toSpliced(args.indexOf('-tune'), 2));
    run.feed(picture(0));
    expect(await run.holdsBack(2)).toBe(true);
    for (let index = 1; index < 25; index += 1) run.feed(picture(index));
    await run.arrived(2);
  });
});

/** A tone, from sample `from` of it. */
function block(from: number): Uint8Array {
  const floats = Float32Array.from({ length: BLOCK_SAMPLES * 2 }, (_, at) => Math.sin((from + (at >> 1)) / 20) / 4);
  return new Uint8Array(floats.buffer);
}

describe('the encoder of the live sound', () => {
  it('gives each unit as soon as the next one is complete, block by block', async () => {
    const run = await LiveRun.encoder(encodeAudioArgs({ kbit: 128 }));
    let samples = 0;
    for (; samples < SAMPLE_RATE; samples += BLOCK_SAMPLES) {
      run.feed(block(samples));
      // The configuration, and all units but the newest: AAC looks one ahead.
      const units = Math.floor((samples + BLOCK_SAMPLES) / UNIT_SAMPLES) - 1;
      if (units > 0) await run.arrived(1 + units);
    }
    run.process.input.end();
    expect(await run.process.exit).toMatchObject({ code: 0, stderrTail: [] });
    const [config, ...units] = run.items;
    // AAC-LC (2), 48 kHz (3), two channels, of which the first 16 bits tell.
    expect(config).toMatchObject({ kind: 'audio-config' });
    expect([...(config?.data.subarray(0, 2) ?? [])]).toEqual([(2 << 3) | (3 >> 1), ((3 & 1) << 7) | (2 << 3)]);
    // All samples, and one unit before them that the encoder needs to start.
    expect(units).toHaveLength(Math.ceil(samples / UNIT_SAMPLES) + 1);
    const unitMs = (UNIT_SAMPLES * 1000) / SAMPLE_RATE;
    const firstMs = media(units)[0]?.timestampMs ?? Number.NaN;
    for (const [index, { timestampMs }] of media(units).entries()) {
      expect(Math.abs(timestampMs - firstMs - index * unitMs)).toBeLessThanOrEqual(1);
    }
  });

  it('would hold units back if its packets were not flushed', async () => {
    const args = encodeAudioArgs({ kbit: 128 });
    const run = await LiveRun.encoder(args.with(args.indexOf('-flush_packets') + 1, '0'));
    for (let index = 0; index < 10; index += 1) run.feed(block(index * BLOCK_SAMPLES));
    expect(await run.holdsBack(1)).toBe(true);
    run.process.input.end();
    await run.process.exit;
    expect(run.items.length).toBeGreaterThan(9);
  });
});
