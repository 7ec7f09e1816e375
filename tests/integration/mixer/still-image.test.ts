import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { MAX_STILL_BYTES, type RgbaImage, decodeStill } from '../../../src/mixer/still-image.ts';
import { type Clock, systemClock } from '../../../src/util/clock.ts';
import { fakeFfmpeg, faults } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { isAlive } from './processes.ts';

type Format = 'png' | 'jpeg' | 'webp';

function decode(data: Uint8Array, maxWidth = 512, maxHeight = 512, path = 'ffmpeg', clock: Clock = systemClock) {
  return decodeStill({ spawn: createSpawner(path), clock, log: nullLogger, data, maxWidth, maxHeight });
}

/** Left half red, right half blue, and the lower right quarter transparent where the format has that. */
function sample(format: Format, width: number, height: number): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ff0000';
  context.fillRect(0, 0, width / 2, height);
  context.fillStyle = '#0000ff';
  context.fillRect(width / 2, 0, width / 2, format === 'jpeg' ? height : height / 2);
  if (format === 'png') return canvas.toBuffer('image/png');
  return format === 'jpeg' ? canvas.toBuffer('image/jpeg', 95) : canvas.toBuffer('image/webp', 100);
}

function pixel({ width, data }: RgbaImage, x: number, y: number): number[] {
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
}

function near(actual: readonly number[], expected: readonly number[]): boolean {
  return actual.every((value, index) => Math.abs(value - (expected[index] as number)) <= 12);
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(MediaFormatError);
  return (error as MediaFormatError).message;
}

describe('decodeStill', () => {
  it.each(['png', 'jpeg', 'webp'] as const)('decodes %s with its colours and transparency', async (format) => {
    const image = await decode(sample(format, 64, 48));
    expect([image.width, image.height, image.data.length]).toEqual([64, 48, 64 * 48 * 4]);
    expect(pixel(image, 10, 10)).toSatisfy((actual: number[]) => near(actual, [255, 0, 0, 255]));
    expect(pixel(image, 50, 10)).toSatisfy((actual: number[]) => near(actual, [0, 0, 255, 255]));
    if (format !== 'jpeg') expect(pixel(image, 50, 40)[3]).toBe(0);
  });

  it('makes a picture smaller to lie within the limits, keeping its shape, and never larger', async () => {
    const [wide, high, small] = await Promise.all([
      decode(sample('png', 800, 200), 400, 400),
      decode(sample('png', 200, 800), 400, 400),
      decode(sample('png', 3, 5), 400, 400),
    ]);
    expect([wide.width, wide.height]).toEqual([400, 100]);
    expect([high.width, high.height]).toEqual([100, 400]);
    expect([small.width, small.height]).toEqual([3, 5]);
  });

  it('refuses what is no picture, whatever it begins with', async () => {
    expect(await refusal(decode(Buffer.from('<svg onload="x"/>')))).toBe(
      'The picture is neither PNG nor JPEG nor WebP.',
    );
    expect(await refusal(decode(new Uint8Array(0)))).toContain('neither PNG');
    const png = sample('png', 64, 48);
    expect(await refusal(decode(png.subarray(0, 12)))).toBe('The PNG picture cannot be decoded.');
    expect(await refusal(decode(Buffer.concat([png.subarray(0, 8), Buffer.alloc(5000, 7)])))).toContain('PNG');
    expect(await refusal(decode(Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.alloc(100)])))).toContain(
      'WebP',
    );
    expect(await refusal(decode(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(100)])))).toContain(
      'JPEG',
    );
  });

  it('refuses files beyond the limit of bytes without starting anything', async () => {
    const spawn = (): never => {
      throw new Error('Nothing may be started');
    };
    const options = { spawn, clock: systemClock, log: nullLogger, maxWidth: 64, maxHeight: 64 };
    const tooLarge = decodeStill({ ...options, data: new Uint8Array(MAX_STILL_BYTES + 1) });
    expect(await refusal(tooLarge)).toBe('A picture has at most 8388608 bytes, this one has 8388609.');
    expect(await refusal(decodeStill({ ...options, data: new Uint8Array(MAX_STILL_BYTES) }))).toContain('neither PNG');
  });

  it('refuses a few bytes that claim gigapixels', async () => {
    const bomb = sample('png', 64, 48);
    // Width and height of the first chunk; its check sum is not looked at before its size is.
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(await refusal(decode(bomb))).toBe('The PNG picture cannot be decoded.');
  });

  it('ends a decoder that takes too long, whatever that does', async () => {
    const folder = await tempDir();
    const path = await fakeFfmpeg(folder, faults.ignoresSignals);
    const pids: number[] = [];
    const spawn: ReturnType<typeof createSpawner> = (args, options) => {
      const child = createSpawner(path)(args, options);
      if (child.pid !== undefined) pids.push(child.pid);
      return child;
    };
    // Five seconds are over at once; the steps of ending it take their time.
    const clock: Clock = { ...systemClock, after: (ms, fn) => systemClock.after(ms === 5000 ? 0 : ms, fn) };
    const data = sample('png', 8, 8);
    const late = decodeStill({ spawn, clock, log: nullLogger, data, maxWidth: 64, maxHeight: 64 });
    expect(await refusal(late)).toBe('The PNG picture takes longer than 5 seconds to decode.');
    expect(pids.map(isAlive)).toEqual([false]);
  });

  it.each(['floodsOutput', 'crashes', 'readsInput'] as const)('refuses when its decoder %s', async (fault) => {
    const path = await fakeFfmpeg(await tempDir(), faults[fault]);
    expect(await refusal(decode(sample('png', 8, 8), 64, 64, path))).toBe('The PNG picture cannot be decoded.');
  });

  it('refuses when there is no FFmpeg', async () => {
    expect(await refusal(decode(sample('png', 8, 8), 64, 64, '/nowhere/ffmpeg'))).toContain('cannot be decoded');
  });
});
