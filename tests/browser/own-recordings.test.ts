import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityProblems, launchChromium, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, seeMovement, soon, stopRecording } from './room-steps.ts';

const PASSWORD = 'one long password';
let browser: Browser;
let server: TestServer;
const open: WatchedPage[] = [];

beforeAll(async () => {
  server = await TestServer.start({ accounts: { mode: 'on' }, program: { width: 640, height: 360 } });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function visit(address: string): Promise<Page> {
  const watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  open.push(watched);
  await watched.page.goto(new URL(address, server.url).href);
  return watched.page;
}

function position(video: Locator): Promise<number> {
  return video.evaluate((element) =>
    'currentTime' in element && typeof element.currentTime === 'number' ? element.currentTime : 0,
  );
}

async function fitsAPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
}

it('gives the maker of a room its film: found, played, downloaded and shared from the start page', async () => {
  await server.api('POST', '/api/users', { login: 'rosa', name: 'Rosa Paz', password: PASSWORD });
  const page = await visit('/sign-in');
  await page.getByLabel('Login').fill('rosa');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as Rosa Paz').waitFor();
  await page.goto(server.url);
  await page.getByLabel('Title').fill('Workshop');
  const own = page.locator('gridcast-own-recordings');
  await own.getByText('Nothing is recorded yet').waitFor();
  await page.getByRole('button', { name: 'Create room' }).click();
  const room = (await page.getByRole('link', { name: 'Join now as host' }).getAttribute('href')) ?? '';

  await join(page, new URL(room, server.url).href, 'Rosa Paz');
  await seeMovement(page);
  await page.getByRole('button', { name: 'Record' }).click();
  await page.getByText('REC', { exact: true }).waitFor();
  await seeMovement(page, 20);
  await page.getByRole('button', { name: 'Pause recording' }).click();
  await page.getByText('REC paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Resume recording' }).click();
  await page.getByText('REC', { exact: true }).waitFor();
  await seeMovement(page, 20);
  expect(await stopRecording(page)).toMatch(/\d:\d\d is recorded so far\. .* You find it on the start page/s);
  const shown = await page.getByRole('link', { name: 'Show your recordings' }).getAttribute('href');

  await page.goto(shown ?? '');
  await own.getByText('Workshop', { exact: true }).waitFor();
  const download = page.waitForEvent('download');
  await own.getByRole('button', { name: 'Download “Workshop”' }).click();
  const file = await readFile(await (await download).path());
  expect(file.subarray(4, 8).toString()).toBe('ftyp');
  expect((await download).suggestedFilename()).toMatch(/^Workshop .*\.mp4$/);

  // By the keyboard: play, the player, and back.
  await own.getByRole('button', { name: 'Play “Workshop”' }).focus();
  await page.keyboard.press('Enter');
  await own.locator('video').waitFor();
  await own.locator('media-play-button').click();
  await soon(async () => expect(await position(own.locator('video'))).toBeGreaterThan(0.5));
  await fitsAPhone(page);
  await own.locator('video').focus();
  await page.keyboard.press('Escape');
  await own.locator('video').waitFor({ state: 'detached' });

  await own.getByRole('button', { name: 'Share “Workshop”' }).click();
  await own.getByRole('button', { name: 'Make a link' }).click();
  const link = await own.getByLabel('Link to the film', { exact: true }).inputValue();
  await fitsAPhone(page);
  const guest = await visit(link);
  await guest.locator('video').waitFor();
  await own.getByRole('button', { name: /^Take back the link/ }).click();
  await own.getByRole('button', { name: /^Take back the link/ }).waitFor({ state: 'detached' });
  await guest.reload();
  await guest.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
  expect(open.flatMap(({ errors }) => errors)).toEqual([]);
});
