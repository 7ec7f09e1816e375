import { createFile, MP4BoxBuffer, type Movie, type Sample } from 'mp4box';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FragmentSample, fragment, initSegment } from '../../../src/media/fmp4-writer.ts';
import { AUDIO, type CodedProgram, codedProgram, joined, partsOf, VIDEO } from './fmp4-samples.ts';
import { MediaTools, md5 } from './media-tools.ts';

const tools = new MediaTools();
/** Above 2^32 ticks of either timescale: about 100 hours. */
const LATE_SECONDS = 360_000;

/** What mp4box finds: the movie, and every sample with its bytes. */
function opened(bytes: Uint8Array): { movie: Movie; samples: (trackId: number) => Sample[] } {
  const file = createFile();
  const found = new Map<number, Sample[]>();
  let movie: Movie | undefined;
  file.onError = (module, message) => {
    throw new Error(`${module}: ${message}`);
  };
  file.onReady = (info) => {
    movie = info;
    for (const { id } of info.tracks) file.setExtractionOptions(id, undefined, { nbSamples: 1 });
    file.start();
  };
  file.onSamples = (id, _, samples) => {
    found.set(id, [...(found.get(id) ?? []), ...samples]);
  };
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(bytes.slice().buffer, 0), true);
  file.flush();
  if (!movie) throw new Error('mp4box found no movie');
  return { movie, samples: (trackId) => found.get(trackId) ?? [] };
}

