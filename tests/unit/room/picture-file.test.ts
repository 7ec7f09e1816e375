import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { MAX_PICTURE_BYTES, checkPicture, readPicture } from '../../../src/room/picture-file.ts';
import { pngOf } from '../../helpers/pictures.ts';

/** The head of a JPEG: these segments, and a frame of this size. */
function jpegOf(segments: readonly Buffer[], width: number, height: number): Buffer {
  const frame = Buffer.from([0xff, 0xc2, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, frame]);
}

function segment(marker: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
}

function webpOf(kind: string, body: readonly number[]): Buffer {
  const head = Buffer.from(`RIFF\0\0\0\0WEBP${kind}\0\0\0\0`, 'latin1');
  return Buffer.concat([head, Buffer.from(body)]);
}

describe('a picture file', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'] as const)('says that it is %s, and how large', (type) => {
    const data = createCanvas(123, 45).toBuffer(type as 'image/png');
    expect(readPicture(data)).toEqual({ type, width: 123, height: 45 });
  });

  it.each([
    { what: 'lossy', data: webpOf('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x40, 0xc1, 0xf0, 0]), width: 320, height: 240 },
    { what: 'lossless', data: webpOf('VP8L', [0x2f, 0x3f, 0xc1, 0x3b, 0, 0, 0, 0, 0, 0]), width: 320, height: 240 },
    { what: 'extended', data: webpOf('VP8X', [0, 0, 0, 0, 0x3f, 1, 0, 0xef, 0, 0]), width: 320, height: 240 },
  ])('of WebP may be $what', ({ data, width, height }) => {
    expect(readPicture(data)).toEqual({ type: 'image/webp', width, height });
    expect(readPicture(data.subarray(0, -1))).toBeUndefined();
  });

  it('of JPEG is as large as its frame, not as the small picture in its metadata', () => {
    const thumbnail = jpegOf([], 160, 120);
    const data = jpegOf(
      [segment(0xe1, thumbnail), Buffer.from([0xff, 0xff, 0xff]), segment(0xc4, thumbnail)],
      4000,
      2000,
    );
    expect(readPicture(data)).toEqual({ type: 'image/jpeg', width: 4000, height: 2000 });
    expect(readPicture(data.subarray(0, -5))).toBeUndefined();
  });

  it.each([
    {
      why: 'only fill bytes',
      data: Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(MAX_PICTURE_BYTES - 2, 0xff)]),
    },
    {
      why: 'empty segments',
      data: Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(400_000, '\xff\xe0\0\0', 'latin1')]),
    },
    { why: 'a segment that leads nowhere', data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0, 0, 0, 0, 0]) },
    {
      why: 'something else between segments',
      data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    },
  ])('of JPEG with $why is none', ({ data }) => {
    expect(readPicture(data)).toBeUndefined();
  });

  it('of JPEG is searched for so long, and no longer', () => {
    const behind = (steps: number): Buffer => jpegOf([Buffer.alloc(steps, 0xff)], 40, 30);
    expect(readPicture(behind(9_999))).toMatchObject({ width: 40 });
    expect(readPicture(behind(10_000))).toBeUndefined();
  });

  it('is none when its head is cut', () => {
    const data = pngOf(5, 5);
    expect(readPicture(data)).toEqual({ type: 'image/png', width: 5, height: 5 });
    for (let length = 0; length < data.length; length += 1)
      expect(readPicture(data.subarray(0, length))).toBeUndefined();
  });

  it('is taken up to its limits, and not beyond', () => {
    expect(checkPicture(pngOf(3840, 2160, MAX_PICTURE_BYTES))).toMatchObject({ width: 3840 });
    expect(() => checkPicture(pngOf(1, 1, MAX_PICTURE_BYTES + 1))).toThrow(expect.objectContaining({ status: 413 }));
    expect(() => checkPicture(pngOf(3840, 2161))).toThrow('The picture has 3840x2161 pixels; make it smaller');
    expect(() => checkPicture(pngOf(0, 9))).toThrow(expect.objectContaining({ status: 415, code: 'not_a_picture' }));
  });
});
