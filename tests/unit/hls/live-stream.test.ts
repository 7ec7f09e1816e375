import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SEGMENT_PARTS, testInit, testPart } from '../../helpers/log-parts.ts';
import { LiveRig, isSettled, segmentsOf } from './live-rig.ts';

describe('LiveStream', () => {
  it('shows nothing until a player could start, which takes two segments', async () => {
    const rig = new LiveRig();
    for (let part = 0; part < 2 * SEGMENT_PARTS; part += 1) {
      expect(rig.stream.ready).toBe(false);
      expect((await rig.get('live.m3u8')).status).toBe(404);
      expect(rig.stream.multivariant({}).status).toBe(404);
      rig.parts(1);
    }
    expect(rig.stream.ready).toBe(true);
    expect(segmentsOf(await rig.text('live.m3u8'))).toEqual(['segment-0.m4s', 'segment-1.m4s']);
    expect(rig.stream.multivariant({}).body).toContain('\nabc/live.m3u8\n');
    expect(rig.stream.multivariant({ dvr: true }).body).toContain('\nabc/dvr.m3u8\n');
  });

  it('lists each part as soon as it is there, announces the next, and gives the same bytes by both names', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    rig.parts(2);
    const playlist = await rig.text('live.m3u8');
    expect(playlist.match(/URI="part-[^"]*"/g)).toEqual([
      ...[0, 1, 2, 3].map((index) => `URI="part-0-${index}.m4s"`),
      ...[0, 1, 2, 3].map((index) => `URI="part-1-${index}.m4s"`),
      'URI="part-2-0.m4s"',
      'URI="part-2-1.m4s"',
      'URI="part-2-2.m4s"',
    ]);
    expect(playlist).toMatch(/#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-2-2.m4s"\n$/);
    const parts = await Promise.all([0, 1, 2, 3].map((index) => rig.text(`part-1-${index}.m4s`)));
    expect(parts).toEqual(['[part 4]', '[part 5]', '[part 6]', '[part 7]']);
    expect(await rig.text('segment-1.m4s')).toBe(parts.join(''));
    expect(await rig.text('part-2-1.m4s')).toBe('[part 9]');
  });

  it('makes a segment as long as its frames, and ends one that nobody called the last part of', async () => {
    const rig = new LiveRig();
    rig.parts(2);
    rig.stream.add({ ...testPart(2), frames: 7, last: true });
    rig.stream.add(testPart(4));
    rig.stream.add({ ...testPart(8), segment: 2 });
    const playlist = await rig.text('live.m3u8');
    expect(playlist).toContain(`#EXTINF:${(37 / 30).toFixed(5)},\nsegment-0.m4s`);
    expect(playlist).toContain('#EXTINF:0.50000,\nsegment-1.m4s');
    expect(await rig.text('segment-1.m4s')).toBe('[part 4]');
  });

  it('slides, counts the discontinuities that have gone, and reaches back further in its other playlist', async () => {
    const rig = new LiveRig({ windowSegments: 6, dvrSegments: 20 });
    for (let five = 0; five < 8; five += 1) rig.segments(5, { discontinuity: five > 0 });
    const [live, dvr] = await Promise.all([rig.text('live.m3u8'), rig.text('dvr.m3u8')]);
    expect(segmentsOf(live)).toEqual([34, 35, 36, 37, 38, 39].map((segment) => `segment-${segment}.m4s`));
    expect(live).toContain('#EXT-X-MEDIA-SEQUENCE:34\n');
    // 5, 10, 15, 20, 25 and 30 have gone.
    expect(live).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:6\n');
    expect(segmentsOf(dvr)).toHaveLength(20);
    expect(dvr).toContain('#EXT-X-MEDIA-SEQUENCE:20\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n');
    // The first one listed has a discontinuity of its own.
    expect(dvr.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(4);
  });

  it('begins with the number that it is told: a session goes on that was broken off', async () => {
    const rig = new LiveRig({ sessionId: 'def', firstSegment: 47 }, 47);
    expect((await rig.get('live.m3u8', '_HLS_msn=45')).status).toBe(404);
    const waits = rig.get('live.m3u8', '_HLS_msn=47&_HLS_part=0');
    expect((await rig.get('live.m3u8', '_HLS_msn=49')).status).toBe(400);
    rig.segments(3, { discontinuity: true });
    await waits;
    const playlist = await rig.text('live.m3u8');
    expect(playlist).toContain('#EXT-X-MEDIA-SEQUENCE:47\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n');
    expect(segmentsOf(playlist)).toEqual(['segment-47.m4s', 'segment-48.m4s', 'segment-49.m4s']);
    expect((await rig.get('segment-46.m4s')).status).toBe(404);
    expect((await rig.get('segment-47.m4s')).status).toBe(200);
  });

  it('keeps the newest eight segments in memory, and reads the others from its source', async () => {
    const rig = new LiveRig();
    rig.segments(30);
    for (let segment = 22; segment < 30; segment += 1) {
      expect(await rig.text(`segment-${segment}.m4s`)).toContain('[part');
    }
    expect(rig.asked).toEqual([]);
    expect(await rig.text('segment-21.m4s')).toBe('from disk: 21');
    expect((await rig.get('segment-2.m4s')).status).toBe(404);
    expect(rig.asked).toEqual([21, 2]);
    // Parts of a segment that has left memory are nobody's any more.
    expect((await rig.get('part-21-0.m4s')).status).toBe(404);
  });

  it('has as many bytes of older segments on their way as it may, and asks others to come again', async () => {
    const rig = new LiveRig({ maxHeldBytes: 200 });
    rig.segments(30);
    // Each has some thirty bytes.
    const gone = new AbortController();
    const statuses: number[] = [];
    for (let segment = 3; segment < 15; segment += 1) {
      statuses.push((await rig.get(`segment-${segment}.m4s`, '', gone.signal)).status);
    }
    const room = statuses.indexOf(503);
    expect(room).toBeGreaterThan(1);
    expect(statuses.slice(0, room).every((status) => status === 200)).toBe(true);
    expect(rig.asked).toHaveLength(room);
    expect((await rig.get('segment-3.m4s', '', new AbortController().signal)).status).toBe(200);
    expect((await rig.get('segment-29.m4s')).status).toBe(200);
    expect(rig.asked).toHaveLength(room);
    gone.abort();
    expect((await rig.get('segment-14.m4s')).status).toBe(200);
  });

  it('keeps what has left the longest playlist for as long again, and no longer', async () => {
    const rig = new LiveRig({ windowSegments: 6, dvrSegments: 10 });
    rig.segments(40);
    expect((await rig.get('segment-19.m4s')).status).toBe(200);
    expect((await rig.get('segment-18.m4s')).status).toBe(404);
    expect(rig.asked).toEqual([19]);
  });

  it('knows nothing of media that do not exist yet', async () => {
    const rig = new LiveRig();
    rig.segments(1);
    rig.parts(1);
    for (const file of ['segment-1.m4s', 'segment-999999999.m4s', 'part-1-2.m4s', 'part-2-0.m4s', 'init-1.mp4']) {
      expect((await rig.get(file)).status).toBe(404);
    }
    expect(rig.asked).toEqual([]);
  });

  it('has the init segments of all that may still be loaded, and no more than that', async () => {
    const rig = new LiveRig({ windowSegments: 6, dvrSegments: 6 });
    for (let segment = 0; segment < 100; segment += 1) {
      rig.segments(1, { init: testInit(segment), discontinuity: true });
    }
    for (const [generation, status] of [
      [99, 200],
      [87, 200],
      [86, 404],
      [100, 404],
    ] as const) {
      expect((await rig.get(`init-${generation}.mp4`)).status).toBe(status);
    }
    expect(await rig.text('init-90.mp4')).toBe('init 90');
  });

  it('ends with what is in memory, the unfinished segment included, and lets everybody go who waits', async () => {
    const rig = new LiveRig();
    rig.segments(2, {});
    rig.segments(10, { discontinuity: true });
    const waiting = rig.get('live.m3u8', '_HLS_msn=12&_HLS_part=1');
    const hinted = rig.get('part-12-1.m4s');
    rig.parts(1, { frames: 11 });
    rig.stream.end();
    const playlist = await rig.text('live.m3u8', '_HLS_msn=99');
    expect(playlist).toMatch(/#EXT-X-ENDLIST\n$/);
    expect(segmentsOf(playlist)).toEqual([5, 6, 7, 8, 9, 10, 11, 12].map((segment) => `segment-${segment}.m4s`));
    expect(playlist).toContain('#EXT-X-DISCONTINUITY-SEQUENCE:1\n');
    for (const uri of segmentsOf(playlist)) expect((await rig.get(uri)).status).toBe(200);
    // The log may be gone by now.
    expect((await rig.get('segment-4.m4s')).status).toBe(404);
    expect(rig.asked).toEqual([]);
    expect((await waiting).body).toBe(playlist);
    expect((await hinted).status).toBe(404);
    expect([rig.stream.waiting, rig.clock.pending]).toEqual([0, 0]);
  });

  it('ends with all of it while its files can be read', async () => {
    const rig = new LiveRig();
    rig.segments(20);
    rig.stream.end(true);
    expect(segmentsOf(await rig.text('dvr.m3u8'))).toHaveLength(20);
    expect(await rig.text('dvr.m3u8')).toMatch(/#EXT-X-ENDLIST\n$/);
    expect(await rig.text('segment-5.m4s')).toBe('from disk: 5');
    // A second end changes nothing.
    rig.stream.end();
    expect(segmentsOf(await rig.text('dvr.m3u8'))).toHaveLength(20);
  });

  it('shows a session of one unfinished segment once it is over, and nothing of an empty one', async () => {
    const rig = new LiveRig();
    rig.parts(1);
    expect((await rig.get('live.m3u8')).status).toBe(404);
    rig.stream.end();
    expect(segmentsOf(await rig.text('live.m3u8'))).toEqual(['segment-0.m4s']);
    const empty = new LiveRig();
    empty.stream.end();
    expect([empty.stream.ready, (await empty.get('live.m3u8')).status]).toEqual([false, 404]);
  });

  it('tells the bit rates of what it lists, at least those that were ordered', () => {
    const rates = (orderedBitrate: number) => {
      const rig = new LiveRig({ orderedBitrate });
      for (const bytes of [100_000, 25_000, 25_000]) rig.segments(1, { data: Buffer.alloc(bytes / 4) });
      return /BANDWIDTH=(\d+),AVERAGE-BANDWIDTH=(\d+)/.exec(String(rig.stream.multivariant({}).body))?.slice(1);
    };
    expect(rates(0)).toEqual(['400000', '200000']);
    expect(rates(500_000)).toEqual(['500000', '200000']);
  });
});

describe('a request for a playlist to come', () => {
  it.each([
    ['_HLS_msn=2&_HLS_part=1', 1],
    ['_HLS_msn=2', 3],
    ['_HLS_msn=3&_HLS_part=0', 4],
    ['_HLS_msn=1&_HLS_part=99', 0],
    ['_HLS_msn=0', 0],
  ])('%j is held until it is there, %i parts later', async (query, parts) => {
    const rig = new LiveRig();
    rig.segments(2);
    rig.parts(1);
    const answer = rig.get('live.m3u8', query);
    for (let part = 0; part < parts; part += 1) {
      expect(await isSettled(answer)).toBe(false);
      rig.parts(1);
    }
    expect(await isSettled(answer)).toBe(true);
    expect(await answer).toMatchObject({ status: 200, cacheControl: 'public, max-age=12' });
    expect((await answer).body).toBe(await rig.text('live.m3u8'));
  });

  it('is held for three target durations at most', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    const answer = rig.get('live.m3u8', '_HLS_msn=2&_HLS_part=0');
    rig.clock.advance(5999);
    expect(await isSettled(answer)).toBe(false);
    rig.clock.advance(1);
    expect(await answer).toMatchObject({ status: 503, cacheControl: 'no-store' });
    expect([rig.stream.waiting, rig.clock.pending]).toEqual([0, 0]);
  });

  it('is forgotten when nobody waits for it any more', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    const gone = new AbortController();
    const answers = [
      rig.get('live.m3u8', '_HLS_msn=2&_HLS_part=0', gone.signal),
      rig.get('part-2-0.m4s', '', gone.signal),
    ];
    expect(rig.stream.waiting).toBe(2);
    gone.abort();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([503, 503]);
    expect([rig.stream.waiting, rig.clock.pending]).toEqual([0, 0]);
  });

  it.each(['_HLS_part=1', '_HLS_msn=x', '_HLS_msn=-1', '_HLS_msn=4', '_HLS_msn=2&_HLS_part=6'])(
    '%j is refused at once',
    async (query) => {
      const rig = new LiveRig();
      rig.segments(2);
      expect(await rig.get('live.m3u8', query)).toMatchObject({ status: 400, cacheControl: 'no-store' });
    },
  );

  it('is refused when too many wait already, and only then', async () => {
    const rig = new LiveRig({ maxWaiting: 2 });
    rig.segments(2);
    const wanted = '_HLS_msn=2&_HLS_part=0';
    const held = [rig.get('live.m3u8', wanted), rig.get('part-2-0.m4s')];
    expect((await rig.get('live.m3u8', wanted)).status).toBe(503);
    expect((await rig.get('live.m3u8')).status).toBe(200);
    rig.parts(1);
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('is a delta when that will do, by both windows', async () => {
    const rig = new LiveRig();
    rig.segments(20);
    for (const [file, skipped] of [
      ['live.m3u8', 6],
      ['dvr.m3u8', 14],
    ] as const) {
      expect(await rig.text(file, '_HLS_skip=YES')).toContain(`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}\n`);
    }
  });
});

describe('the part that a playlist announces', () => {
  it('is held until it is made', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    rig.parts(3);
    const answer = rig.get('part-2-3.m4s');
    expect(await isSettled(answer)).toBe(false);
    rig.parts(1);
    expect(await answer).toMatchObject({ status: 200, cacheControl: 'public, max-age=3600, immutable' });
    expect(Buffer.from((await answer).body).toString()).toBe('[part 11]');
    expect(await rig.text('live.m3u8')).toMatch(/URI="part-3-0.m4s"\n$/);
  });

  it('is refused when its segment ends without it', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    rig.parts(1);
    const answer = rig.get('part-2-1.m4s');
    rig.stream.add({ ...testPart(12), discontinuity: true });
    expect((await answer).status).toBe(404);
  });
});

describe('playlists that many ask for', () => {
  it('are written and packed once for each change', async () => {
    const rig = new LiveRig();
    rig.segments(2);
    const first = await rig.get('live.m3u8');
    expect((await rig.get('live.m3u8')).gzip).toBe(first.gzip);
    expect(gunzipSync(first.gzip ?? '').toString()).toBe(first.body);
    rig.parts(1);
    const second = await rig.get('live.m3u8', '_HLS_msn=2&_HLS_part=0');
    expect(second.gzip).not.toBe(first.gzip);
    expect((await rig.get('live.m3u8')).gzip).toBe(second.gzip);
    expect(rig.stream.multivariant({}).gzip).toBe(rig.stream.multivariant({}).gzip);
  });
});
