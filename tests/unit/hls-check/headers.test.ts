import { describe, expect, it } from 'vitest';
import { AvailabilityWatch } from '../../helpers/hls-check/availability.ts';
import { problemsOfErrorHeaders, problemsOfHeaders, problemsOfPreflight } from '../../helpers/hls-check/headers.ts';
import type { Answer, Ask } from '../../helpers/hls-check/http-client.ts';
import { readPlaylist } from '../../helpers/hls-check/playlist.ts';
import { livePlaylist } from '../../helpers/hls-check/samples.ts';

const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Age, Date, Content-Length',
} as const;
const PLAYLIST = {
  ...OPEN,
  'content-type': 'application/vnd.apple.mpegurl',
  'content-encoding': 'gzip',
  'cache-control': 'public, max-age=12',
  vary: 'Accept-Encoding',
};
const MEDIA = { ...OPEN, 'content-type': 'video/mp4', 'cache-control': 'public, max-age=3600, immutable' };

function answered(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: new Uint8Array(0), startedMs: 0, firstByteMs: 0, endedMs: 0 };
}

describe('problemsOfHeaders', () => {
  it('says nothing of good ones', () => {
    expect(problemsOfHeaders('blocked playlist', 'p', answered(200, PLAYLIST), 2)).toEqual([]);
    expect(problemsOfHeaders('media', 'm', answered(200, MEDIA), 2)).toEqual([]);
    expect(problemsOfErrorHeaders('p', answered(503, { 'cache-control': 'no-store' }))).toEqual([]);
  });

  it.each([
    { 'content-type': 'text/plain' },
    { 'content-encoding': 'identity' },
    { 'cache-control': 'public, max-age=60' },
    { 'cache-control': 'no-store' },
    { 'access-control-allow-origin': 'https://one.example' },
    { 'access-control-expose-headers': 'Date' },
    { vary: '*' },
  ])('finds what is wrong with a playlist (change %#)', (change) => {
    expect(problemsOfHeaders('blocked playlist', 'p', answered(200, { ...PLAYLIST, ...change }), 2)).toHaveLength(1);
  });

  it.each([{ 'content-type': 'application/json' }, { 'cache-control': 'public, max-age=4' }])(
    'finds what is wrong with media (change %#)',
    (change) => {
      expect(problemsOfHeaders('media', 'm', answered(200, { ...MEDIA, ...change }), 2)).toHaveLength(1);
    },
  );

  it('finds errors that are kept, and other sites that are refused', async () => {
    expect(problemsOfErrorHeaders('p', answered(404, { 'cache-control': 'max-age=60' }))).toHaveLength(1);
    const ask =
      (answer: Answer): Ask =>
      () =>
        Promise.resolve(answer);
    expect(await problemsOfPreflight(ask(answered(204, OPEN)), 'http://x/')).toEqual([]);
    expect(await problemsOfPreflight(ask(answered(204)), 'http://x/')).toHaveLength(1);
    expect(await problemsOfPreflight(ask(answered(405, OPEN)), 'http://x/')).toHaveLength(1);
  });
});

describe('AvailabilityWatch', () => {
  /** What is asked for, and the rules that are broken, when `status` is the answer. */
  async function leave(status: number): Promise<{ asked: string[]; rules: string[][] }> {
    const asked: string[] = [];
    const watch = new AvailabilityWatch('http://x/s/live.m3u8', (url) => {
      asked.push(new URL(url).pathname);
      return Promise.resolve(answered(status));
    });
    const before = readPlaylist(livePlaylist({ first: 0, open: 20, parts: 0 }));
    const after = readPlaylist(livePlaylist({ first: 4, open: 21, parts: 0 }));
    watch.take(before, after, 1000);
    const rules: string[][] = [];
    for (const atMs of [1000, 1000 + 5500, 1000 + 39_000]) rules.push((await watch.look(atMs)).map(({ rule }) => rule));
    return { asked, rules };
  }

  it('asks for what has left, at once, and for parts and segments as long as they must stay', async () => {
    const { asked, rules } = await leave(200);
    expect(rules).toEqual([[], [], []]);
    expect(asked.filter((path) => path.includes('segment'))).toHaveLength(2);
    expect(asked.filter((path) => path.includes('part'))).toHaveLength(2);
  });

  it('finds what is gone', async () => {
    const { rules } = await leave(404);
    expect(rules).toEqual([['availability', 'availability'], ['availability'], ['availability']]);
  });
});
