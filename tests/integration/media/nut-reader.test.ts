import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { type NutPacket, NutReader, type NutReaderOptions } from '../../../src/media/nut-reader.ts';
import { inChunks, MediaTools, md5, type ProbedPacket, testPicture, testTone } from './media-tools.ts';

const tools = new MediaTools();
const RAW_BYTES = (64 * 48 * 3) / 2;
const RAW_FRAMES = 12;

/** Counts the bytes that anybody writes into it. */
class CountingBuffer extends Uint8Array {
  static written = 0;

  override set(source: ArrayLike<number>, offset?: number): void {
    CountingBuffer.written += source.length;
    super.set(source, offset);
  }
}

/** Milliseconds of picture `n`: steps of 40, 54, 68… */
function irregularMs(n: number): number {
  return 7 * n * n + 33 * n;
}

function read(bytes: Uint8Array, chunk: number, options: Partial<NutReaderOptions> = {}): NutPacket[] {
  const packets: NutPacket[] = [];
  const reader = new NutReader({ maxPacketBytes: 1_000_000, onPacket: (item) => packets.push(item), ...options });
  inChunks(bytes, chunk, (piece) => reader.push(piece));
  return packets;
}

function listed(packets: readonly NutPacket[]): Omit<ProbedPacket, 'dts' | 'duration'>[] {
  return packets.map(({ stream, pts, keyframe, data }) => ({
    stream: stream.index,
    pts,
    keyframe,
    size: data.length,
    md5: md5(data),
  }));
}

async function probed(bytes: Uint8Array): Promise<Omit<ProbedPacket, 'dts' | 'duration'>[]> {
  const { packets } = await tools.probe(bytes, 'nut');
  return packets.map(({ dts: _dts, duration: _duration, ...packet }) => packet);
}

describe('NutReader and the streams of FFmpeg', () => {
  let raw: Uint8Array = new Uint8Array(0);
  let coded: Uint8Array = new Uint8Array(0);

  beforeAll(async () => {
    const irregular = [
      '-vf',
      "settb=1/1000,setpts='7*N*N+33*N'",
      '-fps_mode',
      'passthrough',
      '-enc_time_base',
      '1:1000',
    ];
    const pixels = ['-c:v', 'rawvideo', '-pix_fmt', 'yuv420p'];
    const h264 = ['-c:v', 'libx264', '-preset', 'fast', '-g', '10', '-pix_fmt', 'yuv420p'];
    const opus = ['-c:a', 'libopus', '-frame_duration', '20'];
    const out = ['-f', 'nut', 'pipe:1'];
    [raw, coded] = await Promise.all([
      tools.ffmpeg([...testPicture('64x48', RAW_FRAMES), ...irregular, ...pixels, ...out]),
      tools.ffmpeg([...testPicture('64x48', 40), ...testTone(1.3), ...irregular, ...h264, ...opus, ...out]),
    ]);
  });

  it('gives raw pictures with their size, exact irregular times and every byte, one byte at a time', async () => {
    const packets = read(raw, 1);
    expect(packets[0]?.stream).toMatchObject({ index: 0, kind: 'video', fourcc: 'I420', width: 64, height: 48 });
    const seconds = packets.map(({ pts, stream }) => (pts * stream.timebase.num) / stream.timebase.den);
    expect(seconds).toEqual(Array.from({ length: RAW_FRAMES }, (_, n) => irregularMs(n) / 1000));
    expect(listed(packets)).toEqual(await probed(raw));
    const pixels = await tools.ffmpeg(
      ['-f', 'nut', '-i', 'pipe:0', '-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
      raw,
    );
    expect(md5(Buffer.concat(packets.map(({ data }) => data)))).toBe(md5(pixels));
  });

  it('gives H.264 and Opus with the times, key frames and bytes that ffprobe lists, one byte at a time', async () => {
    const packets = read(coded, 1);
    const list = await probed(coded);
    expect(list.filter(({ stream }) => stream === 0)).toHaveLength(40);
    expect(list.filter(({ keyframe, stream }) => keyframe && stream === 0).length).toBeGreaterThan(3);
    expect(listed(packets)).toEqual(list);
    const byIndex = new Map(packets.map(({ stream }) => [stream.index, stream]));
    expect(byIndex.get(0)).toMatchObject({ kind: 'video', fourcc: 'H264', width: 64, height: 48 });
    expect(byIndex.get(1)).toMatchObject({ kind: 'audio', fourcc: 'Opus', sampleRate: 48_000, channels: 1 });
    expect(new TextDecoder().decode(byIndex.get(1)?.extradata.subarray(0, 8))).toBe('OpusHead');
  });

  it('gives the same for chunks of any size', () => {
    const whole = listed(read(coded, coded.length));
    for (const size of [2, 7, 1000, 4096, 65_536]) expect(listed(read(coded, size))).toEqual(whole);
  });

  it.each([1, 1000, 65_536])(
    'copies each byte of a frame once, into the buffer it asked for (chunks of %d)',
    (size) => {
      const pool: CountingBuffer[] = [];
      CountingBuffer.written = 0;
      const packets = read(raw, size, {
        allocate: (stream, bytes) => {
          expect([stream.index, bytes]).toEqual([0, RAW_BYTES]);
          const buffer = new CountingBuffer(bytes);
          pool.push(buffer);
          return buffer;
        },
      });
      expect(packets).toHaveLength(RAW_FRAMES);
      expect(packets.every(({ data }, n) => data === pool[n])).toBe(true);
      expect(CountingBuffer.written).toBe(RAW_FRAMES * RAW_BYTES);
      expect(listed(packets)).toEqual(listed(read(raw, raw.length)));
    },
  );

  it('takes frames as large as the limit, and refuses one byte more before it asks for a buffer', () => {
    expect(read(raw, 4096, { maxPacketBytes: RAW_BYTES })).toHaveLength(RAW_FRAMES);
    let asked = 0;
    const allocate = (_: unknown, bytes: number): Uint8Array => {
      asked += 1;
      return new Uint8Array(bytes);
    };
    expect(() => read(raw, 4096, { maxPacketBytes: RAW_BYTES - 1, allocate })).toThrow(MediaFormatError);
    expect(asked).toBe(0);
  });

  it('gives the packets before an end in the middle of a frame', () => {
    expect(read(raw.subarray(0, raw.length / 2), 1000).length).toBeGreaterThan(2);
    expect(read(raw.subarray(0, 20), 7)).toEqual([]);
  });

  it('throws nothing but MediaFormatError for damaged streams, and asks for little memory', () => {
    const maxPacketBytes = 5000;
    const place = fc.oneof(fc.nat(300), fc.nat(coded.length - 1));
    const damage = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 5000 }), (changes, size) => {
        const bytes = coded.slice();
        for (const [at, value] of changes) bytes[at] = value;
        let asked = 0;
        let given = 0;
        const allocate = (_: unknown, wanted: number): Uint8Array => {
          expect(wanted).toBeLessThanOrEqual(maxPacketBytes);
          asked += 1;
          // Never a second buffer while the first is not filled.
          expect(asked).toBe(given + 1);
          return new Uint8Array(wanted);
        };
        const onPacket = (): void => {
          given += 1;
        };
        try {
          read(bytes, size, { maxPacketBytes, allocate, onPacket });
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
        expect(given).toBeLessThan(bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});
