import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';

const HEADER = [0x46, 0x4c, 0x56, 1, 5, 0, 0, 0, 9, 0, 0, 0, 0];

function tag(type: number, timeMs: number, body: readonly number[]): number[] {
  const size = body.length;
  const time = [(timeMs >> 16) & 0xff, (timeMs >> 8) & 0xff, timeMs & 0xff, (timeMs >> 24) & 0x7f];
  return [type, size >> 16, (size >> 8) & 0xff, size & 0xff, ...time, 0, 0, 0, ...body, 0, 0, 0, 11];
}

const video = (timeMs: number, first: number, data: readonly number[], composition = 0): number[] =>
  tag(9, timeMs, [first, 1, 0, 0, composition, ...data]);

const GOOD = [
  ...HEADER,
  ...tag(18, 0, [2, 0, 1, 65]),
  ...tag(9, 0, [0x17, 0, 0, 0, 0, 1, 2, 3]),
  ...tag(8, 0, [0xaf, 0, 0x11, 0x90]),
  ...video(0, 0x17, [4, 5]),
  ...tag(8, 21, [0xaf, 1, 6]),
  ...video(0x1234567, 0x27, [7]),
  ...tag(9, 0x1234567, [0x17, 2, 0, 0, 0]),
];

function read(bytes: readonly number[], chunk = bytes.length, maxTagBytes = 100): FlvTag[] {
  const tags: FlvTag[] = [];
  const reader = new FlvReader({ maxTagBytes, onTag: (item) => tags.push(item) });
  const whole = Uint8Array.from(bytes);
  for (let at = 0; at < whole.length; at += chunk) reader.push(whole.subarray(at, at + chunk));
  return tags;
}

describe('FlvReader', () => {
  it('gives configurations and frames, and leaves out what is neither', () => {
    expect(read(GOOD)).toEqual([
      { kind: 'video-config', data: Uint8Array.of(1, 2, 3) },
      { kind: 'audio-config', data: Uint8Array.of(0x11, 0x90) },
      { kind: 'video', timestampMs: 0, keyframe: true, data: Uint8Array.of(4, 5) },
      { kind: 'audio', timestampMs: 21, keyframe: true, data: Uint8Array.of(6) },
      { kind: 'video', timestampMs: 0x1234567, keyframe: false, data: Uint8Array.of(7) },
    ]);
  });

  it('gives the same tags whatever the boundaries of chunks are', () => {
    for (const size of [1, 2, 5, 11, 40]) expect(read(GOOD, size)).toEqual(read(GOOD));
  });

  it('gives a tag as soon as its last byte is there', () => {
    const tags: FlvTag[] = [];
    const reader = new FlvReader({ maxTagBytes: 100, onTag: (item) => tags.push(item) });
    const backPointer = 4;
    reader.push(Uint8Array.from([...HEADER, ...video(40, 0x17, [1])].slice(0, -backPointer)));
    expect(tags).toHaveLength(1);
  });

  it('keeps counting when the 31 bits of time start again', () => {
    const tags = read([...HEADER, ...video(0x7ffffff0, 0x17, [1]), ...video(17, 0x27, [1])]);
    expect(tags.map((item) => ('timestampMs' in item ? item.timestampMs : -1))).toEqual([0x7ffffff0, 0x80000011]);
  });

  it('adds the offset between decoding and presentation', () => {
    expect(read([...HEADER, ...video(100, 0x27, [1], 66)])[0]).toMatchObject({ timestampMs: 166 });
  });

  it.each([
    ['another kind of file', [...new TextEncoder().encode('nut/multimedia container')]],
    ['an unknown tag', [...HEADER, ...tag(7, 0, [1])]],
    ['another video codec', [...HEADER, ...tag(9, 0, [0x12, 1, 0, 0, 0])]],
    ['another audio codec', [...HEADER, ...tag(8, 0, [0x2f, 1])]],
    ['a tag that is too short', [...HEADER, ...tag(9, 0, [0x17])]],
    ['an empty tag', [...HEADER, ...tag(9, 0, [])]],
    ['a tag above the limit', [...HEADER, 9, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0]],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(MediaFormatError);
    expect(() => read(bytes, 1)).toThrow(MediaFormatError);
  });

  it('throws nothing but MediaFormatError for damaged streams', () => {
    const damage = fc.array(fc.tuple(fc.nat(GOOD.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 64 }), (changes, size) => {
        const bytes = [...GOOD];
        for (const [at, value] of changes) bytes[at] = value;
        try {
          for (const { data } of read(bytes, size)) expect(data.length).toBeLessThanOrEqual(100);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
