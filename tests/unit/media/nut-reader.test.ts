import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { type NutPacket, NutReader, type NutReaderOptions } from '../../../src/media/nut-reader.ts';

const FILE_ID = [...new TextEncoder().encode('nut/multimedia container\0')];
const START = {
  main: [0x4e, 0x4d, 0x7a, 0x56, 0x1f, 0x5f, 0x04, 0xad],
  stream: [0x4e, 0x53, 0x11, 0x40, 0x5b, 0xf2, 0xf9, 0xdb],
  sync: [0x4e, 0x4b, 0xe4, 0xad, 0xee, 0xca, 0x45, 0x69],
  info: [0x4e, 0x49, 0xab, 0x68, 0xb5, 0x96, 0xba, 0x78],
};
const CHECKSUM = [1, 2, 3, 4];
const KEY = 1;
const CODED_PTS = 8;
const STREAM_ID = 16;
const SIZE_MSB = 32;
const HAS_CHECKSUM = 64;
const HEADER_INDEX = 1024;
const SIDE_DATA = 256;

function v(value: number): number[] {
  const high = Math.floor(value / 128);
  return high === 0 ? [value] : [...v(high).map((byte) => byte | 0x80), value % 128];
}

function s(value: number): number[] {
  return v(value > 0 ? value * 2 - 1 : -value * 2);
}

function vb(bytes: readonly number[]): number[] {
  return [...v(bytes.length), ...bytes];
}

function packet(start: readonly number[], body: readonly number[]): number[] {
  const length = body.length + 4;
  return [...start, ...v(length), ...(length > 4096 ? CHECKSUM : []), ...body, ...CHECKSUM];
}

/** Code 0: everything coded. Codes 1, 2 and 3: stream 0, next time, 3, 1 and 2 bytes. All others as code 0. */
function mainHeader(options: { elision?: readonly number[][]; version?: number; flags?: number } = {}): number[] {
  const { elision = [], version = 3, flags = KEY | CODED_PTS | STREAM_ID | SIZE_MSB | HAS_CHECKSUM } = options;
  const everything = (count: number): number[] => [...v(flags), ...v(6), ...s(0), 1, 0, 0, 0, ...v(count)];
  return packet(START.main, [
    ...v(version),
    ...v(2),
    ...v(65536),
    ...v(2),
    ...[...v(1), ...v(1000)],
    ...[...v(1), ...v(48000)],
    ...everything(1),
    ...[...v(0), ...v(6), ...s(5), ...v(4), ...v(0), ...v(3), ...v(0), ...v(1)],
    ...[...v(0), ...v(6), ...s(5), ...v(4), ...v(0), ...v(1), ...v(0), ...v(2)],
    ...everything(251),
    ...v(elision.length),
    ...elision.flatMap(vb),
  ]);
}

const VIDEO = packet(START.stream, [0, 0, ...vb([73, 52, 50, 48]), 0, 7, 1, 0, 0, 0, ...v(640), ...v(360), 1, 1, 0]);
const AUDIO = packet(START.stream, [1, 1, ...vb([79, 112, 117, 115]), 1, 7, 1, 0, 0, ...vb([9, 9]), ...v(48000), 1, 2]);

function frame(stream: number, codedPts: number, data: readonly number[]): number[] {
  return [0, ...v(stream), ...v(codedPts), ...v(data.length), ...CHECKSUM, ...data];
}

function sync(ticks: number, timebase: number): number[] {
  return packet(START.sync, [...v(ticks * 2 + timebase), 0]);
}

function read(bytes: readonly number[], chunk = bytes.length, options: Partial<NutReaderOptions> = {}): NutPacket[] {
  const packets: NutPacket[] = [];
  const reader = new NutReader({ maxPacketBytes: 5000, onPacket: (item) => packets.push(item), ...options });
  const whole = Uint8Array.from(bytes);
  for (let at = 0; at < whole.length; at += chunk) reader.push(whole.subarray(at, at + chunk));
  return packets;
}

const START_OF_FILE = [...FILE_ID, ...mainHeader(), ...VIDEO, ...AUDIO];

