import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Measures } from '../../../../src/cli/viewers/measures.ts';
import { PlaylistMemory } from '../../../../src/cli/viewers/playlist-memory.ts';
import { Viewer } from '../../../../src/cli/viewers/viewer.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { livePlaylist, PARTS, WALL_START } from '../../../unit/cli/viewers/playlists.ts';

const FIRST = 40;

/** Answers instead of the origin when it says so. */
type Intercept = (url: URL, response: ServerResponse) => boolean;

/** An origin without a clock: each held reload is answered by making the part that it waits for, until so many are there. */
async function serve(last: number, intercept: Intercept = () => false) {
  const asked: string[] = [];
  let parts = FIRST;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '', 'http://origin');
    asked.push(`${url.pathname}${url.search}`.replace('/hls/demo/', ''));
    if (intercept(url, response)) return;
    if (url.pathname.endsWith('index.m3u8')) {
      response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ns/live.m3u8\n');
    } else if (url.pathname.endsWith('live.m3u8')) {
      const { searchParams } = url;
      const wanted = Number(searchParams.get('_HLS_msn')) * PARTS + Number(searchParams.get('_HLS_part')) + 1;
      parts = Math.min(last, Math.max(parts, wanted));
      const whole = Math.floor(parts / PARTS);
      const skipped = searchParams.has('_HLS_skip') ? Math.max(0, whole - 6) : 0;
      response.end(livePlaylist({ parts, skipped, ended: parts === last }));
    } else {
      response.end('media');
    }
  };
  const server = createServer(onRequest).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: new URL(`http://127.0.0.1:${port}/hls/demo/index.m3u8`), asked };
}

/** Watches until the stream ends, on a machine whose clock says that the newest part is a second old. */
async function watch(url: URL): Promise<Measures> {
  const measures = new Measures(0);
  const wallOffsetMs = WALL_START + FIRST * 500 + 1000 - systemClock.monotonicMs();
  await new Viewer({
    url,
    h2: false,
    insecure: false,
    measures,
    memory: new PlaylistMemory(),
    clock: systemClock,
    wallOffsetMs,
  }).run();
  return measures;
}

function media(asked: readonly string[]): string[] {
  return asked.filter((url) => /\.m(p4|4s)$/.test(url));
}

function partNames(from: number, to: number): string[] {
  const names = Array.from({ length: to - from }, (_, index) => [
    Math.floor((from + index) / PARTS),
    (from + index) % PARTS,
  ]);
  return names.map(([segment, part]) => `s/part-${segment}-${part}.m4s`);
}

describe('a viewer', () => {
  it('loads the map and then every part once, in order, asking for each with held reloads, until the stream ends', async () => {
    const { url, asked } = await serve(46);
    const { measured } = await watch(url);
    expect(measured.errors).toEqual({});
    expect(media(asked)).toEqual(['s/init-0.mp4', ...partNames(36, 46)]);
    const reloads = asked.filter((one) => one.includes('live.m3u8'));
    expect(reloads).toEqual([
      's/live.m3u8',
      's/live.m3u8?_HLS_msn=10&_HLS_part=0&_HLS_skip=YES',
      's/live.m3u8?_HLS_msn=10&_HLS_part=1&_HLS_skip=YES',
      's/live.m3u8?_HLS_msn=10&_HLS_part=2&_HLS_skip=YES',
      's/live.m3u8?_HLS_msn=10&_HLS_part=3&_HLS_skip=YES',
      's/live.m3u8?_HLS_msn=11&_HLS_part=0&_HLS_skip=YES',
      's/live.m3u8?_HLS_msn=11&_HLS_part=1&_HLS_skip=YES',
    ]);
    expect(measured).toMatchObject({ requests: asked.length, playlists: 8, updates: 6, playedViewers: 1 });
    expect(measured.startMs).toHaveLength(1);
    // Six parts came while it was there.
    expect(measured.parts.flatMap(({ completeMs }) => completeMs)).toHaveLength(6);
    expect(measured.latencyMs).toHaveLength(6);
  });

  it('follows sound of its own like the picture, and is one viewer all the same', async () => {
    const { url, asked } = await serve(44, ({ pathname }, response) => {
      if (!pathname.endsWith('index.m3u8')) return false;
      const sound = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="sound/live.m3u8"';
      response.end(`#EXTM3U\n${sound}\n#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\ns/live.m3u8\n`);
      return true;
    });
    const { measured } = await watch(url);
    expect(measured).toMatchObject({ errors: {}, playedViewers: 1 });
    expect(measured.startMs).toHaveLength(1);
    for (const folder of ['s', 'sound']) {
      const own = media(asked).filter((name) => name.startsWith(`${folder}/`));
      expect(new Set(own).size).toBe(own.length);
      expect(own.at(-1)).toBe(`${folder}/part-10-3.m4s`);
    }
  });

  it('keeps the queries of the address and sorts them among its own', async () => {
    const { url, asked } = await serve(42, ({ pathname }, response) => {
      if (!pathname.endsWith('index.m3u8')) return false;
      response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\ns/live.m3u8?token=x&A=1\n');
      return true;
    });
    url.search = '?token=y';
    await watch(url);
    expect(asked[0]).toBe('index.m3u8?token=y');
    expect(asked).toContain('s/live.m3u8?A=1&_HLS_msn=10&_HLS_part=0&_HLS_skip=YES&token=x');
  });

  it('counts media that are refused, by kind, and goes on', async () => {
    const { url, asked } = await serve(44, ({ pathname }, response) => {
      if (!pathname.endsWith('-1.m4s')) return false;
      response.writeHead(404).end('gone');
      return true;
    });
    const { measured } = await watch(url);
    expect(measured.errors).toEqual({ 'media: HTTP 404': 2 });
    expect(media(asked)).toEqual(['s/init-0.mp4', ...partNames(36, 44)]);
  });

  it('asks for the whole playlist after a refusal, a cut and a text that is none', async () => {
    const faults: ((response: ServerResponse) => void)[] = [
      (response) => response.writeHead(503).end(),
      (response) => response.destroy(),
      (response) => response.end('<html>'),
    ];
    const { url, asked } = await serve(43, ({ search }, response) => {
      const fault = search.includes('_HLS_msn') ? faults.shift() : undefined;
      fault?.(response);
      return fault !== undefined;
    });
    const { measured } = await watch(url);
    expect(measured.errors).toEqual({
      'playlist: HTTP 503': 1,
      'playlist: cut off': 1,
      'playlist: the answer is no HLS playlist': 1,
    });
    expect(asked.filter((one) => one === 's/live.m3u8')).toHaveLength(4);
    expect(media(asked)).toEqual(['s/init-0.mp4', ...partNames(36, 43)]);
  });

  it('goes when it is told to, whatever it waits for, and what that cuts off is no error', async () => {
    let hold = (): void => {};
    const held = new Promise<void>((resolve) => {
      hold = resolve;
    });
    const { url } = await serve(60, ({ search }) => {
      if (!search.includes('_HLS_part=2')) return false;
      hold();
      return true;
    });
    const measures = new Measures(0);
    const options = {
      h2: false,
      insecure: false,
      measures,
      memory: new PlaylistMemory(),
      clock: systemClock,
      wallOffsetMs: 0,
    };
    const viewer = new Viewer({ url, ...options });
    const run = viewer.run();
    await held;
    viewer.stop();
    await run;
    expect(measures.measured.errors).toEqual({});
  });
});
