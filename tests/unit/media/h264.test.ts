import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annexbToAvc, avcToAnnexb, parseAvcC, splitNalUnits } from '../../../src/media/h264.ts';
import { parseSps } from '../../../src/media/h264-sps.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { writeSps } from './sps-writer.ts';
import { keyframeSize } from '../../helpers/keyframe-size.ts';

/** Made by x264: 1280x720, constrained baseline, level 3.1, zero reordering. */
const SPS_720P = Uint8Array.from(Buffer.from('6742c01fd9005005bb011000000300100000030320f1832480', 'hex'));
/** Made by x264: 48x32. */
const SPS_48X32 = Uint8Array.from(Buffer.from('6742c00ada35b0110000030001000003003c0f1226a0', 'hex'));
const PPS = Uint8Array.of(0x68, 0xee, 0x3c, 0x80);

/** Units as encoders make them: no start code inside, no zero at the end. */
const unit = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => bytes.map((byte) => (byte < 4 ? byte + 4 : byte)));

function annexb(units: readonly Uint8Array[], long: readonly boolean[] = []): Uint8Array {
  return Uint8Array.from(units.flatMap((item, index) => [...(long[index] === false ? [] : [0]), 0, 0, 1, ...item]));
}

function description(sps: readonly Uint8Array[], pps: readonly Uint8Array[], lengthSize = 4): Uint8Array {
  const list = (items: readonly Uint8Array[]): number[] => items.flatMap((item) => [0, item.length, ...item]);
  const counts = [0xfc | (lengthSize - 1), 0xe0 | sps.length];
  return Uint8Array.from([1, 0x4d, 0x40, 0x1f, ...counts, ...list(sps), pps.length, ...list(pps)]);
}

describe('splitNalUnits', () => {
  it('finds the units behind short and long start codes, and drops zeros between them', () => {
    const bytes = Uint8Array.of(0, 0, 0, 1, 9, 16, 0, 0, 1, 6, 5, 0, 0, 0, 0, 1, 0x65, 1, 2, 0);
    expect(splitNalUnits(bytes).map((item) => [...item])).toEqual([
      [9, 16],
      [6, 5],
      [0x65, 1, 2],
    ]);
  });

  it('finds none where there is no start code', () => {
    expect(splitNalUnits(Uint8Array.of(1, 2, 0, 1, 3))).toEqual([]);
    expect(splitNalUnits(new Uint8Array(0))).toEqual([]);
  });

  it('finds what a search for each start code finds', () => {
    const bytes = fc.array(fc.constantFrom(0, 0, 0, 1, 1, 3, 0x67), { maxLength: 80 });
    fc.assert(
      fc.property(bytes, (values) => {
        const text = String.fromCharCode(...values);
        const expected = text
          .split('\0\0\x01')
          .slice(1)
          .map((part) => part.replace(/\0+$/, ''))
          .filter((part) => part !== '');
        const units = splitNalUnits(Uint8Array.from(values));
        expect(units.map((item) => String.fromCharCode(...item))).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives views, not copies', () => {
    const bytes = annexb([Uint8Array.of(9, 16)]);
    expect(splitNalUnits(bytes)[0]?.buffer).toBe(bytes.buffer);
  });
});

describe('annexbToAvc and avcToAnnexb', () => {
  it('give back what went in', () => {
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 6 }), fc.array(fc.boolean(), { maxLength: 6 }), (units, long) => {
        const avc = annexbToAvc(annexb(units, long));
        expect(avcToAnnexb(avc)).toEqual(annexb(units));
      }),
    );
  });

  it('puts the parameter sets of the description in front', () => {
    const slice = Uint8Array.of(0x65, 9);
    const converted = avcToAnnexb(annexbToAvc(annexb([slice])), description([SPS_720P], [PPS]));
    expect(splitNalUnits(converted)).toEqual([SPS_720P, PPS, slice]);
  });

  it('uses the length size of the description', () => {
    const converted = avcToAnnexb(Uint8Array.of(0, 2, 0x65, 9), description([SPS_720P], [PPS], 2));
    expect(splitNalUnits(converted).at(-1)).toEqual(Uint8Array.of(0x65, 9));
  });

  it('refuses lengths that do not add up', () => {
    expect(() => avcToAnnexb(Uint8Array.of(0, 0, 0, 9, 1))).toThrow(MediaFormatError);
    expect(() => avcToAnnexb(Uint8Array.of(0, 0, 0))).toThrow(MediaFormatError);
    expect(() => avcToAnnexb(Uint8Array.of(255, 255, 255, 255, 1))).toThrow(MediaFormatError);
  });
});

