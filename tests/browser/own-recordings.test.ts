import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { PageServer } from '../helpers/page-server.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, seeMovement, soon, stopRecording } from './room-steps.ts';

const PASSWORD = 'one long password';
let browser: Browser;
let server: TestServer;
const open: WatchedPage[] = [];

beforeAll(async () => {
  server = await TestServer.start({ accounts: { mode: 'on' }, program: { width: 640, height: 360 } });
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page on which somebody has signed in. */
async function signedIn(url: string, user: { id: string; name: string }, token: string): Promise<Page> {
  const page = await visit(new URL('/no-such-page', url).href);
  await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(JSON.stringify({ token, user }))})`);
  return page;
}

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
  await own.getByText('Nothing has been recorded yet').waitFor();
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
  await soon(async () => expect(await position(own.locator('video'))).toBeGreaterThan(1));
  await fitsAPhone(page);
  await own.locator('video').focus();
  await page.keyboard.press('Escape');
  await own.locator('video').waitFor({ state: 'detached' });

  await own.getByRole('button', { name: 'Share “Workshop”' }).click();
  await own.getByLabel(/Begin at 0:\d\d, where you stopped watching/).check();
  await own.getByRole('button', { name: 'Make a link' }).click();
  const link = await own.getByLabel('Link to the film', { exact: true }).inputValue();
  expect(link).toMatch(/#t=\d+$/);
  await fitsAPhone(page);
  const guest = await visit(link);
  await guest.locator('video').waitFor();
  await own.getByRole('button', { name: /^Take back the link/ }).click();
  await own.getByRole('button', { name: /^Take back the link/ }).waitFor({ state: 'detached' });
  await own.locator('button.make:focus').waitFor();
  await guest.reload();
  await guest.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
  expect(open.flatMap(({ errors }) => errors)).toEqual([]);
});

it('tells whoever came to their own room by a link, and has signed in, that the film will be among their own', async () => {
  const pages = await PageServer.start({ accounts: true });
  onTestFinished(() => pages.close());
  const { control, owners } = pages.people;
  const user = await control.create({ login: 'rosa', name: 'Rosa Paz', password: PASSWORD });
  await owners.set('monday', user.id);
  pages.addRoom('monday', { title: 'Monday stand-up' });
  const stopped = async (page: Page): Promise<string> => {
    const { token } = await pages.tokens.invite({ room: 'monday', role: 'host' });
    await join(page, new URL(`/r/monday#token=${token}`, pages.url).href, 'Rosa Paz');
    await page.getByRole('button', { name: 'Record' }).click();
    return stopRecording(page);
  };
  const page = await signedIn(pages.url, user, (await control.signIn('rosa', PASSWORD, undefined)).token);
  expect(await stopped(page)).toContain('You find it on the start page, under “Your recordings”');
  await page.getByRole('link', { name: 'Show your recordings' }).waitFor();
  const stranger = await visit(new URL('/no-such-page', pages.url).href);
  expect(await stopped(stranger)).toContain('The person who created this room finds it on the start page');
  const note = stranger.getByRole('status').filter({ hasText: 'The recording is stopped' });
  await note.getByText('The person who created this room finds it on the start page').waitFor();
  await note.getByText('the admins of this server have it, too').waitFor();
});

it('shows how each recording stands, and the older ones when they are asked for', async () => {
  const pages = await PageServer.start({ accounts: true });
  onTestFinished(() => pages.close());
  const { control, owners } = pages.people;
  const user = await control.create({ login: 'rosa', name: 'Rosa Paz', password: PASSWORD });
  await owners.set('monday', user.id);
  pages.addRoom('monday', { title: 'Monday stand-up' });
  // As the server lists what began at the same time.
  pages.addRecording('f', { title: 'Runs', state: 'recording' });
  pages.addRecording('e', { title: 'Waits', state: 'paused' });
  pages.addRecording('d', { title: 'In work', state: 'archiving', progress: 0.42 });
  pages.addRecording('c', { title: 'Broke', state: 'failed', error: 'ENOSPC: no space left on device, write' });
  pages.addRecording('b', { title: 'With a very long title of a town hall that went on and on', size: 48_200_000 });
  pages.addRecording('a', { title: 'Older' });
  pages.addRecording('other', { title: 'Of somebody else', room: 'tuesday' });
  const page = await signedIn(pages.url, user, (await control.signIn('rosa', PASSWORD, undefined)).token);
  await page.goto(pages.url);
  const own = page.locator('gridcast-own-recordings');
  const rows = own.locator('gridcast-own-recording');
  await own.getByText('Film is being made: 42 %').waitFor();
  const broke = rows.filter({ hasText: 'Broke' });
  await broke.getByText('The disk of the server was full while its files were made;').waitFor();
  await broke.getByText('An admin can have the film made again').waitFor();
  expect(await broke.textContent()).not.toContain('ENOSPC');
  // Each has one for its title.
  expect(await rows.filter({ hasText: 'Broke' }).getByRole('button').count()).toBe(1);
  expect(await rows.filter({ hasText: 'In work' }).getByRole('button').count()).toBe(2);
  expect(await rows.count()).toBe(5);
  await fitsAPhone(page);
  await own.getByRole('button', { name: 'Change the title of “In work”' }).click();
  await fitsAPhone(page);
  await page.keyboard.type('Ready soon');
  await page.keyboard.press('Enter');
  await own.getByText('Ready soon', { exact: true }).waitFor();
  await own.getByRole('button', { name: 'Change the title of “Ready soon”' }).and(own.locator(':focus')).waitFor();
  expect(pages.state.recordings.get('d')?.title).toBe('Ready soon');
  await own.getByRole('button', { name: 'Show more' }).click();
  await own.getByText('Older', { exact: true }).waitFor();
  expect(await rows.count()).toBe(6);
  expect(await own.getByText('Of somebody else').count()).toBe(0);
});

it('is not there where recordings are the admins’ alone', async () => {
  const closed = await TestServer.start({ accounts: { mode: 'on', ownRecordings: false } });
  onTestFinished(() => closed.close());
  const known = { login: 'rosa', password: PASSWORD };
  const made = await closed.api<{ id: string; name: string }>('POST', '/api/users', { ...known, name: 'Rosa Paz' });
  const session = await closed.api<{ token: string }>('POST', '/api/session', known, '');
  const page = await signedIn(closed.url, made.body, session.body.token);
  const refused = page.waitForResponse((response) => response.url().includes('/api/recordings'));
  await page.goto(closed.url);
  expect((await refused).status()).toBe(403);
  await page.getByText('You have not created a room yet').waitFor();
  await page.getByRole('heading', { name: 'Your recordings' }).waitFor({ state: 'detached' });
});
