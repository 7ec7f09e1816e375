import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startSite } from '../../examples/embed/server.js';
import { GridcastClient } from '../../src/client/client.ts';
import { accessibilityProblems, launchShell, openPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { openWatched } from './watched-pages.ts';

/** As long as a busy machine may need. */
const WAIT = { timeout: 60_000 };
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

let browser: Browser;
let site: Server;
let gridcast: TestServer;
let origin: string;

beforeAll(async () => {
  const options = { gridcast: '', adminToken: '', room: 'embedded', port: 0 };
  [browser, site] = await Promise.all([launchShell(), startSite(options)]);
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  gridcast = await TestServer.start({
    server: { allowedOrigins: [origin] },
    program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' },
  });
  // Another host than the site's, so that nothing works by being of the same.
  options.gridcast = gridcast.url.replace('127.0.0.1', 'localhost');
  options.adminToken = gridcast.token;
});
afterAll(async () => {
  await browser?.close();
  await gridcast?.close();
  site?.closeAllConnections();
  site?.close();
  if (site) await once(site, 'close');
});

async function visit(): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1280, height: 1600 } });
  await page.goto(origin);
  await page.getByText('Everything is there.').waitFor(WAIT);
  return page;
}

/** A file of the room that only a ticket in its address opens. */
async function privatePicture(room: string): Promise<string> {
  const client = new GridcastClient({ url: gridcast.url, token: gridcast.token });
  const data = new Blob([Buffer.from(ONE_PIXEL, 'base64')], { type: 'image/png' });
  const { id } = await client.files.upload(room, { name: 'pixel.png', data });
  const { url } = await client.files.link(room, id, { ttl: 600 });
  return `${url.replace('127.0.0.1', 'localhost')}&inline=1`;
}

/** Whether a page can show a picture, and why not. */
async function shows(page: Page, url: string): Promise<string> {
  const failures: string[] = [];
  page.on('requestfailed', (request) => {
    if (request.url() === url) failures.push(request.failure()?.errorText ?? '');
  });
  const shown = await page.evaluate<number>(`(async () => {
    const picture = new Image();
    picture.src = ${JSON.stringify(url)};
    return picture.decode().then(() => picture.naturalWidth, () => 0);
  })()`);
  if (shown === 1) return 'shown';
  // What became of the request is told by another way than what the page made of it.
  await expect.poll(() => failures, WAIT).not.toEqual([]);
  return failures.join();
}

interface Person {
  readonly name: string;
  readonly tracks: readonly { readonly kind: string }[];
}

async function peopleOf(room: string): Promise<readonly Person[]> {
  return (await gridcast.api<{ items: Person[] }>('GET', `/api/rooms/${room}/participants`)).body.items;
}

async function filesOf(room: string): Promise<readonly string[]> {
  const { items } = await new GridcastClient({ url: gridcast.url, token: gridcast.token }).files.list(room);
  return items.filter(({ complete }) => complete).map(({ name }) => name);
}

it('a page of another site has the player, the chat and the room: somebody takes part, is seen, talks, and shares a file', async () => {
  const page = await visit();
  const [viewers, participants] = [page.locator('#viewers'), page.locator('#participants')];
  await viewers.locator('.player[data-state="not-started"]').waitFor(WAIT);
  await participants.getByLabel('Your name').fill('Ann of elsewhere');
  await participants.getByRole('button', { name: /^Join/ }).click();
  await page.getByText('You are in the room embedded.').waitFor(WAIT);
  // Picture and sound go through workers and worklets of the other server.
  const kinds = async (): Promise<string[]> =>
    (await peopleOf('embedded')).flatMap(({ tracks }) => tracks.map(({ kind }) => kind)).toSorted();
  await expect.poll(kinds, WAIT).toEqual(['audio', 'video']);
  expect((await peopleOf('embedded')).map(({ name }) => name)).toEqual(['Ann of elsewhere']);
  await viewers.locator('.player[data-state="live"]').waitFor(WAIT);
  await viewers.getByLabel('Your name').fill('Ben, watching');
  await viewers.getByRole('textbox', { name: /message/i }).fill('Hello from another site');
  await page.keyboard.press('Enter');
  await participants.getByRole('button', { name: /^Chat/ }).click();
  await participants.getByText('Hello from another site').first().waitFor(WAIT);
  await participants.getByRole('button', { name: /^Files/ }).click();
  const file = { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('The plan') };
  await participants.locator('input[type=file][multiple]').setInputFiles(file);
  await expect.poll(() => filesOf('embedded'), WAIT).toEqual(['plan.txt']);
  expect(await accessibilityProblems(page)).toEqual([]);
});

it('a page of a site that is not named gets neither answers of the API nor a socket', async () => {
  const { page, context } = await openPage(browser);
  onTestFinished(() => context.close());
  // The same machine by another name is another origin.
  await page.goto(origin.replace('127.0.0.1', 'localhost'));
  await page.getByText('Everything is there.').waitFor(WAIT);
  const tried = await page.evaluate(async (server: string) => {
    const answer = await fetch(`${server}/api/rooms/embedded`, { headers: { authorization: 'Bearer x' } }).then(
      () => 'answered',
      () => 'kept away',
    );
    const socket = new WebSocket(`${server.replace('http', 'ws')}/ws?room=embedded`);
    const opened = await new Promise<string>((resolve) => {
      socket.addEventListener('open', () => resolve('opened'));
      socket.addEventListener('error', () => resolve('refused'));
    });
    return [answer, opened];
  }, gridcast.url);
  expect(tried).toEqual(['kept away', 'refused']);
});

it('a picture that a ticket opens is shown in pages of a site that is named, and in those of no other', async () => {
  const page = await visit();
  const picture = await privatePicture('embedded');
  expect(await shows(page, picture)).toBe('shown');
  const { page: stranger, context } = await openPage(browser);
  onTestFinished(() => context.close());
  await stranger.goto(origin.replace('127.0.0.1', 'localhost'));
  expect(await shows(stranger, picture)).toContain('ERR_BLOCKED_BY_RESPONSE');
});

/** A frame that is put into a page. */
async function framed(page: Page, path: string): Promise<Frame> {
  const attached = page.waitForEvent('frameattached', WAIT);
  const src = `${gridcast.url.replace('127.0.0.1', 'localhost')}${path}`;
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(src)} }))`,
  );
  return attached;
}

it('the page for viewers is shown in a frame of a site that is named; a room is not, nor is anything elsewhere', async () => {
  const page = await visit();
  const frame = await framed(page, '/watch/embedded');
  await frame.locator('.player[data-state]').waitFor(WAIT);
  // Pages that it leads to may not be in a frame.
  const opened = page.context().waitForEvent('page', WAIT);
  await frame.getByRole('link', { name: 'Gridcast' }).click();
  expect(new URL((await opened).url()).pathname).toBe('/');
  expect(new URL(frame.url()).pathname).toBe('/watch/embedded');
  // The browser reports each of these as an error of the page.
  const { page: host, context } = await openPage(browser);
  onTestFinished(() => context.close());
  await host.goto(origin);
  const room = await framed(host, '/r/embedded');
  await expect.poll(() => room.url(), WAIT).toMatch(/^chrome-error:/);
  await host.goto(origin.replace('127.0.0.1', 'localhost'));
  const elsewhere = await framed(host, '/watch/embedded');
  await expect.poll(() => elsewhere.url(), WAIT).toMatch(/^chrome-error:/);
});
