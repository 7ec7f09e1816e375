import { afterAll, describe, expect, it } from 'vitest';
import { decodeVideoArgs } from '../../../src/ffmpeg/live-args.ts';
import type { VideoConfig } from '../../../src/media/codec.ts';
import { matroskaFrame, matroskaHeader } from '../../../src/media/matroska-writer.ts';
import type { NutPacket } from '../../../src/media/nut-reader.ts';
import { MediaSamples, type Sample, type SamplePacket } from '../../helpers/media-samples.ts';
import { LiveRun } from './live-run.ts';

const samples = new MediaSamples();
afterAll(() => samples.close());

const TILE = { width: 256, height: 144, maxPixels: 1920 * 1088 };
const TILE_BYTES = (TILE.width * TILE.height * 3) / 2;
/** Black and red of video range. */
const BLACK_LUMA = 16;
const RED_LUMA = 81;

/** As senders have them: neither even nor without a break. */
function captureTime(index: number): number {
  return 5000 + index * 33 + (index % 3) + (index >= 10 ? 7000 : 0);
}

function matroska(packet: SamplePacket, timestampMs: number): Uint8Array {
  return matroskaFrame({ data: packet.data, keyframe: packet.keyframe, timestampUs: timestampMs * 1000 });
}

function timeMs({ pts, stream }: NutPacket): number {
  return (pts * stream.timebase.num * 1000) / stream.timebase.den;
}

/** Frame by frame, each picture before the next frame. */
async function lockStep(run: LiveRun<NutPacket>, config: VideoConfig, packets: readonly SamplePacket[]): Promise<void> {
  run.feed(matroskaHeader(config));
  for (const [index, packet] of packets.entries()) {
    run.feed(matroska(packet, captureTime(index)));
    await run.arrived(index + 1);
  }
}

function lumaAt(packet: NutPacket | undefined, x: number, y: number): number {
  return packet?.data[y * TILE.width + x] ?? Number.NaN;
}

