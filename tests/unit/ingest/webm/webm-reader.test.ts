import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WebmReader, type WebmBlock } from '../../../../src/ingest/webm/webm-reader.ts';
import { MediaFormatError } from '../../../../src/media/media-format-error.ts';
import {
  block,
  blockGroup,
  cluster,
  concat,
  element,
  number,
  pictureEntry,
  soundEntry,
  text,
  webmHeader,
} from '../../../helpers/webm-builder.ts';

const LIMITS = { maxPictureBytes: 5000, maxSoundBytes: 100 };
const BOTH = webmHeader({ picture: { codec: 'V_VP8' }, sound: { channels: 2 } });
const EBML = element(0x1a45dfa3, element(0x4282, text('webm')));
const SEGMENT = element(0x18538067, new Uint8Array(0), 'unknown');
const FILE = concat(
  BOTH,
  cluster(1000),
  block(1, 0, Uint8Array.of(1, 2, 3)),
  block(2, 5, Uint8Array.of(4)),
  element(0xec, new Uint8Array(20)),
  block(1, -3, Uint8Array.of(5), 0),
  cluster(2000),
  blockGroup(1, 1, Uint8Array.of(6), true),
  blockGroup(1, 2, Uint8Array.of(7), false),
  element(0x1c53bb6b, new Uint8Array(10)),
  cluster(0),
  block(1, -5, Uint8Array.of(8)),
);
const BLOCKS = [
  { kind: 'video', timeUs: 1_000_000, keyframe: true, data: [1, 2, 3] },
  { kind: 'audio', timeUs: 1_005_000, keyframe: true, data: [4] },
  { kind: 'video', timeUs: 997_000, keyframe: false, data: [5] },
  { kind: 'video', timeUs: 2_001_000, keyframe: false, data: [6] },
  { kind: 'video', timeUs: 2_002_000, keyframe: true, data: [7] },
  { kind: 'video', timeUs: 0, keyframe: true, data: [8] },
];

function read(...chunks: readonly Uint8Array[]): Array<Omit<WebmBlock, 'data'> & { data: number[] }> {
  const reader = new WebmReader(LIMITS);
  return chunks.flatMap((chunk) => reader.push(chunk)).map((one) => ({ ...one, data: [...one.data] }));
}

function refused(...parts: readonly Uint8Array[]): string {
  try {
    read(concat(...parts));
  } catch (error) {
    if (error instanceof MediaFormatError) return error.message;
    throw error;
  }
  return 'nothing';
}

