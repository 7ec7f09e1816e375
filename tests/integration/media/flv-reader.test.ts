import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FlvReader, type FlvTag } from '../../../src/media/flv-reader.ts';
import { MediaFormatError } from '../../../src/media/media-format-error.ts';
import { inChunks, MediaTools, md5, testPicture, testTone } from './media-tools.ts';

const tools = new MediaTools();

function read(bytes: Uint8Array, chunk: number, maxTagBytes = 1_000_000): FlvTag[] {
  const tags: FlvTag[] = [];
  const reader = new FlvReader({ maxTagBytes, onTag: (tag) => tags.push(tag) });
  inChunks(bytes, chunk, (piece) => reader.push(piece));
  return tags;
}

/** The frames, as ffprobe would list them. */
function listed(tags: readonly FlvTag[]) {
  return tags.flatMap((tag) =>
    tag.kind === 'video' || tag.kind === 'audio'
      ? [{ kind: tag.kind, pts: tag.timestampMs, keyframe: tag.keyframe, md5: md5(tag.data) }]
      : [],
  );
}

describe('FlvReader and the streams of FFmpeg', () => {
  let flv: Uint8Array = new Uint8Array(0);
  let largest = 0;

  beforeAll(async () => {
    // With reordered frames, so that times of decoding and presentation differ.
    const h264 = ['-c:v', 'libx264', '-preset', 'fast', '-bf', '2', '-g', '10', '-pix_fmt', 'yuv420p'];
    const inputs = [...testPicture('64x48', 40), ...testTone(1.3)];
    flv = await tools.ffmpeg([...inputs, ...h264, '-c:a', 'aac', '-f', 'flv', 'pipe:1']);
    const headOfVideoTag = 5;
    const sizes = read(flv, flv.length).map(({ data }) => data.length + headOfVideoTag);
    largest = Math.max(...sizes);
  });

  it('gives the times, key frames and bytes that ffprobe lists, one byte at a time', async () => {
    const { packets, streams } = await tools.probe(flv, 'flv');
    const expected = packets.map(({ stream, pts, keyframe, md5 }) => ({
      kind: streams[stream]?.codec_name === 'h264' ? 'video' : 'audio',
      pts,
      keyframe,
      md5,
    }));
    expect(packets.filter(({ pts, dts }) => pts !== dts).length).toBeGreaterThan(5);
    expect(listed(read(flv, 1))).toEqual(expected);
  });

  it('gives one configuration of each before its frames, as long as ffprobe says', async () => {
    const tags = read(flv, 1000);
    const { streams } = await tools.probe(flv, 'flv');
    for (const [kind, codec] of [
      ['video', 'h264'],
      ['audio', 'aac'],
    ] as const) {
      const [first, ...rest] = tags.filter((tag) => tag.kind.startsWith(kind));
      expect(first?.kind).toBe(`${kind}-config`);
      expect(rest.every((tag) => tag.kind === kind)).toBe(true);
      expect(first?.data.length).toBe(streams.find(({ codec_name }) => codec_name === codec)?.extradata_size);
    }
  });

  it('gives the same for chunks of any size, in bytes of its own', () => {
    const whole = read(flv, flv.length);
    expect(whole.some(({ data }) => data.buffer === flv.buffer)).toBe(false);
    for (const size of [2, 7, 1000, 4096]) expect(read(flv, size)).toEqual(whole);
  });

  it('takes tags as large as the limit and refuses one byte more', () => {
    const script = 1000;
    expect(largest).toBeGreaterThan(script);
    expect(read(flv, 1000, largest)).toEqual(read(flv, flv.length));
    expect(() => read(flv, 1000, largest - 1)).toThrow(MediaFormatError);
  });

  it('throws nothing but MediaFormatError for damaged streams', () => {
    const place = fc.oneof(fc.nat(600), fc.nat(flv.length - 1));
    const damage = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, fc.integer({ min: 1, max: 5000 }), (changes, size) => {
        const bytes = flv.slice();
        for (const [at, value] of changes) bytes[at] = value;
        try {
          const held = read(bytes, size, largest).reduce((sum, { data }) => sum + data.length, 0);
          expect(held).toBeLessThan(bytes.length);
        } catch (error) {
          expect(error).toBeInstanceOf(MediaFormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