describe.each(['h264', 'vp8'] as const)('a decoder of live %s', (codec) => {
  const args = decodeVideoArgs({ ...TILE, codec, fit: 'contain' });
  const sample = (options: Parameters<MediaSamples['h264']>[0]): Promise<Sample<VideoConfig>> =>
    samples[codec](options);

  it('gives each picture before it gets the next frame, with its time, in exactly the size asked', async () => {
    const { config, packets } = await sample({ frames: 30, gopFrames: 15 });
    const run = await LiveRun.decoder(args);
    await lockStep(run, config, packets);
    expect(run.items.map(timeMs)).toEqual(packets.map((_, index) => captureTime(index)));
    for (const { data, stream } of run.items) {
      expect(data).toHaveLength(TILE_BYTES);
      expect(stream).toMatchObject({ kind: 'video', width: TILE.width, height: TILE.height });
    }
    run.process.input.end();
    expect(await run.process.exit).toMatchObject({ kind: 'stopped', code: 0, stderrTail: [] });
    expect(run.items).toHaveLength(packets.length);
  });

  it('goes on for years: beyond 31 and 32 bits of microseconds and of milliseconds', async () => {
    const borders = [2 ** 31, 2 ** 32, 2 ** 31 * 1000, 2 ** 32 * 1000, 2 ** 47];
    const { config, packets } = await sample({ frames: 30, gopFrames: 15 });
    const times = borders.flatMap((border) => [border - 33_000, border - 1, border, border + 33_333]);
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    for (const [index, timestampUs] of times.entries()) {
      const { data, keyframe } = packets[index] as SamplePacket;
      run.feed(matroskaFrame({ data, keyframe, timestampUs }));
      await run.arrived(index + 1);
    }
    expect(run.items.map(({ pts, stream }) => (pts * stream.timebase.num * 1e6) / stream.timebase.den)).toEqual(times);
  });

  it('decodes the pictures of a hidden beginning, and gives those after it in step', async () => {
    const { config, packets } = await sample({ frames: 30, gopFrames: 30, flash: true });
    const hiddenMs = captureTime(12);
    const run = await LiveRun.decoder(decodeVideoArgs({ ...TILE, codec, fit: 'contain', hiddenMs }));
    run.feed(matroskaHeader(config));
    for (const [index, packet] of packets.entries()) {
      run.feed(matroska(packet, captureTime(index)));
      if (index >= 12) await run.arrived(index - 11);
    }
    expect(run.items.map(timeMs)).toEqual(packets.slice(12).map((_, index) => captureTime(index + 12)));
    expect(Math.abs(lumaAt(run.items[0], 128, 72) - RED_LUMA)).toBeLessThan(4);
  });

  it('fits pictures of another shape between black bars', async () => {
    const { config, packets } = await sample({ width: 240, height: 180, frames: 3 });
    const run = await LiveRun.decoder(args);
    await lockStep(run, config, packets);
    for (const picture of run.items) {
      expect(picture.data).toHaveLength(TILE_BYTES);
      expect(lumaAt(picture, 4, 72)).toBe(BLACK_LUMA);
      expect(lumaAt(picture, 251, 72)).toBe(BLACK_LUMA);
      expect(Math.abs(lumaAt(picture, 128, 4) - RED_LUMA)).toBeLessThan(4);
    }
  });

  it.each([
    ['fills a small cell with what pages send for it, in whole macroblocks', { width: 192, height: 112 }, false],
    ['leaves bars in it beside what is of another shape', { width: 160, height: 112 }, true],
  ])('%s', async (_, size, bars) => {
    const { config, packets } = await sample({ ...size, frames: 2 });
    const cell = { ...TILE, width: 206, height: 114 };
    const run = await LiveRun.decoder(decodeVideoArgs({ ...cell, codec, fit: 'contain' }));
    await lockStep(run, config, packets);
    for (const { data } of run.items) {
      const row = data.subarray(57 * cell.width, 58 * cell.width);
      expect([row[0], row.at(-1)].map((luma = 0) => luma <= BLACK_LUMA + 4)).toEqual([bars, bars]);
    }
  });

  it('stays in step and in its size when the source changes size and shape', async () => {
    const wide = await sample({ frames: 5 });
    const tall = await sample({ width: 180, height: 320, frames: 5 });
    const large = await sample({ width: 1280, height: 720, frames: 5 });
    const run = await LiveRun.decoder(args);
    const packets = [...wide.packets, ...tall.packets, ...large.packets, ...wide.packets];
    await lockStep(run, wide.config, packets);
    expect(run.items.map(timeMs)).toEqual(packets.map((_, index) => captureTime(index)));
    expect(run.items.every(({ data }) => data.length === TILE_BYTES)).toBe(true);
    const bars = run.items.map((picture) => lumaAt(picture, 30, 72) === BLACK_LUMA);
    expect(bars).toEqual(packets.map((_, index) => index >= 5 && index < 10));
  });

  it('gives a picture for each frame even when times stand still or fall back', async () => {
    const { config, packets } = await sample({ frames: 30, gopFrames: 15 });
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    for (const [index, time] of [100, 133, 133, 133, 90, 166, 200].entries()) {
      run.feed(matroska(packets[index] as SamplePacket, time));
      await run.arrived(index + 1);
    }
    const times = run.items.map(timeMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBe(200);
  });

  // Whether frame threads hold a picture back depends on how busy the machine is, so this cannot be shown by running it.
  it('has one thread on its input and one on its output, which would otherwise hold pictures back', () => {
    const input = args.slice(0, args.indexOf('-i'));
    const output = args.slice(args.indexOf('-i'));
    expect(input[input.indexOf('-threads') + 1]).toBe('1');
    expect(output[output.indexOf('-threads') + 1]).toBe('1');
  });

  it('would lose everything before the second key frame with nobuffer', async () => {
    const { config, packets } = await sample({ frames: 30, gopFrames: 15 });
    const input = args.indexOf('-f');
    const run = await LiveRun.decoder(args.toSpliced(input, 0, '-fflags', 'nobuffer'));
    run.feed(matroskaHeader(config));
    run.feed(matroska(packets[0] as SamplePacket, captureTime(0)));
    expect(await run.holdsBack(1)).toBe(true);
    for (const [index, packet] of packets.entries()) {
      if (index > 0) run.feed(matroska(packet, captureTime(index)));
    }
    await run.arrived(1);
    expect(timeMs(run.items[0] as NutPacket)).toBe(captureTime(15));
  });
});
