import { describe, expect, it } from 'vitest';
import type { SpawnFfmpeg } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { type PicturedSegment, ThumbnailMaker } from '../../../src/hls/thumbnail-maker.ts';
import { MAX_THUMBNAILS, renderThumbnailList, Thumbnails } from '../../../src/hls/thumbnails.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const segments = (from: number, to: number): PicturedSegment[] =>
  Array.from({ length: to - from }, (_, index) => ({
    segment: from + index,
    firstFrame: (from + index) * 60,
    endFrame: (from + index + 1) * 60,
  }));
const named = (list: string): number[] =>
  [...list.matchAll(/^thumbnail-(\d+)\.jpg$/gm)].map((match) => Number(match[1]));
const noFfmpeg: SpawnFfmpeg = () => {
  throw new Error('No FFmpeg is needed for this.');
};

/** Thumbnails of a session with these segments, none of whose media can be read. */
function setUp(source: () => readonly PicturedSegment[] | undefined, listedSegments = 1800) {
  const read: number[] = [];
  const maker = new ThumbnailMaker({ spawn: noFfmpeg, clock: new FakeClock(), log: nullLogger });
  const readStart = async (segment: number): Promise<undefined> => void read.push(segment);
  const options = {
    source: () => {
      const list = source();
      return list && { segments: list, readStart };
    },
    framerate: 30,
    listedSegments,
  };
  return { thumbnails: new Thumbnails(options, maker, nullLogger), read };
}

describe('the list of thumbnails', () => {
  it('names a picture for each segment, with the time that it stands for', () => {
    expect(renderThumbnailList([...segments(0, 2), ...segments(1800, 1801)], 30)).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nthumbnail-0.jpg\n\n' +
        '00:00:02.000 --> 01:00:00.000\nthumbnail-1.jpg\n\n01:00:00.000 --> 01:00:02.000\nthumbnail-1800.jpg\n',
    );
  });

  it('names as many as it may, and half of them beyond that: none that it did not name before', () => {
    const full = named(renderThumbnailList(segments(0, MAX_THUMBNAILS), 30));
    expect(full).toHaveLength(MAX_THUMBNAILS);
    const half = named(renderThumbnailList(segments(0, MAX_THUMBNAILS + 1), 30));
    expect(half).toHaveLength(MAX_THUMBNAILS / 2 + 1);
    expect(half.slice(0, -1).every((segment) => full.includes(segment))).toBe(true);
    expect(named(renderThumbnailList(segments(77, 3677), 30)).length).toBeLessThanOrEqual(MAX_THUMBNAILS);
  });

  it('is of what viewers can go back to, and the same until that changes', async () => {
    let list = segments(0, 10);
    const { thumbnails } = setUp(() => list, 4);
    const first = await thumbnails.get('thumbnails.vtt');
    expect(first).toMatchObject({
      status: 200,
      contentType: 'text/vtt; charset=utf-8',
      cacheControl: 'public, max-age=5',
    });
    expect(named(String(first?.body))).toEqual([6, 7, 8, 9]);
    expect(await thumbnails.get('thumbnails.vtt')).toBe(first);
    list = segments(0, 11);
    expect(named(String((await thumbnails.get('thumbnails.vtt'))?.body))).toEqual([7, 8, 9, 10]);
  });

  it('is not there while the session has nothing on the disk', async () => {
    expect(await setUp(() => undefined).thumbnails.get('thumbnails.vtt')).toMatchObject({ status: 404 });
    expect(await setUp(() => []).thumbnails.get('thumbnails.vtt')).toMatchObject({ status: 404 });
    expect(await setUp(() => []).thumbnails.poster()).toMatchObject({ status: 404, cacheControl: 'no-store' });
  });
});

describe('a thumbnail', () => {
  it('is looked for only where a list names it, or one before named it', async () => {
    const { thumbnails, read } = setUp(() => segments(0, 4 * MAX_THUMBNAILS));
    for (const segment of [0, 1, 2, 3, 4, 6]) {
      expect(await thumbnails.get(`thumbnail-${segment}.jpg`)).toMatchObject({ status: 404, cacheControl: 'no-store' });
    }
    expect(read).toEqual([0, 2, 4, 6]);
  });

  it.each(['thumbnail-.jpg', 'thumbnail-1.png', 'thumbnail--1.jpg', 'segment-1.m4s', 'thumbnail-0123456789.jpg'])(
    'is not called %s',
    (file) => expect(setUp(() => segments(0, 9)).thumbnails.get(file)).toBeUndefined(),
  );
});
