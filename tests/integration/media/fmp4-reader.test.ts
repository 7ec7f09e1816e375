import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { box, fullBox, u32, u64 } from '../../../src/media/fmp4-boxes.ts';
import { findBox, readFragment, readFragments, walkBoxes } from '../../../src/media/fmp4-reader.ts';
import { fragment } from '../../../src/media/fmp4-writer.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { type CodedProgram, codedProgram, joined, partsOf } from './fmp4-samples.ts';
import { MediaTools, md5 } from './media-tools.ts';

const tools = new MediaTools();
const BASE_IS_MOOF = 0x20000;

/** A fragment with one track from its boxes; `runs` get the offset of the media data. */
function made(options: {
  readonly header?: Uint8Array;
  readonly time?: Uint8Array;
  readonly runs: (dataOffset: number) => readonly Uint8Array[];
  readonly media?: readonly number[];
  readonly tracks?: number;
}): Uint8Array {
  const { header = fullBox('tfhd', 0, BASE_IS_MOOF | 0x38, u32(1, 10, 2, 0)), time = fullBox('tfdt', 1, 0, u64(5)) } =
    options;
  const moof = (dataOffset: number): Uint8Array => {
    const traf = box('traf', header, time, ...options.runs(dataOffset));
    return box('moof', fullBox('mfhd', 0, 0, u32(3)), ...Array.from({ length: options.tracks ?? 1 }, () => traf));
  };
  const media = box('mdat', Uint8Array.from(options.media ?? [1, 2, 3, 4]));
  return joined(moof(moof(0).length + 8), media);
}

describe('walkBoxes and findBox', () => {
  it('give boxes in order, as views', () => {
    const bytes = joined(box('free', Uint8Array.of(1)), box('mdat'), box('moof', box('mfhd', Uint8Array.of(7))));
    const boxes = [...walkBoxes(bytes)];
    expect(boxes.map(({ type, start, size }) => [type, start, size])).toEqual([
      ['free', 0, 9],
      ['mdat', 9, 8],
      ['moof', 17, 17],
    ]);
    expect(boxes.every(({ body }) => body.buffer === bytes.buffer)).toBe(true);
    expect(findBox(bytes, 'moof', 'mfhd')).toEqual(Uint8Array.of(7));
    expect(findBox(bytes, 'moof', 'traf')).toBeUndefined();
    expect(findBox(bytes, 'moov', 'trak')).toBeUndefined();
  });

  it('know sizes of 64 bits, and a last box without a size', () => {
    const large = joined(u32(1), new TextEncoder().encode('mdat'), u64(17), Uint8Array.of(5));
    const open = joined(u32(0), new TextEncoder().encode('mdat'), Uint8Array.of(6, 7));
    expect([...walkBoxes(joined(large, open))].map(({ size, body }) => [size, ...body])).toEqual([
      [17, 5],
      [10, 6, 7],
    ]);
  });

  it.each([
    ['longer than what there is', joined(u32(9), new TextEncoder().encode('mdat'))],
    ['shorter than its own header', joined(u32(7), new TextEncoder().encode('mdat'))],
    ['of 64 bits, shorter than its own header', joined(u32(1), new TextEncoder().encode('mdat'), u64(8))],
    ['of more than any file', joined(u32(1), new TextEncoder().encode('mdat'), u32(0xffffffff, 0))],
    ['that ends in its header', u32(8)],
  ])('refuse a box %s', (_, bytes) => {
    expect(() => [...walkBoxes(bytes)]).toThrow(MediaFormatError);
  });
});