describe('parseSps', () => {
  it('reads size, profile, level and the promise not to reorder', () => {
    expect(parseSps(SPS_720P)).toEqual({
      width: 1280,
      height: 720,
      codedPixels: 1280 * 720,
      profile: 66,
      constraints: 192,
      level: 31,
      codecString: 'avc1.42C01F',
      reorderFrames: 0,
    });
  });

  it('throws nothing but MediaFormatError for other bytes', () => {
    const tail = fc.uint8Array({ maxLength: 60 });
    const profile = fc.constantFrom(66, 77, 100, 244);
    fc.assert(
      fc.property(profile, tail, (idc, bytes) => {
        try {
          const { width, height } = parseSps(Uint8Array.of(0x67, idc, 0, 31, ...bytes));
          expect(width).toBeGreaterThan(0);
          expect(width).toBeLessThanOrEqual(1055 * 16);
          expect(height).toBeGreaterThan(0);
          expect(height).toBeLessThanOrEqual(1055 * 16);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds the size behind colours, scaling lists, cycles of picture order, fields and crops', () => {
    const size = fc.integer({ min: 4, max: 200 }).map((n) => n * 2);
    const crop = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3));
    // Full lists of small steps, lists that end at once (8 - 8 = 0) and lists left out.
    const list = (length: number) =>
      fc.oneof(
        fc.constant(undefined),
        fc.constant([-8]),
        fc.constant([2, -10]),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: length, maxLength: length }),
      );
    const scaling = (format: number) =>
      fc.tuple(...Array.from({ length: format === 3 ? 12 : 8 }, (_, n) => list(n < 6 ? 16 : 64)));
    const chroma = fc
      .constantFrom(0 as const, 1 as const, 2 as const, 3 as const)
      .chain((format) =>
        fc.record({ format: fc.constant(format), scaling: scaling(format) }, { requiredKeys: ['format'] }),
      );
    const cycle = fc.array(fc.integer({ min: -1000, max: 1000 }), { maxLength: 255 });
    const fields = fc.record(
      { columns: size, rows: size, fields: fc.boolean(), crop, chroma, cycle },
      { requiredKeys: ['columns', 'rows', 'fields'] },
    );
    fc.assert(
      fc.property(fields, (sps) => {
        const format = sps.chroma?.format ?? 1;
        const [left, right, top, bottom] = sps.crop ?? [0, 0, 0, 0];
        const unitX = format === 1 || format === 2 ? 2 : 1;
        const unitY = (format === 1 ? 2 : 1) * (sps.fields ? 2 : 1);
        expect(parseSps(writeSps(sps))).toMatchObject({
          width: sps.columns * 16 - (left + right) * unitX,
          height: sps.rows * 16 - (top + bottom) * unitY,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('refuses sizes beyond every level, and crops that leave nothing', () => {
    const square = { columns: 4, rows: 4, fields: false };
    expect(parseSps(writeSps({ ...square, columns: 1055 })).width).toBe(16_880);
    expect(() => parseSps(writeSps({ ...square, columns: 1056 }))).toThrow(/impossible size/);
    expect(() => parseSps(writeSps({ ...square, rows: 1056 }))).toThrow(/impossible size/);
    expect(parseSps(writeSps({ ...square, crop: [31, 0, 0, 0] })).width).toBe(2);
    expect(() => parseSps(writeSps({ ...square, crop: [16, 16, 0, 0] }))).toThrow(/crops everything/);
    expect(() => parseSps(writeSps({ ...square, crop: [0, 0, 0, 33] }))).toThrow(/crops everything/);
  });

  it('refuses a unit that is something else', () => {
    expect(() => parseSps(PPS)).toThrow(/no SPS/);
    expect(() => parseSps(new Uint8Array(0))).toThrow(MediaFormatError);
  });
});

describe('parseAvcC', () => {
  it('reads both lists and the codec string', () => {
    const record = parseAvcC(description([SPS_720P], [PPS, PPS], 2));
    expect(record).toEqual({ sps: [SPS_720P], pps: [PPS, PPS], codecString: 'avc1.4D401F', nalLengthSize: 2 });
  });

  it.each([
    ['another version', [2, 0x4d, 0x40, 0x1f, 0xff, 0xe0, 0]],
    ['three-byte lengths', [1, 0x4d, 0x40, 0x1f, 0xfe, 0xe1, 0, 1, 0x67, 0]],
    ['no SPS', [1, 0x4d, 0x40, 0x1f, 0xff, 0xe0, 0]],
    ['an empty SPS', [1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0, 0, 0]],
    ['an end that comes too early', [1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0, 9, 0x67]],
  ])('refuses %s', (_, bytes) => {
    expect(() => parseAvcC(Uint8Array.from(bytes))).toThrow(MediaFormatError);
  });

  it('throws nothing but MediaFormatError for damaged records', () => {
    const good = description([SPS_720P], [PPS]);
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, fc.nat(good.length), (changes, length) => {
        const bytes = good.slice(0, length);
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const { sps, pps } = parseAvcC(bytes);
          for (const item of [...sps, ...pps]) expect(item.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('keyframeSize', () => {
  const slice = Uint8Array.of(0x65, 9);

  it('is the size in the SPS before an IDR slice', () => {
    expect(keyframeSize(annexb([SPS_720P, PPS, slice]))).toEqual({ width: 1280, height: 720 });
  });

  it('is unknown without an SPS or without an IDR slice', () => {
    expect(keyframeSize(annexb([PPS, slice]))).toBeUndefined();
    expect(keyframeSize(annexb([SPS_720P, PPS, Uint8Array.of(0x41, 9)]))).toBeUndefined();
  });

  it('is that of the largest SPS, so that a small one cannot hide it', () => {
    expect(parseSps(SPS_48X32)).toMatchObject({ width: 48, height: 32 });
    expect(keyframeSize(annexb([SPS_48X32, SPS_720P, SPS_48X32, PPS, slice]))).toEqual({ width: 1280, height: 720 });
  });

  it('refuses a damaged SPS, and more SPS than there can be', () => {
    expect(() => keyframeSize(annexb([SPS_720P.subarray(0, 6), PPS, slice]))).toThrow(MediaFormatError);
    const most = Array.from({ length: 32 }, () => SPS_720P);
    expect(keyframeSize(annexb([...most, slice]))).toEqual({ width: 1280, height: 720 });
    expect(() => keyframeSize(annexb([...most, SPS_720P, slice]))).toThrow(/too many SPS/);
  });

  it('looks at no more of an SPS than it says, however long the unit is', () => {
    const long = new Uint8Array(2 * 1024 * 1024).fill(0xff);
    long.set(annexb([SPS_720P]));
    long.set([0, 0, 1, ...slice], long.length - 5);
    expect(keyframeSize(long)).toEqual({ width: 1280, height: 720 });
  });

  it('throws nothing but MediaFormatError for other bytes', () => {
    const piece = fc.constantFrom(
      [0, 0, 1],
      [0, 0, 0, 1],
      [...SPS_720P],
      [0x67, 66],
      [0x65, 9],
      [0, 0, 3],
      [0],
      [1],
      [255],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        try {
          const size = keyframeSize(Uint8Array.from(pieces.flat()));
          if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
          if (size) expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(1055 * 16);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
