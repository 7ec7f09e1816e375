import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tracksStep } from '../../src/recorder/archive/steps/tracks.ts';
import { vodStep } from '../../src/recorder/archive/steps/vod.ts';
import { launchShell, openPage } from '../helpers/browser.ts';
import { writeKeptTracks } from '../helpers/kept-tracks.ts';
import { MediaSamples, type Sample } from '../helpers/media-samples.ts';
import { numberedProgram } from '../helpers/numbered-program.ts';
import { stepContext } from '../helpers/step-context.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { TestSession } from '../helpers/test-session.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mp4': 'video/mp4',
  '.m4s': 'video/mp4',
  '.webm': 'video/webm',
  '.ogg': 'audio/ogg',
};

let samples: MediaSamples;
let browser: Browser;

beforeAll(async () => {
  samples = new MediaSamples();
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await samples?.close();
});

/** The files of a folder and an empty page, at one address. */
async function serve(folder: string): Promise<string> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    const type = TYPES[extname(name)] ?? 'text/html';
    void (
      name === '' ? Promise.resolve(Buffer.from('<!doctype html><video muted></video>')) : readFile(join(folder, name))
    )
      .then((body) => response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body))
      .catch(() => response.writeHead(404).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function emptyPage(url: string): Promise<Page> {
  const { page, context } = await openPage(browser);
  onTestFinished(() => context.close());
  await page.goto(`${url}/`);
  return page;
}

/** One track of two samples: a camera that is turned on its side after the first. */
function turned<C>(first: Sample<C>, then: Sample<C>): Sample<C> {
  const { timestampMs = 0, durationMs = 0 } = first.packets.at(-1) ?? {};
  const later = then.packets.map((one) => ({ ...one, timestampMs: one.timestampMs + timestampMs + durationMs }));
  return { config: first.config, packets: [...first.packets, ...later] };
}

/** Plays the page's only video to its end, faster than it is; gives where it began, where it ended and what failed. */
const PLAY = `new Promise((resolve) => {
  const video = document.querySelector('video');
  const errors = window.errors ??= [];
  video.addEventListener('error', () => resolve({ errors: [...errors, video.error.message] }));
  video.addEventListener('ended', () => resolve({ errors, end: video.currentTime, width: video.videoWidth }));
  video.playbackRate = 4;
  void video.play();
})`;

describe('a finished recording in Chromium', () => {
  it('is played by hls.js from its playlist to its end, over a pause', async () => {
    const dataDir = await tempDir();
    const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 8 }));
    session.feed(240);
    await session.log.close();
    const context = await stepContext(dataDir, 's1', [
      { from: 70, to: 131, endedBy: 'pause' },
      { from: 190, to: 240 },
    ]);
    await vodStep(context);
    const page = await emptyPage(await serve(context.folder));
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js') });
    await page.evaluate(`(() => {
      const hls = new Hls();
      window.errors = [];
      hls.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && window.errors.push(details));
      hls.loadSource('vod.m3u8');
      hls.attachMedia(document.querySelector('video'));
    })()`);
    const played = await page.evaluate<{ errors: string[]; end: number; width: number }>(PLAY);
    expect(played).toMatchObject({ errors: [], width: 384 });
    // 60–135 and 180–240 of the session: segments are whole, and so are parts.
    expect(played.end).toBeCloseTo(4.5, 0);
  });

  it("has everybody's own tracks, which last as long as the recording says, however late they begin", async () => {
    const dataDir = await tempDir();
    const session = await TestSession.open(dataDir, 's1', await numberedProgram({ seconds: 6 }));
    session.feed(180);
    await session.log.close();
    const context = await stepContext(dataDir, 's1', [{ from: 0, to: 180 }]);
    const wide = { frames: 30, gopFrames: 30 };
    const tall = { ...wide, width: 180, height: 320 };
    await writeKeptTracks(context.sessionFolder, [
      {
        participant: 'a',
        name: 'A',
        source: 'camera',
        sample: turned(await samples.h264(wide), await samples.h264(tall)),
        fromMs: 2000,
      },
      {
        participant: 'b',
        name: 'B',
        source: 'camera',
        sample: turned(await samples.vp8(wide), await samples.vp8(tall)),
        fromMs: 2100,
      },
      { participant: 'c', name: 'C', source: 'mic', sample: await samples.opus({ seconds: 2 }), fromMs: 2200 },
    ]);
    const { files, facts } = await tracksStep(context);
    const told = facts?.['tracks'] as readonly { readonly file: string; readonly to: number }[];
    const page = await emptyPage(await serve(context.folder));
    for (const [index, { name }] of files.entries()) {
      await page.evaluate(`document.querySelector('video').src = '${name}'`);
      const played = await page.evaluate<{ errors: string[]; end: number; width: number }>(PLAY);
      expect(played.errors, name).toEqual([]);
      if (!name.endsWith('.ogg')) expect(played.width, name).toBe(180);
      expect(Math.abs(played.end - (told[index]?.to ?? 0)), name).toBeLessThan(0.1);
    }
  });
});
