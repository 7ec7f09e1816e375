import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { vp8KeyframeSize } from '../../../src/media/vp8.ts';
import { readNut } from '../../helpers/media-samples.ts';
import { MediaTools, testPicture } from './media-tools.ts';

const tools = new MediaTools();

describe('vp8KeyframeSize', () => {
  it('reads 14 bits of each size and leaves the scaling hint out', () => {
    const keyframe = Uint8Array.of(0x10, 2, 0, 0x9d, 1, 0x2a, 0x80, 0x42, 0x68, 0xc1);
    expect(vp8KeyframeSize(keyframe)).toEqual({ width: 0x280, height: 0x168 });
  });

  it('knows no size of a frame that depends on others', () => {
    expect(vp8KeyframeSize(Uint8Array.of(0x11, 2, 0))).toBeUndefined();
  });

  it.each([
    ['an empty frame', []],
    ['a key frame that ends too early', [0x10, 2, 0, 0x9d, 1, 0x2a, 0x80, 2]],
    ['a key frame without its start code', [0x10, 2, 0, 1, 2, 3, 0x80, 2, 0x68, 1]],
    ['a key frame without a size', [0x10, 2, 0, 0x9d, 1, 0x2a, 0, 0x40, 0x68, 1]],
  ])('refuses %s', (_, bytes) => {
    expect(() => vp8KeyframeSize(Uint8Array.from(bytes))).toThrow(MediaFormatError);
  });

  it.each(['320x180', '322x182', '64x48'])('reads what libvpx makes of %s pixels', async (size) => {
    const codec = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-auto-alt-ref', '0', '-g', '4'];
    const packets = readNut(await tools.ffmpeg([...testPicture(size, 9), ...codec, '-f', 'nut', 'pipe:1']));
    const [width, height] = size.split('x').map(Number);
    const expected = packets.map(({ keyframe }) => (keyframe ? { width, height } : undefined));
    expect(packets.filter(({ keyframe }) => keyframe).length).toBeGreaterThan(1);
    expect(packets.map(({ data }) => vp8KeyframeSize(data))).toEqual(expected);
  });

  it('throws nothing but MediaFormatError for other bytes', () => {
    const start = fc.constantFrom([], [0x10], [0x10, 2, 0, 0x9d, 1, 0x2a]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 12 }), (first, rest) => {
        try {
          const size = vp8KeyframeSize(Uint8Array.from([...first, ...rest]));
          if (size) expect(Math.min(size.width, size.height)).toBeGreaterThan(0);
          if (size) expect(Math.max(size.width, size.height)).toBeLessThan(2 ** 14);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
