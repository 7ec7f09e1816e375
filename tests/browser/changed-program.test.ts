/** hls.js in a browser over a change of the program, whose encoders' parameter sets are in the init segments and with the key frames. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { launchShell, openPage } from '../helpers/browser.ts';
import { ViewerPage, type ViewerScripts, viewerScripts } from '../helpers/viewer-page.ts';
import { ServedSession, packaged } from '../integration/hls/packaged-session.ts';
import { GOP, audioRun, videoRun } from '../integration/hls/program-media.ts';

const LOOKS = [{}, { preset: 'veryfast' }, { width: 480, height: 272 }] as const;
const SECONDS = 6;

let browser: Browser;
let scripts: ViewerScripts;
let session: ServedSession;

beforeAll(async () => {
  const media = Promise.all([audioRun(SECONDS + 1), ...LOOKS.map((look, at) => videoRun(at * GOP, GOP, look))]);
  [browser, scripts] = await Promise.all([launchShell(), viewerScripts()]);
  const [sound, ...runs] = await media;
  session = await ServedSession.open(packaged(runs.flat(), sound));
});
afterAll(async () => {
  await session?.close();
  await browser?.close();
});

it('plays through other encoders and another size without a hole, to the last picture', async () => {
  const { page, context, errors } = await openPage(browser, { viewport: { width: 640, height: 480 } });
  onTestFinished(() => context.close());
  const viewer = await ViewerPage.play(page, scripts, 'hls.js', session.playlistUrl);
  // One piece from the first picture to the last: the beginnings of the others belong to its inside.
  const ranges = `Array.from({ length: video.buffered.length }, (_, at) => [video.buffered.start(at), video.buffered.end(at)])`;
  const whole = `(() => { const video = document.querySelector('video'); return JSON.stringify(${ranges}.map((ends) => ends.map(Math.round))); })()`;
  await page.waitForFunction(`${whole} === '[[0,${SECONDS}]]'`, undefined, { timeout: 60_000 });
  await page.evaluate(
    `(() => { const video = document.querySelector('video'); video.currentTime = 0; return video.play(); })()`,
  );
  const played = `document.querySelector('video').ended && document.querySelector('video').played.start(0) === 0`;
  await page.waitForFunction(played, undefined, { timeout: 60_000 });
  const { events } = await viewer.take();
  const said = events.map(({ what }) => what);
  expect(said.slice(said.lastIndexOf('size 320x192'))).toContain('size 480x272');
  expect(said.filter((what) => /^(?:fatal|failed|error)/.test(what))).toEqual([]);
  expect(errors).toEqual([]);
});
