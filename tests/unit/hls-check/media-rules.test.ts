import { describe, expect, it } from 'vitest';
import type { AacConfig, H264Config } from '../../../src/media/codec.ts';
import { fragment, initSegment } from '../../../src/media/fmp4-writer.ts';
import { problemsOfMp4box } from '../../helpers/hls-check/media-oracles.ts';
import { MediaTimeline, problemsOfInit, problemsOfSegment } from '../../helpers/hls-check/media-rules.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { livePlaylist } from '../../helpers/hls-check/samples.ts';

const CODECS = ['avc1.4D401F', 'mp4a.40.2'];
const VIDEO: H264Config = {
  ...{ codec: 'h264', format: 'avc', codecString: 'avc1.4D401F', width: 320, height: 180, framerate: 30 },
  description: Uint8Array.from([1, 0x4d, 0x40, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x4d, 0x40, 0x1f, 1, 0, 2, 0x68, 0xee]),
};
const AUDIO: AacConfig = {
  ...{ codec: 'aac', codecString: 'mp4a.40.2', sampleRate: 48000, channels: 2 },
  description: Uint8Array.from([0x11, 0x90]),
};
const INIT = initSegment({ video: { config: VIDEO, timescale: 15_360 }, audio: { config: AUDIO, timescale: 48_000 } });
const PART = { uri: 'p', duration: 0.5, independent: false, gap: false };

/** What a part may be made wrong in. */
interface Change {
  readonly frames?: number;
  readonly keys?: readonly number[];
  /** Frames that it begins after its time. */
  readonly late?: number;
  /** Seconds of sound that are missing. */
  readonly mute?: number;
}

/** Part `number` of a program of half-second parts. */
function part(
  number: number,
  { frames = 15, keys = number % 4 === 0 ? [0] : [], late = 0, mute = 0 }: Change = {},
): Uint8Array {
  const units = Math.ceil(((number + 1) * 24_000) / 1024) - Math.ceil((number * 24_000) / 1024);
  const left = Math.max(1, units - Math.round(mute / (1024 / 48_000)));
  return fragment(number + 1, [
    {
      trackId: 1,
      baseDecodeTime: (number * 15 + late) * 512,
      samples: Array.from({ length: frames }, (_, index) => ({
        data: new Uint8Array(20),
        duration: 512,
        keyframe: keys.includes(index),
      })),
    },
    {
      trackId: 2,
      baseDecodeTime: Math.ceil((number * 24_000) / 1024) * 1024,
      samples: Array.from({ length: left }, () => ({ data: new Uint8Array(9), duration: 1024, keyframe: true })),
    },
  ]);
}

/** Rules that these parts break one after another. */
function broken(
  ...parts: readonly (readonly [bytes: Uint8Array, independent?: boolean, duration?: number])[]
): string[] {
  const timeline = new MediaTimeline();
  timeline.init(INIT);
  return parts.flatMap(([bytes, independent = false, duration = 0.5]) =>
    timeline.part(bytes, { ...PART, independent, duration }).map(({ rule }) => rule),
  );
}

describe('the rules about media', () => {
  it('are kept by init, parts and segments as they should be, and read alike by mp4box', () => {
    expect(problemsOfInit(INIT, CODECS)).toEqual([]);
    const parts = [0, 1, 2, 3].map((number) => part(number));
    expect(broken(...parts.map((bytes, index) => [bytes, index === 0] as const))).toEqual([]);
    expect(problemsOfMp4box(INIT, Buffer.concat(parts))).toEqual([]);
  });

  it('find an init segment that is another codec than the playlist says, or none', () => {
    expect(problemsOfInit(INIT, ['avc1.64001f', 'mp4a.40.2']).map(({ rule }) => rule)).toEqual(['codecs']);
    expect(problemsOfInit(new Uint8Array([0, 0, 0, 99, 1, 2, 3, 4]), CODECS).map(({ rule }) => rule)).toEqual(['init']);
    expect(problemsOfInit(part(0), CODECS).map(({ rule }) => rule)).toContain('init');
  });

  it.each([
    ['part-length', [[part(0), true, 0.46667]]],
    ['part-length', [[part(0, { frames: 14 }), true]]],
    ['independent', [[part(0), false]]],
    ['independent', [[part(1), true]]],
    ['independent', [[part(1, { keys: [4] })]]],
    ['media-time', [[part(0), true], [part(2)]]],
    ['media-time', [[part(0), true], [part(1, { late: 1 })]]],
    ['media-time', [[part(0, { mute: 0.3 }), true]]],
    ['part-media', [[part(0).subarray(0, 200), true]]],
    ['part-media', [[new Uint8Array([...part(0), ...INIT]), true]]],
  ] as const)('find %s broken (change %#)', (rule, parts) => {
    expect(broken(...parts)).toContain(rule);
  });

  it('take a break for what it is', () => {
    const timeline = new MediaTimeline();
    timeline.init(INIT);
    timeline.part(part(0), { ...PART, independent: true });
    timeline.breakOff();
    expect(timeline.part(part(8), { ...PART, independent: true })).toEqual([]);
  });

  it('find a segment that is not its parts', () => {
    const [segment] = readPlaylist(livePlaylist({ first: 0, open: 1, parts: 0 })).segments;
    if (!segment) throw new Error('There is no segment');
    const parts = [part(0), part(1)];
    expect(problemsOfSegment(Buffer.concat(parts), segment, parts)).toEqual([]);
    const rules = [Buffer.concat(parts).subarray(1), part(0)].map(
      (bytes) => problemsOfSegment(bytes, segment, parts)[0]?.rule,
    );
    expect(rules).toEqual(['parts-of-segment', 'parts-of-segment']);
  });
});
