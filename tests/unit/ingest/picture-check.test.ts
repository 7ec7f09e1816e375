import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { inspectPicture, isOtherSize } from '../../../src/ingest/picture-check.ts';
import { VP8_DELTA, h264Frame, vp8Key } from './coded-pictures.ts';

function inspect(codec: 'h264' | 'vp8', payload: Uint8Array, flagged: boolean, maxPixels = 1920 * 1088) {
  return inspectPicture(payload, { track: 7, codec, flagged, maxPixels });
}

/** One more slice, which begins with this macroblock. */
function slice(first: number): Uint8Array {
  const number = (first + 1).toString(2);
  const bits = `${'0'.repeat(number.length - 1)}${number}1`.padEnd(40, '0');
  return Uint8Array.of(0, 0, 1, 0x41, ...(bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)), 0x84);
}

/** The same in this order. */
function slices(...firsts: readonly number[]): Uint8Array {
  return Buffer.concat(firsts.map(slice));
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a picture', () => {
  it.each([
    [1, 1],
    [2, 3],
    [333, 7],
    [1920, 1088],
  ])('of %ix%i is taken with any shape, odd sizes included', (width, height) => {
    expect(inspect('vp8', vp8Key(width, height), true)).toMatchObject({
      width,
      height,
      pixels: width * height,
    });
  });

  it.each([
    ['vp8', vp8Key(7680, 4320), '7680x4320'],
    ['vp8', vp8Key(1921, 1088), '1921x1088'],
    ['h264', h264Frame('key', { columns: 480, rows: 270 }), '7680x4320'],
  ] as const)('of %s beyond the limit is refused by name', (codec, payload, size) => {
    expect(() => inspect(codec, payload, true)).toThrow(`The picture is ${size}`);
  });

  it('counts what is cropped away, because a decoder works on it, but not what fills up blocks', () => {
    const cropped = h264Frame('key', { columns: 480, rows: 270, cropX: 7600, cropY: 4300 });
    expect(() => inspect('h264', cropped, true)).toThrow('The picture is 80x20');
    const padded = h264Frame('key', { columns: 40, rows: 23, cropY: 8 });
    expect(inspect('h264', padded, true, 640 * 360)).toMatchObject({ height: 360, pixels: 640 * 360 });
  });

  it.each([
    ['h264', h264Frame('key', { columns: 4, rows: 4 }), true],
    ['h264', h264Frame('delta'), false],
    ['h264', h264Frame('delta', { columns: 4, rows: 4 }), false],
    ['vp8', vp8Key(64, 64), true],
    ['vp8', VP8_DELTA, false],
  ] as const)('of %s begins a stream or not by itself, whatever its header says (%#)', (codec, payload, begins) => {
    expect(inspect(codec, payload, false) !== undefined).toBe(begins);
  });

  it.each([
    ['h264', h264Frame('key'), false],
    ['h264', h264Frame('delta'), true],
    ['h264', vp8Key(64, 64), true],
    ['vp8', VP8_DELTA, true],
    ['vp8', h264Frame('key', { columns: 4, rows: 4 }), true],
    ['vp8', vp8Key(0, 4), false],
  ] as const)('of %s that is no proper key frame is told so (%#)', (codec, payload, flagged) => {
    expect(() => inspect(codec, payload, flagged)).toThrow(/^A key frame of track 7 is no /);
  });

  it('is refused without its slice when its parameter sets are too large', () => {
    const sets = h264Frame('none', { columns: 480, rows: 270 });
    expect(() => inspect('h264', sets, false)).toThrow('The picture is 7680x4320');
  });

  it.each(['key', 'delta'] as const)('comes alone, or as two fields: a %s frame of three is refused', (kind) => {
    const one = h264Frame(kind, { columns: 4, rows: 4 });
    const fields = Buffer.concat([one, slice(0)]);
    expect(() => inspect('h264', fields, false)).not.toThrow();
    const many = Buffer.concat([fields, slice(0)]);
    expect(() => inspect('h264', many, false)).toThrow(
      /^A frame of track 7 holds 3 pictures; send each in a frame of its own, and none of its slices twice\.$/,
    );
  });

  it.each<[string, readonly number[]]>([
    ['the same slice', [460, 460, 460]],
    ['the same two', [10, 460, 10, 460, 10, 460]],
    ['the largest that there are', [65_533, 65_533, 65_533]],
    ['one that comes again behind what is no number', [460, 99_999, 460, 99_999, 460]],
  ])('holds each part once, or once for each field: %s as often as three times are refused', (_, firsts) => {
    const key = h264Frame('key', { columns: 4, rows: 4 });
    // The first slice of all begins with macroblock 0.
    const fields = Buffer.concat([key, slices(...firsts.slice(0, Math.ceil((firsts.length * 2) / 3)))]);
    expect(() => inspect('h264', fields, true)).not.toThrow();
    expect(() => inspect('h264', Buffer.concat([key, slices(...firsts)]), true)).toThrow('holds 3 pictures');
  });

  it('may be cut into as many slices as the largest has rows, and more where they have some bytes', () => {
    const one = h264Frame('key', { columns: 4, rows: 4 });
    const cut = (count: number, filler = 0): Uint8Array => {
      const rest = filler === 0 ? [] : [Uint8Array.of(0, 0, 1, 12), Buffer.alloc(filler, 0xff)];
      return Buffer.concat([one, slices(...upTo(count - 1)), ...rest]);
    };
    // 1500 bytes pay for the three beyond 150.
    expect(inspect('h264', cut(152), true)).toMatchObject({ width: 64 });
    expect(() => inspect('h264', cut(160), true)).toThrow(
      /^A frame of track 7 has 160 slices; cut pictures of \d+ bytes into 15\d at most\.$/,
    );
    expect(inspect('h264', cut(160, 5000), true)).toMatchObject({ width: 64 });
    let most = 150;
    while (Math.floor(150 + cut(most + 1).length / 500) > most) most += 1;
    expect(inspect('h264', cut(most), true)).toMatchObject({ width: 64 });
    expect(() => inspect('h264', cut(most + 1), true)).toThrow(`has ${most + 1} slices`);
  });

  it('may have a thousand units at most', () => {
    const one = h264Frame('key', { columns: 4, rows: 4 });
    const units = (count: number): Uint8Array =>
      Buffer.concat([one, ...Array.from({ length: count - 2 }, () => Uint8Array.of(0, 0, 1, 9, 0x10))]);
    expect(inspect('h264', units(1000), true)).toMatchObject({ width: 64 });
    expect(() => inspect('h264', units(1001), true)).toThrow(
      /^A frame of track 7 has more than 1000 NAL units; cut pictures into fewer slices\.$/,
    );
  });

  it('of any bytes is a picture, no picture, or a sentence for its sender', () => {
    const codec = fc.constantFrom('h264', 'vp8');
    fc.assert(
      fc.property(codec, fc.uint8Array({ minLength: 1 }), fc.boolean(), (name, payload, flagged) => {
        try {
          inspect(name, payload, flagged);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe('sizes', () => {
  it('differ when encoders cannot have made one of the other', () => {
    const announced = { width: 640, height: 360 };
    expect(isOtherSize(announced, { width: 640, height: 368 })).toBe(false);
    expect(isOtherSize(announced, { width: 640, height: 375 })).toBe(false);
    expect(isOtherSize(announced, { width: 640, height: 376 })).toBe(true);
    expect(isOtherSize(announced, { width: 624, height: 360 })).toBe(true);
  });
});
