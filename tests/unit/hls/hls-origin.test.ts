import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SpawnFfmpeg } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { HlsOrigin } from '../../../src/hls/hls-origin.ts';
import { LiveStream } from '../../../src/hls/live-stream.ts';
import { streamTimes } from '../../../src/hls/profile.ts';
import { ThumbnailMaker } from '../../../src/hls/thumbnail-maker.ts';
import { Thumbnails } from '../../../src/hls/thumbnails.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { SEGMENT_PARTS, testPart } from '../../helpers/log-parts.ts';

function stream(sessionId: string, segments = 2): LiveStream {
  const made = new LiveStream({
    sessionId,
    times: streamTimes('standard', 30, 2),
    windowSegments: 6,
    dvrSegments: 6,
    orderedBitrate: 0,
    originWallMs: 0,
    captions: false,
    clock: new FakeClock(),
    source: { readSegment: () => Promise.resolve(undefined) },
  });
  for (let part = 0; part < segments * SEGMENT_PARTS; part += 1) made.add(testPart(part));
  return made;
}

/** An origin to which nobody says anything but a path. */
function setUp() {
  const clock = new FakeClock();
  const origin = new HlsOrigin(clock);
  const get = (room: string, path: string) => origin.get(room, path, new URLSearchParams());
  return { clock, origin, get };
}

