import { describe, expect, it } from 'vitest';
import { LiveStream, type LiveStreamOptions } from '../../../src/hls/live-stream.ts';
import type { Part } from '../../../src/media/part.ts';
import { SEGMENT_PARTS, testInit, testPart } from '../../helpers/log-parts.ts';
import { lintChange, lintPlaylist, readPlaylist } from './playlist-lint.ts';

/** A stream and what it has asked its source for. */
function live(options: Partial<LiveStreamOptions> = {}) {
  const asked: number[] = [];
  const stream = new LiveStream({
    sessionId: 'abc',
    targetDuration: 2,
    windowSegments: 12,
    source: {
      readSegment: (segment) => {
        asked.push(segment);
        return Promise.resolve(segment >= 3 ? Buffer.from(`from disk: ${segment}`) : undefined);
      },
    },
    ...options,
  });
  return { stream, asked };
}

/** All parts of a segment; `change` makes them others. */
function partsOf(segment: number, change: Partial<Part> = {}): Part[] {
  return Array.from({ length: SEGMENT_PARTS }, (_, index) => ({
    ...testPart(segment * SEGMENT_PARTS + index),
    ...change,
    discontinuity: index === 0 && change.discontinuity === true,
  }));
}

function add(stream: LiveStream, segment: number, change: Partial<Part> = {}): void {
  for (const part of partsOf(segment, change)) stream.add(part);
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString();
}