describe('NutReader', () => {
  it('gives the packets of two streams with their own time bases', () => {
    const packets = read([...START_OF_FILE, ...frame(0, 128 + 40, [1, 2, 3]), ...frame(1, 128 + 960, [4])]);
    expect(packets.map(({ pts, keyframe, data, stream }) => [stream.index, pts, keyframe, [...data]])).toEqual([
      [0, 40, true, [1, 2, 3]],
      [1, 960, true, [4]],
    ]);
    expect(packets[0]?.stream).toMatchObject({ kind: 'video', fourcc: 'I420', width: 640, height: 360 });
    expect(packets[0]?.stream.timebase).toEqual({ num: 1, den: 1000 });
    expect(packets[1]?.stream).toMatchObject({ kind: 'audio', fourcc: 'Opus', sampleRate: 48000, channels: 2 });
    expect([...(packets[1]?.stream.extradata ?? [])]).toEqual([9, 9]);
  });

  it('gives the same packets whatever the boundaries of chunks are', () => {
    const bytes = [...START_OF_FILE, ...sync(9, 0), ...frame(0, 128, [1, 2]), 1, 7, 8, 9, ...frame(1, 3, [])];
    const whole = read(bytes);
    expect(whole).toHaveLength(3);
    for (const size of [1, 2, 3, 7, 16, 61]) expect(read(bytes, size)).toEqual(whole);
  });

  it('gives the same packets when their bytes are written where it wants them, however few at a time', () => {
    const bytes = [...START_OF_FILE, ...sync(9, 0), ...frame(0, 128, [1, 2]), 1, 7, 8, 9, ...frame(1, 3, [])];
    const whole = read(bytes);
    for (const size of [1, 2, 5, 1000]) {
      const packets: NutPacket[] = [];
      const reader = new NutReader({ maxPacketBytes: 5000, onPacket: (item) => packets.push(item) });
      for (let at = 0; at < bytes.length; ) {
        const space = reader.space();
        const count = Math.min(size, space.length, bytes.length - at);
        space.set(bytes.slice(at, at + count));
        reader.took(count);
        at += count;
      }
      expect(packets).toEqual(whole);
    }
  });

  it('takes the bytes of a frame straight into the buffer of whoever allocates it', () => {
    const buffer = new Uint8Array(1000);
    const reader = new NutReader({ maxPacketBytes: 5000, onPacket: () => {}, allocate: () => buffer });
    const bytes = Uint8Array.from([
      ...START_OF_FILE,
      ...frame(
        0,
        128,
        Array.from({ length: 1000 }, () => 7),
      ),
    ]);
    reader.push(bytes.subarray(0, bytes.length - 900));
    expect(reader.space().buffer).toBe(buffer.buffer);
    expect([reader.space().byteOffset, reader.space().length]).toEqual([100, 900]);
  });

  it('adds the time step of a frame code that carries no time', () => {
    const packets = read([...START_OF_FILE, ...frame(0, 128 + 40, []), 1, 7, 8, 9, 1, 4, 5, 6]);
    expect(packets.map(({ pts }) => pts)).toEqual([40, 45, 50]);
    expect(packets.map(({ keyframe }) => keyframe)).toEqual([true, false, false]);
  });

  it('tells sizes of frames by a run of codes', () => {
    const packets = read([...START_OF_FILE, 2, 7, 3, 8, 9, 1, 4, 5, 6]);
    expect(packets.map(({ data }) => [...data])).toEqual([[7], [8, 9], [4, 5, 6]]);
  });

  it('unfolds short times from 63 ticks before the last one to 64 after', () => {
    for (const time of [1000 - 63, 1000 + 64]) {
      const packets = read([...START_OF_FILE, ...frame(0, 128 + 1000, []), ...frame(0, time % 128, [])]);
      expect(packets.at(-1)?.pts).toBe(time);
    }
  });

  it('unfolds short times around the last one, which a sync point sets for every stream', () => {
    // 1000 ms: tick 48000 of the second stream. 7 bits reach from 63 before to 64 after.
    const packets = read([
      ...START_OF_FILE,
      ...sync(1000, 0),
      ...frame(0, 1003 % 128, []),
      ...frame(1, 47_990 % 128, []),
    ]);
    expect(packets.map(({ pts }) => pts)).toEqual([1003, 47_990]);
  });

  it('puts left-out header bytes back in front of small frames', () => {
    const flags = KEY | CODED_PTS | STREAM_ID | SIZE_MSB | HEADER_INDEX;
    const start = [...FILE_ID, ...mainHeader({ elision: [[7, 7, 7]], flags }), ...VIDEO, ...AUDIO];
    const [first, second] = read([...start, 0, 0, ...v(128), 5, 1, 1, 2, 0, 0, ...v(129), 2, 0, 3, 4]);
    expect([...(first?.data ?? [])]).toEqual([7, 7, 7, 1, 2]);
    expect([...(second?.data ?? [])]).toEqual([3, 4]);
  });

  it('leaves no header bytes out of frames above 4096 bytes', () => {
    const flags = KEY | CODED_PTS | STREAM_ID | SIZE_MSB | HEADER_INDEX;
    const start = [...FILE_ID, ...mainHeader({ elision: [[7]], flags }), ...VIDEO, ...AUDIO];
    for (const [size, first] of [
      [4096, 7],
      [4097, 1],
    ] as const) {
      const coded = Array.from({ length: first === 7 ? size - 1 : size }, () => 1);
      const packets = read([...start, 0, 0, ...v(128), ...v(size), 1, ...coded]);
      expect(packets.map(({ data }) => [data.length, data[0]])).toEqual([[size, first]]);
    }
  });

  it('skips packets that it does not need, also long ones with a checksum of their header', () => {
    const long = packet(
      START.info,
      Array.from({ length: 5000 }, () => 0x4e),
    );
    const packets = read([...START_OF_FILE, ...long, ...frame(0, 128, [1]), ...packet(START.info, [])], 100);
    expect(packets).toHaveLength(1);
  });

  it('copies a frame straight into the buffer it is given', () => {
    const pool = new Uint8Array(100);
    const asked: unknown[] = [];
    const [item] = read([...START_OF_FILE, ...frame(0, 128, [1, 2, 3])], 1, {
      allocate: (stream, bytes) => {
        asked.push([stream.index, bytes]);
        return pool.subarray(10, 10 + bytes);
      },
    });
    expect(asked).toEqual([[0, 3]]);
    expect(item?.data.buffer).toBe(pool.buffer);
    expect([...pool.subarray(9, 14)]).toEqual([0, 1, 2, 3, 0]);
  });

  it('refuses a buffer of the wrong size', () => {
    const allocate = (): Uint8Array => new Uint8Array(2);
    expect(() => read([...START_OF_FILE, ...frame(0, 128, [1, 2, 3])], 1, { allocate })).toThrow(RangeError);
  });

  it.each([
    ['another kind of file', [...new TextEncoder().encode('RIFF....WAVEfmt ................')]],
    ['a frame before the main header', [...FILE_ID, 0, 0, 0]],
    ['a stream header before the main header', [...FILE_ID, ...VIDEO]],
    ['an unknown version', [...FILE_ID, ...mainHeader({ version: 9 })]],
    ['a frame of an unknown stream', [...START_OF_FILE, ...frame(5, 128, [])]],
    ['a frame above the limit', [...START_OF_FILE, 0, 0, 0, ...v(5001), ...CHECKSUM]],
    ['a header above the limit', [...FILE_ID, ...START.main, ...v(70_000), ...CHECKSUM]],
    ['an unknown start code', [...START_OF_FILE, 0x4e, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['an endless number', [...START_OF_FILE, 0, ...Array.from({ length: 200 }, () => 0x80)]],
    ['side data', [...FILE_ID, ...mainHeader({ flags: KEY | SIDE_DATA }), ...VIDEO, ...AUDIO, 0]],
    ['a main header that ends too early', [...FILE_ID, ...packet(START.main, [3, 1])]],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(MediaFormatError);
    expect(() => read(bytes, 1)).toThrow(MediaFormatError);
  });

  it('refuses a number in a header that cannot be exact', () => {
    const long = [0x8f, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80];
    const header = (end: number): number[] => [...FILE_ID, ...packet(START.main, [3, 2, ...long, end])];
    expect(() => read(header(0))).toThrow(/number that is too large/);
  });

  it('never asks for a buffer above the limit before it refuses', () => {
    let largest = 0;
    const allocate = (_: unknown, bytes: number): Uint8Array => {
      largest = Math.max(largest, bytes);
      return new Uint8Array(bytes);
    };
    expect(() => read([...START_OF_FILE, 0, 0, 0, ...v(2 ** 40), ...CHECKSUM], 1, { allocate })).toThrow(
      /limit is 5000/,
    );
    expect(largest).toBe(0);
  });

  it('throws nothing but MediaFormatError for damaged streams', () => {
    const good = [...START_OF_FILE, ...sync(9, 0), ...frame(0, 128, [1, 2]), 1, 7, 8, 9, ...frame(1, 3, [])];
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 64 }), (changes, size) => {
        const bytes = [...good];
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const { data } of read(bytes, size)) expect(data.length).toBeLessThanOrEqual(5000);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