describe('HlsOrigin', () => {
  it('answers playlists, init and segments of a room that is live', async () => {
    const { origin, get } = setUp();
    origin.open('demo', stream('abc'));
    const index = await get('demo', 'index.m3u8');
    const live = await get('demo', 'abc/live.m3u8');
    for (const playlist of [index, live]) {
      expect(playlist).toMatchObject({
        status: 200,
        contentType: 'application/vnd.apple.mpegurl',
        cacheControl: expect.stringMatching(/^public, max-age=[12]$/),
        body: expect.stringMatching(/^#EXTM3U\n/),
      });
      expect(gunzipSync(playlist.gzip ?? '').toString()).toBe(playlist.body);
    }
    const media = { status: 200, contentType: 'video/mp4', cacheControl: 'public, max-age=3600, immutable' };
    const init = await get('demo', 'abc/init-0.mp4');
    expect(init).toMatchObject(media);
    expect(Buffer.from(init.body).toString()).toBe('init 0');
    const segment = await get('demo', 'abc/segment-1.m4s');
    expect(segment).toMatchObject(media);
    expect(Buffer.from(segment.body).toString()).toBe('[part 4][part 5][part 6][part 7]');
  });

  it.each([
    ['', 'no file'],
    ['/', 'no file'],
    ['abc', 'a folder'],
    ['abc/', 'a folder'],
    ['live.m3u8', 'a playlist without its session'],
    ['abd/live.m3u8', 'another session'],
    ['ABC/live.m3u8', 'another session'],
    ['abc/index.m3u8', 'the wrong playlist'],
    ['abc/live.m3u8/', 'more than a file'],
    ['abc/live.m3u8/x', 'more than a file'],
    ['abc/../abc/live.m3u8', 'a way round'],
    ['../demo/index.m3u8', 'a way out'],
    ['abc/segment-2.m4s', 'a segment to come'],
    ['abc/segment--1.m4s', 'a negative segment'],
    ['abc/segment-1.5.m4s', 'a broken number'],
    ['abc/segment-1e0.m4s', 'a number by another name'],
    ['abc/segment-0000000001.m4s', 'a number that is too long'],
    ['abc/segment-9999999999999.m4s', 'a number that is too long'],
    ['abc/segment-1.m4s.bak', 'another ending'],
    ['abc/init-1.mp4', 'an unknown init'],
    ['abc/init-.mp4', 'an init without number'],
    ['abc/__proto__', 'nothing of ours'],
    ['abc/segment-1.m4s\n', 'a line end'],
  ])('has no %j, which is %s', async (path) => {
    const { origin, get } = setUp();
    origin.open('demo', stream('abc'));
    const answer = await get('demo', path);
    expect(answer).toMatchObject({ status: 404, contentType: 'text/plain; charset=utf-8', cacheControl: 'no-store' });
    expect(answer.gzip).toBeUndefined();
  });

  it('says so when nothing is live, or too little as yet', async () => {
    const { origin, get } = setUp();
    expect(await get('demo', 'index.m3u8')).toMatchObject({
      status: 404,
      body: 'Nothing is live in this room.',
    });
    origin.open('demo', stream('abc', 1));
    const early = { status: 404, body: expect.stringContaining('just begun') };
    expect(await get('demo', 'index.m3u8')).toMatchObject(early);
    expect(await get('demo', 'abc/live.m3u8')).toMatchObject(early);
  });

  it('packs each revision of a playlist once', async () => {
    const { origin, get } = setUp();
    const live = stream('abc');
    origin.open('demo', live);
    const packed = async () => (await get('demo', 'abc/live.m3u8')).gzip;
    const first = await packed();
    expect(await packed()).toBe(first);
    for (let part = 2 * SEGMENT_PARTS; part < 3 * SEGMENT_PARTS; part += 1) live.add(testPart(part));
    const second = await packed();
    expect(second).not.toBe(first);
    expect(await packed()).toBe(second);
    expect(gunzipSync(second ?? '').toString()).toContain('segment-2.m4s');
  });

  it('keeps rooms apart', async () => {
    const { origin, get } = setUp();
    origin.open('one', stream('abc'));
    origin.open('two', stream('def'));
    expect((await get('one', 'def/live.m3u8')).status).toBe(404);
    expect((await get('two', 'def/live.m3u8')).status).toBe(200);
  });

  it('shows the end of a session for ten minutes, and lets go of its files then', async () => {
    const { origin, get, clock } = setUp();
    const live = stream('abc');
    origin.open('demo', live);
    let kept = true;
    origin.end('demo', live, () => {
      kept = false;
    });
    clock.advance(599_999);
    expect(kept).toBe(true);
    expect((await get('demo', 'abc/live.m3u8')).body).toContain('#EXT-X-ENDLIST');
    clock.advance(1);
    expect(kept).toBe(false);
    expect((await get('demo', 'abc/live.m3u8')).status).toBe(404);
    expect(clock.pending).toBe(0);
  });

  it('has a poster of what is live alone', async () => {
    const { origin, get, clock } = setUp();
    expect((await get('demo', 'poster.jpg')).body).toBe('Nothing is live in this room.');
    const live = stream('abc');
    const spawn: SpawnFfmpeg = () => {
      throw new Error('No FFmpeg is needed for this.');
    };
    const maker = new ThumbnailMaker({ spawn, clock, log: nullLogger });
    const source = { segments: [], readStart: async () => undefined };
    const options = { source: () => source, framerate: 30, listedSegments: 10 };
    origin.open('demo', live, new Thumbnails(options, maker, nullLogger));
    const early = { status: 404, cacheControl: 'no-store', body: expect.stringContaining('just begun') };
    expect(await get('demo', 'poster.jpg')).toMatchObject(early);
    origin.end('demo', live, () => undefined);
    // Its end can still be watched.
    expect((await get('demo', 'index.m3u8')).status).toBe(200);
    expect((await get('demo', 'poster.jpg')).body).toBe('Nothing is live in this room.');
    origin.close();
  });

  it('shows nothing of a room that is gone, and keeps nothing of it', async () => {
    const { origin, get, clock } = setUp();
    const [live, ended] = [stream('abc'), stream('def')];
    origin.open('demo', live);
    origin.open('other', ended);
    origin.end('other', ended);
    for (const room of ['demo', 'other', 'never']) origin.drop(room);
    expect((await get('demo', 'abc/live.m3u8')).status).toBe(404);
    expect((await get('other', 'index.m3u8')).status).toBe(404);
    expect(clock.pending).toBe(0);
  });

  it('goes over to a new session at once, whatever becomes of the old one', async () => {
    const { origin, get, clock } = setUp();
    const [old, now] = [stream('abc'), stream('def')];
    origin.open('demo', old);
    origin.end('demo', old);
    origin.open('demo', now);
    clock.advance(600_000);
    expect((await get('demo', 'index.m3u8')).body).toContain('def/live.m3u8');
    // The old one's end may come later than the new one's beginning.
    origin.end('demo', old);
    expect((await get('demo', 'def/live.m3u8')).body).not.toContain('ENDLIST');
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer behind when it is closed', async () => {
    const { origin, get, clock } = setUp();
    const live = stream('abc');
    origin.open('demo', live);
    origin.end('demo', live);
    origin.end('demo', live);
    expect(clock.pending).toBe(1);
    origin.close();
    expect(clock.pending).toBe(0);
    expect((await get('demo', 'index.m3u8')).status).toBe(404);
  });
});