describe('LiveStream', () => {
  it('shows nothing until a player could start, which takes two segments', () => {
    const { stream } = live();
    const seen: (string | undefined)[] = [];
    for (const segment of [0, 1]) {
      for (const part of partsOf(segment)) {
        seen.push(stream.playlist(), stream.multivariant());
        expect(stream.ready).toBe(false);
        stream.add(part);
      }
    }
    expect(new Set(seen)).toEqual(new Set([undefined]));
    expect(stream.ready).toBe(true);
    expect(readPlaylist(stream.playlist() ?? '').segments.map(({ uri }) => uri)).toEqual([
      'segment-0.m4s',
      'segment-1.m4s',
    ]);
    expect(stream.multivariant()).toContain('\nabc/live.m3u8\n');
  });

  it('makes a segment of its parts: their bytes, their frames, the time of the first', async () => {
    const { stream } = live();
    const short = partsOf(0)
      .slice(0, 3)
      .map((part, index) => (index === 2 ? { ...part, frames: 7, last: true } : part));
    for (const part of short) stream.add(part);
    add(stream, 1);
    expect(text(await stream.segment(0))).toBe('[part 0][part 1][part 2]');
    expect(readPlaylist(stream.playlist() ?? '').segments[0]).toMatchObject({
      duration: Number((37 / 30).toFixed(5)),
      time: testPart(0).wallTime,
      init: 'init-0.mp4',
    });
  });

  it('ends a segment that nobody called the last part of when the next one begins', async () => {
    const { stream } = live();
    stream.add(testPart(0));
    stream.add({ ...testPart(4), segment: 1 });
    expect(text(await stream.segment(0))).toBe('[part 0]');
    expect(await stream.segment(1)).toBeUndefined();
  });

  it('slides by the rules, discontinuities and new init segments included', () => {
    const { stream } = live({ windowSegments: 6 });
    let before: string | undefined;
    for (let segment = 0; segment < 40; segment += 1) {
      const discontinuity = segment > 0 && segment % 5 === 0;
      add(stream, segment, { discontinuity, init: testInit(Math.floor(segment / 10)) });
      const after = stream.playlist();
      if (after !== undefined) {
        expect(lintPlaylist(after)).toEqual([]);
        if (before !== undefined) expect(lintChange(before, after)).toEqual([]);
      }
      before = after;
    }
    const last = readPlaylist(before ?? '');
    expect(last.segments.map(({ number }) => number)).toEqual([34, 35, 36, 37, 38, 39]);
    // 5, 10, 15, 20, 25 and 30 have gone.
    expect(last.discontinuitySequence).toBe(6);
  });

  it('keeps the newest eight segments in memory, and reads the others from its source', async () => {
    const { stream, asked } = live();
    for (let segment = 0; segment < 20; segment += 1) add(stream, segment);
    for (let segment = 12; segment < 20; segment += 1) expect(text(await stream.segment(segment))).toContain('[part');
    expect(asked).toEqual([]);
    expect(text(await stream.segment(11))).toBe('from disk: 11');
    // Out of the playlist, but some player may still be loading it.
    expect(text(await stream.segment(5))).toBe('from disk: 5');
    expect(await stream.segment(2)).toBeUndefined();
    expect(asked).toEqual([11, 5, 2]);
  });

  it('knows nothing of segments that do not exist yet', async () => {
    const { stream, asked } = live();
    expect(await stream.segment(0)).toBeUndefined();
    add(stream, 0);
    stream.add(testPart(SEGMENT_PARTS));
    expect(await stream.segment(1)).toBeUndefined();
    expect(await stream.segment(999_999_999)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('has the init segments of all that may still be loaded, and no more than that', () => {
    const { stream } = live({ windowSegments: 6 });
    for (let segment = 0; segment < 100; segment += 1) {
      add(stream, segment, { init: testInit(segment), discontinuity: true });
      for (const { init } of readPlaylist(stream.playlist() ?? twoSegments()).segments) {
        const generation = Number(/\d+/.exec(init ?? '')?.[0]);
        if (generation <= segment) expect(text(stream.init(generation)) ?? '').toMatch(/^init /);
      }
    }
    expect(text(stream.init(90))).toBe('init 90');
    expect(stream.init(50)).toBeUndefined();
    expect(stream.init(100)).toBeUndefined();
  });

  it('ends with what is in memory, the unfinished segment included', async () => {
    const { stream, asked } = live();
    for (let segment = 0; segment < 12; segment += 1) add(stream, segment, { discontinuity: segment === 2 });
    const before = stream.playlist() ?? '';
    stream.add({ ...testPart(12 * SEGMENT_PARTS), frames: 11 });
    stream.end();
    const after = stream.playlist() ?? '';
    expect(lintPlaylist(after)).toEqual([]);
    expect(lintChange(before, after)).toEqual([]);
    const read = readPlaylist(after);
    expect(read.ended).toBe(true);
    expect(read.discontinuitySequence).toBe(1);
    expect(read.segments.map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
    for (const { number } of read.segments) expect(await stream.segment(number)).toBeDefined();
    // The log may be gone by now.
    expect(await stream.segment(4)).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('shows a session of one unfinished segment once it is over, and nothing of an empty one', () => {
    const { stream } = live();
    stream.add(testPart(0));
    expect(stream.playlist()).toBeUndefined();
    stream.end();
    expect(readPlaylist(stream.playlist() ?? '')).toMatchObject({ ended: true, segments: [{ number: 0 }] });
    const empty = live().stream;
    empty.end();
    expect([empty.playlist(), empty.multivariant(), empty.ready]).toEqual([undefined, undefined, false]);
  });

  it('tells the peak and the average bit rate of what it lists', () => {
    const { stream } = live();
    for (const [segment, bytes] of [100_000, 25_000, 25_000].entries()) {
      for (const part of partsOf(segment)) stream.add({ ...part, data: Buffer.alloc(bytes / 4) });
    }
    const [, peak, average] = /BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+)/.exec(stream.multivariant() ?? '') ?? [];
    expect(Number(peak)).toBe(400_000);
    expect(Number(average)).toBe(200_000);
  });
});

/** Stands in while there is no playlist. */
function twoSegments(): string {
  const { stream } = live();
  add(stream, 0);
  add(stream, 1);
  return stream.playlist() ?? '';
}
