/** Viewers whose line is slow, or gone for a while. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/util/clock.ts';
import { accessibilityProblems, launchShell, shortenPauses } from '../helpers/browser.ts';
import { LiveHls, type LiveMedia, makeLiveMedia } from '../helpers/live-hls.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { TcpProxy } from '../helpers/tcp-proxy.ts';
import { soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const PLAYER = `document.querySelector('gridcast-watch').shadowRoot.querySelector('gridcast-player')`;
const VIDEO = `${PLAYER}.shadowRoot.querySelector('video')`;

/** Seconds that are there to be played. */
const LOADED_S = `(${VIDEO}.buffered.end(${VIDEO}.buffered.length - 1) - ${VIDEO}.currentTime)`;

let browser: Browser;
let server: PageServer;
let media: LiveMedia;

beforeAll(async () => {
  browser = await launchShell();
  media = await makeLiveMedia(await mkdtemp(join(tmpdir(), 'gridcast-test-')), 300, 'testsrc2=size=320x180:rate=30');
});
afterAll(async () => {
  await browser.close();
  await rm(media.dir, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  const hls = new LiveHls(media, { already: 60, clock: systemClock });
  server.state.hls = (path, query) => hls.get(path, query);
});

async function open(url = server.url, pollsOften = false): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await openWatched(browser, { locale: 'en-GB' });
  if (pollsOften) await shortenPauses(page, 2250, 3750);
  await page.goto(`${url}/watch/monday`);
  await reach(page, 'live');
  return { page, context };
}

async function reach(page: Page, state: string): Promise<void> {
  await soon(async () => expect(await page.evaluate<string>(`${PLAYER}.state`)).toBe(state));
}

it('a line that brings less than is played is named as the reason, until it brings enough', async () => {
  const proxy = await TcpProxy.open(server.url);
  onTestFinished(() => proxy.close());
  const { page } = await open(proxy.url);
  const slow = page.getByText('Your connection is too slow for this picture');
  expect(await slow.count()).toBe(0);
  proxy.down.bytesPerSecond = 4000;
  await slow.waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  proxy.down.bytesPerSecond = Number.POSITIVE_INFINITY;
  await slow.waitFor({ state: 'detached' });
  await reach(page, 'live');
});

it('a server that has begun anew is given time until its people are back; then the broadcast is over', async () => {
  const proxy = await TcpProxy.open(server.url);
  onTestFinished(() => proxy.close());
  const { page } = await open(proxy.url, true);
  const { hls } = server.state;
  const states = `globalThis.states ??= []; ${PLAYER}.addEventListener('gridcast-state', ({ detail }) => states.push(detail.state))`;
  await page.evaluate(states);
  const restart = async (): Promise<void> => {
    proxy.stall();
    const cutting = systemClock.every(100, () => proxy.cut());
    await reach(page, 'reconnecting');
    await page.waitForEvent('requestfailed', (request) => request.url().includes('index.m3u8'));
    server.state.hls = () => undefined;
    cutting();
    proxy.resume();
    for (let answers = 0; answers < 2; answers += 1) {
      await page.waitForResponse((response) => response.url().includes('index.m3u8') && response.status() === 404);
    }
  };
  await restart();
  server.state.hls = hls;
  await reach(page, 'live');
  expect(await page.evaluate('states')).not.toContain('ended');
  await restart();
  await page.evaluate(`{
    const now = performance.now.bind(performance);
    performance.now = () => now() + 60_000;
  }`);
  await reach(page, 'ended');
});

it('who has gone back, and plays what is loaded while there is no network, is told so when that ends', async () => {
  const { page, context } = await open();
  await page.locator('video').focus();
  await page.keyboard.press('Home');
  await reach(page, 'behind');
  await soon(async () => expect(await page.evaluate<number>(LOADED_S)).toBeGreaterThan(10));
  const failed = page.waitForEvent('requestfailed');
  await context.setOffline(true);
  await failed;
  const again = page.waitForEvent('requestfailed');
  await page.evaluate(`${VIDEO}.currentTime += ${LOADED_S} - 4`);
  await again;
  // What is loaded may last for half a minute: as if that had passed since the last request failed.
  await page.evaluate(`{
    const now = performance.now.bind(performance);
    performance.now = () => now() + 30_000;
  }`);
  await reach(page, 'reconnecting');
  await page.getByText('The player keeps trying').waitFor();
  await context.setOffline(false);
  await reach(page, 'behind');
});
