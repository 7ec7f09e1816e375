import type { Loader, LoaderCallbacks, LoaderConfiguration, LoaderStats, PlaylistLoaderContext } from 'hls.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { forgetOldPlaylists, isForgotten } from '../../../../web/controllers/hls-forgotten.ts';

const SITE = 'http://gridcast.test';
const INDEX = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=2700000,CODECS="avc1.4D4016",RESOLUTION=1280x720
video.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS="avc1.4D4016",RESOLUTION=640x360
low.m3u8
`;
const LARGE = 0;
const SMALL = 1;
const LISTED = 15;
/** A session whose encoder was replaced more than once at its beginning: segments are short there. */
const lengthOf = (segment: number): number => (segment < 6 ? 0.5 : 2);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('location', new URL(SITE));
  vi.stubGlobal('MediaSource', { isTypeSupported: () => true });
});
afterEach(() => void vi.useRealTimers());

/** Both pictures have this playlist, from segment `first` on. */
function playlist(first: number): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-TARGETDURATION:2', `#EXT-X-MEDIA-SEQUENCE:${first}`];
  let ms = Date.UTC(2026, 10, 24);
  for (let segment = 0; segment < first + LISTED; segment += 1) {
    const times = [`#EXT-X-PROGRAM-DATE-TIME:${new Date(ms).toISOString()}`, `#EXTINF:${lengthOf(segment)},`];
    if (segment >= first) lines.push(...times, `${segment}.m4s`);
    ms += lengthOf(segment) * 1000;
  }
  return `${lines.join('\n')}\n`;
}

const times = { start: 0, first: 0, end: 0 };
const stats: LoaderStats = {
  aborted: false,
  loaded: 0,
  retry: 0,
  total: 0,
  chunkCount: 0,
  bwEstimate: 0,
  loading: times,
  parsing: times,
  buffering: times,
};

/** Where both have the first segment of the small picture, seconds of the video, for somebody who comes back to it after a while. */
async function comeBack(
  afterMs: number,
): Promise<{ readonly large: number | undefined; readonly small: number | undefined }> {
  const { default: Hls } = await import('hls.js');
  const began = Date.now();
  class TextLoader implements Loader<PlaylistLoaderContext> {
    context: PlaylistLoaderContext | null = null;
    stats = stats;
    destroy(): void {}
    abort(): void {}
    load(
      context: PlaylistLoaderContext,
      _: LoaderConfiguration,
      { onSuccess }: LoaderCallbacks<PlaylistLoaderContext>,
    ) {
      this.context = context;
      const first = Math.floor((Date.now() - began) / 2000);
      const data = context.url.endsWith('index.m3u8') ? INDEX : playlist(first);
      queueMicrotask(() => onSuccess({ url: context.url, data }, stats, context, undefined));
    }
  }
  const hls = new Hls({ enableWorker: false, startLevel: SMALL, pLoader: TextLoader });
  onTestFinished(() => hls.destroy());
  forgetOldPlaylists(hls);
  hls.loadSource(`${SITE}/index.m3u8`);
  await vi.advanceTimersByTimeAsync(1000);
  hls.loadLevel = LARGE;
  await vi.advanceTimersByTimeAsync(afterMs);
  const large = hls.levels[LARGE]?.details;
  hls.loadLevel = SMALL;
  await vi.advanceTimersByTimeAsync(20);
  const [first] = hls.levels[SMALL]?.details?.fragments ?? [];
  return { large: large?.fragments.find(({ sn }) => sn === first?.sn)?.start, small: first?.start };
}

describe('forgetOldPlaylists', () => {
  it.each([4000, 24_500, 28_500, 60_500, 600_500])(
    'comes back after %i ms to where the other playlist is',
    async (ms) => {
      const { large, small } = await comeBack(ms);
      expect(large).toBeGreaterThan(0);
      expect(small).toBe(large);
    },
  );
});

describe('isForgotten', () => {
  it.each([
    [10, false],
    [11, true],
    [60, true],
  ])('the segments 0 to 14 when the others begin with %i: %s', (startSN, forgotten) => {
    expect(isForgotten({ startSN: 0, endSN: 14 }, { startSN, endSN: startSN + 14 })).toBe(forgotten);
  });
});