describe('a reader of live WebM', () => {
  it('gives every frame with its time and whether it is a key frame', () => {
    expect(read(FILE)).toEqual(BLOCKS);
  });

  it('does not mind where the chunks are cut', () => {
    expect(read(...Array.from(FILE, (byte) => Uint8Array.of(byte)))).toEqual(BLOCKS);
    fc.assert(
      fc.property(fc.array(fc.nat(FILE.length)), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), FILE.length];
        expect(read(...edges.slice(1).map((to, index) => FILE.subarray(edges[index], to)))).toEqual(BLOCKS);
      }),
    );
  });

  it('gives a frame with its last byte, and waits for nothing behind it', () => {
    const reader = new WebmReader(LIMITS);
    const start = concat(BOTH, cluster(0), block(1, 0, Uint8Array.of(9)));
    expect(reader.push(start.subarray(0, -1))).toEqual([]);
    expect(reader.push(start.subarray(-1))).toMatchObject([{ data: Uint8Array.of(9) }]);
  });

  it('keeps what it gave when the chunk is written over', () => {
    const reader = new WebmReader(LIMITS);
    const chunk = concat(BOTH, cluster(0), block(1, 0, Uint8Array.of(9)));
    const [one] = reader.push(chunk);
    chunk.fill(0);
    expect(one?.data).toEqual(Uint8Array.of(9));
  });

  it('tells what the file holds', () => {
    const reader = new WebmReader(LIMITS);
    expect(reader.tracks).toBeUndefined();
    reader.push(BOTH);
    expect(reader.tracks).toEqual({
      picture: { number: 1, codec: 'vp8', width: 320, height: 180 },
      sound: { number: 2, channels: 2 },
    });
  });

  it('reads segments and clusters whose size is known, and what comes after them', () => {
    const inner = concat(element(0xe7, number(10)), block(1, 1, Uint8Array.of(1)));
    const tracks = element(0x1654ae6b, pictureEntry({ codec: 'V_VP8' }));
    const segment = element(0x18538067, concat(tracks, element(0x1f43b675, inner), element(0x1f43b675, inner)));
    expect(read(concat(EBML, segment, element(0xec, new Uint8Array(3))))).toMatchObject([
      { timeUs: 11_000 },
      { timeUs: 11_000 },
    ]);
  });

  it('counts time in the unit that the file names', () => {
    const header = webmHeader({ picture: { codec: 'V_VP8' }, scaleNs: 100_000 });
    expect(read(concat(header, cluster(50), block(1, 5, Uint8Array.of(1))))).toMatchObject([{ timeUs: 5500 }]);
    for (const scaleNs of [0, 1_000_000_001]) {
      expect(refused(webmHeader({ picture: { codec: 'V_VP8' }, scaleNs }))).toContain('unit of time');
    }
  });

  it('takes frames up to the limit and none beyond', () => {
    const start = concat(BOTH, cluster(0));
    expect(read(concat(start, block(1, 0, new Uint8Array(5000)), block(2, 0, new Uint8Array(100))))).toHaveLength(2);
    expect(refused(start, block(1, 0, new Uint8Array(5001)))).toContain('too large');
    expect(refused(start, block(2, 0, new Uint8Array(101)))).toContain('too large');
    expect(refused(start, element(0xa3, Uint8Array.of(1), 2 ** 31))).toContain('too large');
  });

  it('takes headers and unknown elements up to their limits and none beyond', () => {
    const filled = (bytes: number): Uint8Array => element(0x1549a966, element(0xec, new Uint8Array(bytes - 6)));
    expect(refused(EBML, SEGMENT, filled(65_536))).toBe('nothing');
    expect(refused(EBML, SEGMENT, filled(65_537))).toContain('too large');
    expect(refused(EBML, SEGMENT, element(0xec, new Uint8Array(0), 2 ** 20))).toBe('nothing');
    expect(refused(EBML, SEGMENT, element(0xec, new Uint8Array(0), 2 ** 20 + 1))).toContain('too large');
    expect(refused(EBML, SEGMENT, element(0xec, new Uint8Array(0), 'unknown'))).toContain('too large');
  });

  it('waits for the tracks no longer than a megabyte', () => {
    const filler = element(0xec, new Uint8Array(2 ** 20 - EBML.length - SEGMENT.length - 6));
    expect(refused(EBML, SEGMENT, filler)).toBe('nothing');
    expect(refused(EBML, SEGMENT, filler, Uint8Array.of(0xec))).toContain('names no tracks');
  });

  it('takes 2000 frames in one chunk and none beyond', () => {
    const many = Array.from({ length: 2000 }, (_, index) => block(2, index, Uint8Array.of(1)));
    expect(read(concat(BOTH, cluster(0), ...many))).toHaveLength(2000);
    expect(refused(BOTH, cluster(0), ...many, block(2, 0, Uint8Array.of(1)))).toContain('too many frames');
  });

  it('takes 8000 elements in one chunk and none beyond, however small they are', () => {
    const empty = (count: number): Uint8Array =>
      concat(...Array.from({ length: count }, () => Uint8Array.of(0xec, 0x80)));
    const reader = new WebmReader(LIMITS);
    reader.push(concat(BOTH, cluster(0)));
    for (let chunk = 0; chunk < 3; chunk += 1) expect(reader.push(empty(8000))).toEqual([]);
    expect(() => reader.push(empty(8001))).toThrow('too many elements');
  });

  it('takes 64 elements in a group and none beyond', () => {
    const group = (count: number): Uint8Array => {
      const rest = Array.from({ length: count - 1 }, () => Uint8Array.of(0xec, 0x80));
      return element(0xa0, concat(element(0xa1, Uint8Array.of(0x82, 0, 0, 0, 1)), ...rest));
    };
    expect(read(concat(BOTH, cluster(0), group(64)))).toHaveLength(1);
    expect(refused(BOTH, cluster(0), group(65))).toContain('too many others');
  });

  it.each<[string, string, Uint8Array]>([
    ['an MP4', 'no element', concat([0, 0, 0, 32], text('ftypiso5'))],
    ['a segment without a beginning', 'begin', SEGMENT],
    ['another kind of EBML', 'something else', element(0x1a45dfa3, element(0x4282, text('other')))],
    ['a block before the tracks', 'no track', concat(EBML, SEGMENT, cluster(0), block(1, 0, Uint8Array.of(1)))],
    ['a block of an unknown track', 'no track', concat(BOTH, cluster(0), block(3, 0, Uint8Array.of(1)))],
    [
      'a block without a time',
      'no time',
      concat(BOTH, element(0x1f43b675, new Uint8Array(0), 'unknown'), block(1, 0, Uint8Array.of(1))),
    ],
    ['laced frames', 'share one block', concat(BOTH, cluster(0), block(2, 0, Uint8Array.of(1), 0x82))],
    ['an empty block', 'ends too early', concat(BOTH, cluster(0), element(0xa3, new Uint8Array(0)))],
    ['a block of a number alone', 'ends too early', concat(BOTH, cluster(0), element(0xa3, Uint8Array.of(0x81)))],
    ['a group without a block', 'no block', concat(BOTH, cluster(0), element(0xa0, new Uint8Array(0)))],
    ['tracks twice', 'twice', concat(BOTH, element(0x1654ae6b, pictureEntry({ codec: 'V_VP8' })))],
    ['no tracks in the tracks', 'no tracks', concat(EBML, SEGMENT, element(0x1654ae6b, new Uint8Array(0)))],
    [
      'an element that reaches out of the header',
      'reaches beyond',
      element(0x1a45dfa3, Uint8Array.of(0x42, 0x82, 0x85)),
    ],
    [
      'a block that reaches out of its cluster',
      'reaches beyond',
      concat(BOTH, element(0x1f43b675, element(0xa3, new Uint8Array(9)), 12)),
    ],
    [
      'a cluster that reaches out of its segment',
      'reaches beyond',
      concat(EBML, element(0x18538067, element(0x1f43b675, new Uint8Array(9)), 12)),
    ],
    ['a size beyond 2^53', 'too large', concat(EBML, SEGMENT, [0xec, 0x01, 0x20, 0, 0, 0, 0, 0, 0])],
    ['a time beyond 2^53', 'too large', concat(BOTH, cluster(0), element(0xe7, new Uint8Array(8).fill(0x7f)))],
    ['a time of nine bytes', 'too large', concat(BOTH, cluster(0), element(0xe7, new Uint8Array(9)))],
  ])('refuses %s', (_, reason, file) => {
    expect(refused(file)).toContain(reason);
  });

  it('refuses garbage in the middle of a file, or skips it, and never does anything else', () => {
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, garbage) => {
        const broken = FILE.slice();
        broken.set(garbage.subarray(0, broken.length - at), at);
        expect(refused(broken)).toEqual(expect.any(String));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the tracks of a WebM file', () => {
  const tracks = (...entries: readonly Uint8Array[]): Uint8Array =>
    concat(EBML, SEGMENT, element(0x1654ae6b, concat(...entries)));

  it.each<[string, string, Uint8Array]>([
    ['another codec', 'more than one', tracks(pictureEntry({ codec: 'V_VP9' }))],
    ['two pictures', 'more than one', tracks(pictureEntry({ codec: 'V_VP8' }), pictureEntry({ codec: 'V_VP8' }, 2))],
    ['two sounds', 'more than one', tracks(soundEntry(1), soundEntry(1, 3))],
    ['the same number twice', 'one number', tracks(pictureEntry({ codec: 'V_VP8' }, 2), soundEntry(1))],
    ['number 0', 'proper number', tracks(soundEntry(1, 0))],
    ['three channels', 'two channels', tracks(soundEntry(3))],
    ['a picture without a width', 'proper size', tracks(pictureEntry({ codec: 'V_VP8', width: 0 }))],
    ['a picture that is too wide', 'proper size', tracks(pictureEntry({ codec: 'V_VP8', width: 16_385 }))],
    ['encrypted content', 'encrypted', tracks(element(0xae, element(0x6d80, new Uint8Array(0))))],
    [
      'a broken H.264 description',
      'H.264 description',
      tracks(pictureEntry({ codec: 'V_MPEG4/ISO/AVC', private: Uint8Array.of(7) })),
    ],
    [
      'lengths of two bytes',
      '4 bytes',
      tracks(
        pictureEntry({
          codec: 'V_MPEG4/ISO/AVC',
          private: Uint8Array.of(1, 0x42, 0xe0, 0x1f, 0xfd, 0xe1, 0, 1, 0x67, 0),
        }),
      ),
    ],
  ])('are refused with %s', (_, reason, file) => {
    expect(refused(file)).toContain(reason);
  });
});