describe('initSegment and fragment', () => {
  let program: CodedProgram;

  beforeAll(async () => {
    program = await codedProgram(tools);
  });

  it('describe both tracks as mp4box and ffprobe read them', async () => {
    const whole = joined(program.init, ...partsOf(program));
    const { movie } = opened(whole);
    expect(movie).toMatchObject({ isFragmented: true, hasMoov: true, brands: ['iso6', 'iso6', 'mp41'], duration: 0 });
    expect(movie.tracks.map(({ id, codec, timescale }) => ({ id, codec, timescale }))).toEqual([
      {
        id: 1,
        codec: program.video.config.codecString.toLowerCase(),
        timescale: VIDEO.timescale,
      },
      { id: 2, codec: 'mp4a.40.2', timescale: AUDIO.timescale },
    ]);
    expect(movie.tracks.map(({ edits }) => edits)).toEqual([undefined, undefined]);
    expect(movie.tracks[0]?.video).toEqual({ width: 322, height: 182 });
    expect(movie.tracks[1]?.audio).toMatchObject({ sample_rate: 48_000, channel_count: 2 });

    const { streams } = await tools.probe(whole, 'mp4');
    expect(streams).toMatchObject([
      { codec_name: 'h264', codec_tag_string: 'avc1', width: 322, height: 182, nal_length_size: '4', has_b_frames: 0 },
      { codec_name: 'aac', codec_tag_string: 'mp4a', profile: 'LC', sample_rate: '48000', channels: 2 },
    ]);
    expect(streams[0]?.extradata_size).toBe(program.video.config.description?.length);
    expect(streams[1]?.extradata_size).toBe(program.audio.config.description.length);
  });

  it.each([
    ['at the start', 0],
    ['where decode times have left 32 bits behind', LATE_SECONDS],
  ])('give mp4box and ffprobe the times, key frames and bytes of both tracks %s', async (_, start) => {
    const whole = joined(program.init, ...partsOf(program, start));
    const { samples } = opened(whole);
    const { packets } = await tools.probe(whole, 'mp4');
    for (const [trackId, track, { timescale, duration }] of [
      [1, program.video, VIDEO],
      [2, program.audio, AUDIO],
    ] as const) {
      const base = start * timescale;
      const kept = track.samples.slice(0, trackId === 1 ? 30 : 45);
      const expected = kept.map(({ data, keyframe }, n) => {
        return { time: base + n * duration, duration, keyframe, md5: md5(data) };
      });
      expect(kept.length).toBeGreaterThan(29);
      if (start > 0) expect(base).toBeGreaterThan(2 ** 32);
      expect(
        samples(trackId).map((sample) => ({
          time: sample.dts,
          duration: sample.duration,
          keyframe: sample.is_sync,
          md5: md5(sample.data ?? new Uint8Array(0)),
        })),
      ).toEqual(expected);
      expect(samples(trackId).every((sample) => sample.cts === sample.dts)).toBe(true);
      expect(
        packets
          .filter(({ stream }) => stream === trackId - 1)
          .map(({ pts, duration: ticks, keyframe, md5: sum }) => ({ time: pts, duration: ticks, keyframe, md5: sum })),
      ).toEqual(expected);
    }
  });

  it('are decoded by ffmpeg without a complaint, each picture and nearly each sample of sound', async () => {
    const whole = joined(program.init, ...partsOf(program));
    const from = ['-f', 'mp4', '-i', 'pipe:0'];
    const pictures = await tools.ffmpeg([...from, '-map', '0:v', '-f', 'rawvideo', 'pipe:1'], whole);
    expect(pictures).toHaveLength(30 * 322 * 182 * 1.5);
    const sound = await tools.ffmpeg([...from, '-map', '0:a', '-f', 's16le', 'pipe:1'], whole);
    expect(sound.length).toBeGreaterThan(44 * AUDIO.duration * 4);
  });

  it('write durations and key frames for each sample when they differ', async () => {
    const durations = [512, 100, 1, 0, 2000, 512, 512, 512, 512, 700];
    const keyframes = [true, false, true, false, false, true, true, false, false, true];
    const samples = program.video.samples
      .slice(0, 10)
      .map(({ data }, n) => ({ data, duration: durations[n] ?? 0, keyframe: keyframes[n] ?? false }));
    const part = fragment(1, [{ trackId: 1, baseDecodeTime: 7, samples }]);
    const found = opened(joined(program.init, part)).samples(1);
    expect(found.map(({ duration }) => duration)).toEqual(durations);
    expect(found.map(({ is_sync }) => is_sync)).toEqual(keyframes);
    expect(found.map(({ depends_on }) => depends_on)).toEqual(keyframes.map((keyframe) => (keyframe ? 2 : 1)));
    expect(found.map(({ dts }) => dts)).toEqual(
      durations.map((_, n) => durations.slice(0, n).reduce((a, b) => a + b, 7)),
    );
  });

  it('put one moof and one mdat into a part, whose second track follows the first', () => {
    const one = (byte: number): FragmentSample => ({ data: Uint8Array.of(byte), duration: 1, keyframe: true });
    const part = fragment(9, [
      { trackId: 1, baseDecodeTime: 0, samples: [one(1), one(2)] },
      { trackId: 2, baseDecodeTime: 0, samples: [one(3)] },
    ]);
    const view = new DataView(part.buffer);
    const moof = view.getUint32(0);
    expect([view.getUint32(moof), part.length - moof]).toEqual([11, 11]);
    expect([...part.subarray(moof + 4)]).toEqual([...new TextEncoder().encode('mdat'), 1, 2, 3]);
  });

  it('leave out a track without samples', () => {
    const samples = program.audio.samples.slice(0, 2);
    const track = { trackId: 2, baseDecodeTime: 5, samples };
    expect(fragment(1, [{ trackId: 1, baseDecodeTime: 0, samples: [] }, track])).toEqual(fragment(1, [track]));
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN])('refuse the decode time %d', (baseDecodeTime) => {
    const { samples } = program.audio;
    expect(() => fragment(1, [{ trackId: 2, baseDecodeTime, samples }])).toThrow(RangeError);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])('refuse the duration %d', (duration) => {
    const samples = [{ data: new Uint8Array(1), duration, keyframe: true }];
    expect(() => fragment(1, [{ trackId: 2, baseDecodeTime: 0, samples }])).toThrow(RangeError);
  });

  it('refuse H.264 without its description, and an AAC description that is none', () => {
    const { description: _, ...video } = program.video.config;
    const audio = { config: program.audio.config, timescale: 48_000 };
    expect(() => initSegment({ video: { config: video, timescale: 30 }, audio })).toThrow(RangeError);
    const long = { ...audio, config: { ...audio.config, description: new Uint8Array(128) } };
    expect(() => initSegment({ video: { config: program.video.config, timescale: 30 }, audio: long })).toThrow(
      RangeError,
    );
  });
});
