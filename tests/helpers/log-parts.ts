/** Parts for tests of the session log: bytes that say where they belong, no media. */
import type { InitSegment, Part } from '../../src/media/part.ts';
import { wallTime } from '../../src/media/timestamp.ts';

/** Program frames of one part, parts of one segment. */
export const PART_FRAMES = 15;
export const SEGMENT_PARTS = 4;

/** An init segment whose bytes name its generation. */
export function testInit(generation = 0): InitSegment {
  const data = Buffer.from(`init ${generation}`);
  return { generation, data, codecs: ['avc1.4d401f', 'mp4a.40.2'], width: 1280, height: 720, framerate: 30 };
}

/** The `n`-th part of a session (from 0), with `bytes` bytes of content. */
export function testPart(n: number, options: { init?: InitSegment; bytes?: number } = {}): Part {
  const segment = Math.floor(n / SEGMENT_PARTS);
  const index = n % SEGMENT_PARTS;
  return {
    init: options.init ?? testInit(),
    segment,
    index,
    firstFrame: n * PART_FRAMES,
    frames: PART_FRAMES,
    independent: index === 0,
    discontinuity: false,
    last: index === SEGMENT_PARTS - 1,
    wallTime: wallTime(1_800_000_000_000 + n * 500),
    data: Buffer.from(`[part ${n}]`.padEnd(options.bytes ?? 0, '.')),
  };
}
