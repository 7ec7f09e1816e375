import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { decodeVideoArgs } from '../../../src/ffmpeg/live-args.ts';
import type { VideoConfig } from '../../../src/media/codec.ts';
import { matroskaFrame, matroskaHeader } from '../../../src/media/matroska-writer.ts';
import type { NutPacket } from '../../../src/media/nut-reader.ts';
import { vp8KeyframeSize } from '../../../src/media/vp8.ts';
import { MediaSamples, type SamplePacket } from '../../helpers/media-samples.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { LiveRun } from './live-run.ts';
import { keyframeSize } from '../../helpers/keyframe-size.ts';

const samples = new MediaSamples();
afterAll(() => samples.close());

const TILE = { width: 256, height: 144, maxPixels: 1920 * 1088 };
const TILE_BYTES = (TILE.width * TILE.height * 3) / 2;
const GOP = 15;

function frame(packet: SamplePacket, timestampMs: number): Uint8Array {
  return matroskaFrame({ data: packet.data, keyframe: packet.keyframe, timestampUs: timestampMs * 1000 });
}

function timeMs({ pts, stream }: NutPacket): number {
  return (pts * stream.timebase.num * 1000) / stream.timebase.den;
}

/** Bits of a baseline SPS that claims a size in macroblocks, with the picture order of the samples. */
function claimedSps(columns: number, rows: number): Uint8Array {
  const ue = (value: number): string => {
    const digits = (value + 1).toString(2);
    return '0'.repeat(digits.length - 1) + digits;
  };
  const fields = [ue(0), ue(0), ue(2), ue(1), '0', ue(columns - 1), ue(rows - 1), '1', '1', '0', '0', '1'].join('');
  const bytes = (fields.padEnd(Math.ceil(fields.length / 8) * 8, '0').match(/.{8}/g) ?? []).map((byte) =>
    Number.parseInt(byte, 2),
  );
  return Uint8Array.from([0, 0, 0, 1, 0x67, 66, 0xc0, 62, ...bytes]);
}

/** A few bytes that claim 64 megapixels: an SPS of that size before a key frame, after all of its own headers. */
function hugeH264(small: SamplePacket): Uint8Array {
  const data = Buffer.from(small.data);
  const slice = data.indexOf(Buffer.from([0, 0, 1, 0x65]));
  const pps = data.indexOf(Buffer.from([0, 0, 0, 1, 0x68]));
  const ppsEnd = data.indexOf(Buffer.from([0, 0, 1]), pps + 4);
  const bytes = Buffer.concat([claimedSps(512, 512), data.subarray(pps, ppsEnd), data.subarray(slice)]);
  expect(keyframeSize(bytes)).toEqual({ width: 8192, height: 8192 });
  return bytes;
}

/** Width and height stand in 14 bits each at byte 6. */
function hugeVp8(small: SamplePacket): Uint8Array {
  const bytes = Uint8Array.from(small.data);
  new DataView(bytes.buffer).setUint16(6, 8192, true);
  new DataView(bytes.buffer).setUint16(8, 8192, true);
  expect(vp8KeyframeSize(bytes)).toEqual({ width: 8192, height: 8192 });
  return bytes;
}

const playlists: Readonly<Record<string, (target: string) => string>> = {
  'an HLS playlist': (target) =>
    `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n`,
  'a list of files': (target) => `ffconcat version 1.0\nfile '${target}'\n`,
};