describe('readFragments', () => {
  let program: CodedProgram;

  beforeAll(async () => {
    program = await codedProgram(tools);
  });

  it('gives back what the writer wrote, from real frames', () => {
    const parts = partsOf(program, 360_000);
    const fragments = readFragments(joined(program.init, ...parts));
    expect(fragments.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    let start = program.init.length;
    for (const [n, part] of parts.entries()) {
      expect([fragments[n]?.start, fragments[n]?.end]).toEqual([start, start + part.length]);
      expect(fragments[n]?.tracks).toEqual(readFragment(part));
      start += part.length;
    }
    const frames = fragments.flatMap(({ tracks }) => tracks[0]?.samples ?? []);
    expect(frames).toEqual(program.video.samples);
  });

  it('gives back whatever the writer wrote', () => {
    const sample = fc.record({
      data: fc.uint8Array({ maxLength: 20 }),
      duration: fc.oneof(fc.constant(512), fc.nat(2 ** 32 - 1)),
      keyframe: fc.boolean(),
    });
    const track = fc.record({
      trackId: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      baseDecodeTime: fc.maxSafeNat(),
      samples: fc.array(sample, { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(fc.array(track, { maxLength: 4 }), fc.nat(2 ** 32 - 1), (tracks, sequence) => {
        const [read, ...more] = readFragments(fragment(sequence, tracks));
        expect(more).toEqual([]);
        expect({ sequence: read?.sequence, tracks: read?.tracks }).toEqual({ sequence, tracks });
      }),
      { numRuns: 500 },
    );
  });

  it('gives views of the segment', () => {
    const [part] = partsOf(program);
    const samples = readFragment(part ?? new Uint8Array(0)).flatMap((track) => track.samples);
    expect(samples).toHaveLength(25);
    expect(samples.every(({ data }) => data.buffer === part?.buffer)).toBe(true);
  });

  it('reads what ffmpeg itself writes, as ffprobe lists it', async () => {
    const flags = '+frag_keyframe+empty_moov+default_base_moof';
    const whole = joined(program.init, ...partsOf(program));
    const copy = ['-f', 'mp4', '-i', 'pipe:0', '-c', 'copy', '-movflags', flags, '-f', 'mp4', 'pipe:1'];
    const foreign = await tools.ffmpeg(copy, whole);
    const { packets } = await tools.probe(foreign, 'mp4');
    for (const [trackId, count] of [
      [1, 30],
      [2, 45],
    ] as const) {
      const read = readFragments(foreign).flatMap(({ tracks }) => tracks.filter((track) => track.trackId === trackId));
      const frames = read.flatMap(({ samples }) => samples.map(({ data, keyframe }) => ({ keyframe, md5: md5(data) })));
      const listed = packets.filter(({ stream }) => stream === trackId - 1);
      expect(frames).toHaveLength(count);
      expect(frames).toEqual(listed.map(({ keyframe, md5: sum }) => ({ keyframe, md5: sum })));
      expect(read[1]?.baseDecodeTime).toBe(listed[read[0]?.samples.length ?? 0]?.dts);
    }
  });

  it('follows several runs, whose later ones need no offset, and a decode time of 32 bits', () => {
    const part = made({
      time: fullBox('tfdt', 0, 0, u32(0xffffffff)),
      runs: (offset) => [fullBox('trun', 0, 1, u32(1, offset + 1)), fullBox('trun', 0, 0x100, u32(1, 99))],
      media: [9, 1, 2, 3, 4],
    });
    const [track] = readFragment(part);
    expect(track?.baseDecodeTime).toBe(2 ** 32 - 1);
    expect(track?.samples.map(({ data, duration }) => [duration, ...data])).toEqual([
      [10, 1, 2],
      [99, 3, 4],
    ]);
  });

  it('skips descriptions and composition offsets that it does not need', () => {
    const part = made({
      header: fullBox('tfhd', 0, BASE_IS_MOOF | 0x3a, u32(1, 1, 10, 2, 0x10000)),
      runs: (offset) => [fullBox('trun', 0, 0xb01, u32(2, offset, 5, 3, 100, 6, 1, 100))],
    });
    expect(readFragment(part)[0]?.samples.map((sample) => [sample.duration, sample.keyframe, ...sample.data])).toEqual([
      [5, false, 1, 2, 3],
      [6, false, 4],
    ]);
  });

  it('takes as many samples of a track as its limit, and refuses one more', () => {
    const empty = fullBox('tfhd', 0, BASE_IS_MOOF | 0x38, u32(1, 10, 0, 0));
    const counts = (...values: number[]) =>
      made({ header: empty, runs: () => values.map((value) => fullBox('trun', 0, 0, u32(value))) });
    expect(readFragment(counts(8192))[0]?.samples).toHaveLength(8192);
    expect(() => readFragment(counts(8193))).toThrow(/too many samples/);
    expect(() => readFragment(counts(8192, 1))).toThrow(/too many samples/);
    expect(() => readFragment(counts(0xffffffff))).toThrow(/too many samples/);
  });

  it('takes 16 tracks and refuses one more', () => {
    const tracks = (count: number) => made({ runs: () => [], tracks: count });
    expect(readFragment(tracks(16))).toHaveLength(16);
    expect(() => readFragment(tracks(17))).toThrow(/too many tracks/);
  });

  const run = (flags: number, ...values: number[]) => fullBox('trun', 0, flags, u32(...values));
  it.each([
    ['media data that ends before its sample', made({ runs: (offset) => [run(1, 1, offset + 3)] })],
    ['a sample in front of its media data', made({ runs: (offset) => [run(1, 1, offset - 1)] })],
    ['a negative offset', made({ runs: () => [run(1, 1, -1)] })],
    ['a run that ends too early', made({ runs: () => [run(0x200, 2, 1)] })],
    ['a sample without a size', made({ header: fullBox('tfhd', 0, BASE_IS_MOOF, u32(1)), runs: () => [run(0, 1)] })],
    ['offsets that count from the file', made({ header: fullBox('tfhd', 0, 1, u32(1, 0, 0)), runs: () => [] })],
    ['no track header', made({ header: box('free'), runs: () => [] })],
    ['no decode time', made({ time: box('free'), runs: () => [] })],
    ['a decode time that is too large', made({ time: fullBox('tfdt', 1, 0, u32(2 ** 21, 0)), runs: () => [] })],
    ['no media data', box('moof', fullBox('mfhd', 0, 0, u32(1)))],
    ['two headers in a row', joined(box('moof', fullBox('mfhd', 0, 0, u32(1))), box('moof'), box('mdat'))],
    ['no sequence number', joined(box('moof'), box('mdat'))],
  ])('refuses %s', (_, bytes) => {
    expect(() => readFragments(bytes)).toThrow(MediaFormatError);
  });

  it('refuses a part that is not exactly one fragment', () => {
    const part = made({ runs: (offset) => [run(1, 2, offset)] });
    expect(readFragment(part)[0]?.samples).toHaveLength(2);
    expect(() => readFragment(joined(part, part))).toThrow(MediaFormatError);
    expect(() => readFragment(new Uint8Array(0))).toThrow(MediaFormatError);
  });

  it('throws nothing but MediaFormatError for damaged parts, and gives only bytes of their media data', () => {
    const [part = new Uint8Array(0)] = partsOf(program);
    const moofBytes = new DataView(part.buffer, part.byteOffset).getUint32(0);
    const place = fc.oneof(
      { weight: 4, arbitrary: fc.nat(moofBytes + 7) },
      { weight: 1, arbitrary: fc.nat(part.length - 1) },
    );
    const damage = fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.oneof(fc.constant(part.length), fc.nat(part.length)), (changes, length) => {
        const bytes = part.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          for (const { tracks } of readFragments(bytes)) {
            expect(tracks.length).toBeLessThanOrEqual(16);
            for (const { samples, baseDecodeTime } of tracks) {
              expect(samples.length).toBeLessThanOrEqual(8192);
              expect(Number.isSafeInteger(baseDecodeTime)).toBe(true);
              expect(samples.every(({ data }) => data.buffer === bytes.buffer)).toBe(true);
            }
          }
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
