import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openPage, type WatchedPage } from '../../helpers/browser.ts';
import { TestServer } from '../../helpers/test-server.ts';
import { join, seeMovement, soon, statsOf, stopRecording } from '../room-steps.ts';

let browser: Browser;
let server: TestServer;
const open: WatchedPage[] = [];

beforeAll(async () => {
  server = await TestServer.start({ program: { framerate: 15, preset: 'ultrafast' } });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function visit(path: string): Promise<Page> {
  const watched = await openPage(browser);
  open.push(watched);
  await watched.page.goto(new URL(path, server.url).href);
  return watched.page;
}

function position(page: Page): Promise<number> {
  return page
    .locator('video')
    .evaluate((video) => ('currentTime' in video && typeof video.currentTime === 'number' ? video.currentTime : 0));
}

describe('a room in real browsers', () => {
  it('is created, joined, seen, watched, recorded and downloaded, all by its pages', async () => {
    const host = await visit('/');
    await host.getByLabel('Title').fill('Monday stand-up');
    await host.getByRole('button', { name: 'Create room' }).click();
    const invite = await host.getByLabel('Invite link', { exact: true }).inputValue();
    const watchLink = await host.getByLabel('Watch link', { exact: true }).inputValue();
    const hostLink = (await host.getByRole('link', { name: 'Join now as host' }).getAttribute('href')) ?? '';
    await host.goto('about:blank');
    await join(host, hostLink, 'Aiko');
    await seeMovement(host);
    const alone = await statsOf(
      host,
      ({ shownFps, latencyMs, sending }) => shownFps > 0 && (latencyMs ?? 0) > 0 && sending?.width === 1280,
    );
    expect(alone.sending).toMatchObject({ width: 1280, height: 720 });

    const guest = await visit('about:blank');
    await join(guest, invite, 'Björn');
    await seeMovement(guest);
    await host.getByRole('heading', { name: 'People (2)' }).waitFor();
    await statsOf(host, ({ sending }) => sending?.width === 640);
    // Both hear each other, so the sound's buffer has something to play.
    await statsOf(guest, ({ soundMs }) => (soundMs ?? 0) > 0);

    await host.getByRole('button', { name: 'Record' }).click();
    await guest.getByText('REC', { exact: true }).waitFor();
    const viewer = await visit(watchLink);
    await viewer.getByRole('button', { name: 'Pause' }).waitFor();
    const begun = await position(viewer);
    await soon(async () => expect(await position(viewer)).toBeGreaterThan(begun + 1));
    await stopRecording(host);
    await guest.getByText('REC', { exact: true }).waitFor({ state: 'detached' });

    const admin = await visit(`/admin#token=${server.token}`);
    const download = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Download Monday stand-up' }).click();
    const file = await readFile(await (await download).path());
    expect(file.subarray(4, 8).toString()).toBe('ftyp');
    expect(file.byteLength).toBeGreaterThan(50_000);
    expect(open.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