describe.each(['h264', 'vp8'] as const)('a decoder of %s from a hostile peer', (codec) => {
  const args = decodeVideoArgs({ ...TILE, codec, fit: 'contain' });

  async function group(): Promise<{
    config: VideoConfig;
    packets: readonly SamplePacket[];
    first: SamplePacket;
    huge: Uint8Array;
  }> {
    const { config, packets } = await samples[codec]({ frames: 30, gopFrames: GOP });
    const first = packets[0] as SamplePacket;
    return { config, packets, first, huge: codec === 'h264' ? hugeH264(first) : hugeVp8(first) };
  }

  it('does not decode a picture that is too large, and goes on behind it', async () => {
    const { config, packets, huge } = await group();
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    for (const [index, packet] of packets.slice(0, 3).entries()) {
      run.feed(frame(packet, index));
      await run.arrived(index + 1);
    }
    run.feed(matroskaFrame({ data: huge, keyframe: true, timestampUs: 100_000 }));
    const rest = packets.slice(GOP);
    for (const [index, packet] of rest.entries()) run.feed(frame(packet, 200 + index));
    run.process.input.end();
    const { stderrTail } = await run.process.exit;
    expect(stderrTail.join()).toContain('Picture size 8192x8192 exceeds');
    expect(run.items.map(timeMs)).toEqual([0, 1, 2, ...rest.map((_, index) => 200 + index)]);
  });

  it('goes on or ends in good order when the very first picture is too large', async () => {
    const { config, packets, huge } = await group();
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    run.feed(matroskaFrame({ data: huge, keyframe: true, timestampUs: 0 }));
    const rest = packets.slice(GOP);
    for (const [index, packet] of rest.entries()) run.feed(frame(packet, 200 + index));
    run.process.input.end();
    const { signal, stderrTail } = await run.process.exit;
    expect(signal).toBeNull();
    expect(stderrTail.join()).toContain('Picture size 8192x8192 exceeds');
    expect(run.items.every((picture) => timeMs(picture) >= 200)).toBe(true);
    expect([0, rest.length]).toContain(run.items.length);
  });

  it('survives broken bytes within frames until the next key frame', async () => {
    const { config, packets } = await group();
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    let seed = 1;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed >> 8;
    };
    for (const [index, packet] of packets.slice(0, GOP).entries()) {
      const broken = packet.data.map((byte, at) => (index > 0 && at > 4 && random() % 16 === 0 ? random() : byte));
      run.feed(frame({ ...packet, data: broken }, index));
    }
    for (const [index, packet] of packets.slice(GOP).entries()) run.feed(frame(packet, 200 + index));
    run.process.input.end();
    expect(await run.process.exit).toMatchObject({ kind: 'stopped', code: 0 });
    const whole = run.items.map(timeMs).filter((time) => time >= 200);
    expect(whole).toEqual(packets.slice(GOP).map((_, index) => 200 + index));
    expect(run.items.every(({ data }) => data.length === TILE_BYTES)).toBe(true);
  });

  it('decodes nothing but what was announced', async () => {
    const { config, packets } = await samples[codec === 'h264' ? 'vp8' : 'h264']({ frames: 30, gopFrames: GOP });
    const run = await LiveRun.decoder(args);
    run.feed(matroskaHeader(config));
    for (const [index, packet] of packets.entries()) run.feed(frame(packet, index));
    run.process.input.end();
    expect(await run.process.exit).toMatchObject({ kind: 'failed' });
    expect(run.items).toEqual([]);
  });

  it('ends with an error at bytes that are no Matroska', async () => {
    const run = await LiveRun.decoder(args);
    run.feed(Uint8Array.from({ length: 100_000 }, (_, at) => (at * 7919) >> 3));
    run.process.input.end();
    const exit = await run.process.exit;
    expect(exit).toMatchObject({ kind: 'failed', signal: null });
    expect(exit.stderrTail).not.toEqual([]);
    expect(run.items).toEqual([]);
  });

  it.each(Object.keys(playlists))('neither opens a file nor an address that %s names', async (kind) => {
    const dir = await tempDir();
    const film = await samples.file({ seconds: 0.5 });
    await copyFile(film, join(dir, 'marker.mp4'));
    const server = await markerServer(film);
    for (const target of [`file:${dir}/marker.mp4`, `${dir}/marker.mp4`, `${server.url}/marker.mp4`]) {
      const run = await LiveRun.decoder(args);
      run.feed(new TextEncoder().encode(playlists[kind]?.(target) ?? ''));
      run.process.input.end();
      expect(await run.process.exit).toMatchObject({ kind: 'failed', signal: null });
      expect(run.items).toEqual([]);
    }
    expect(server.requests).toEqual([]);
  });
});

/** An HTTP server that would give the film to anybody who asks. */
async function markerServer(film: string): Promise<{ readonly url: string; readonly requests: string[] }> {
  const body = await readFile(film);
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
