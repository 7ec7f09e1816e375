import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { STAGE, soon } from './room-steps.ts';

const ROOM = 'school';

let browser: Browser;
let server: TestServer;
let watched: WatchedPage[];
let host: Page;
let guest: Page;
let viewer: Page;
let guestLink: string;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 320, height: 180, framerate: 10, preset: 'ultrafast' } });
  browser = await launchShell();
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Evening school' });
  const link = async (role: string, name: string): Promise<string> =>
    (await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role, name })).body.link;
  const phone = { width: 360, height: 780 };
  watched = [
    await openPage(browser, { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }),
    await openPage(browser, { viewport: phone, colorScheme: 'dark' }),
    await openPage(browser, { viewport: phone, colorScheme: 'light' }),
  ];
  [host, guest, viewer] = watched.map(({ page }) => page) as [Page, Page, Page];
  guestLink = await link('participant', 'Gus');
  await enter(host, await link('host', 'Hanna'), 'Hanna');
  await host.getByRole('button', { name: 'More about the chat' }).click();
  await enter(guest, guestLink, 'Gus');
  await viewer.goto(`${server.url}/watch/${ROOM}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Without camera and microphone: nothing of this is about them. */
async function enter(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  for (const device of ['Camera', 'Microphone']) {
    const button = page.getByRole('button', { name: device, exact: true });
    await soon(async () => {
      if ((await button.getAttribute('aria-pressed')) === 'true') await button.click();
      expect(await button.getAttribute('aria-pressed')).toBe('false');
    });
  }
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText(/^Connected/).waitFor();
  await page.keyboard.press('Alt+c');
  await page.getByLabel('Write a message').waitFor();
}

function chat(): unknown {
  return server.server.rooms.find(ROOM)?.chat;
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Write a message').fill(text);
  await page.getByLabel('Write a message').press('Enter');
}

/** The button that sends, whatever stands on it. */
function sender(page: Page): ReturnType<Page['locator']> {
  return page.locator('gridcast-chat-composer button.send');
}

/** What the button says; throws while it says no seconds. */
async function secondsLeft(page: Page): Promise<number> {
  const seconds = /^\s*(\d+) s\s*$/.exec((await sender(page).textContent()) ?? '')?.[1];
  if (seconds === undefined) throw new Error('The button does not count.');
  return Number(seconds);
}

/** Where hosts choose how often people may write. */
function slow(page: Page): ReturnType<Page['locator']> {
  return page.getByRole('combobox', { name: 'Slow mode' });
}

async function fits(page: Page): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  const width = page.viewportSize()?.width ?? 0;
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}

describe('the rules of a chat', () => {
  it('let viewers write as soon as a host says so, and no longer than that', async () => {
    await viewer.getByText('You can read the chat here').waitFor();
    await host.getByLabel('Viewers may').selectOption({ label: 'Read and write' });
    await viewer.getByLabel('Write a message').waitFor();
    expect(chat()).toMatchObject({ viewers: 'write' });
    await viewer.locator('gridcast-chat').getByLabel('Your name').fill('Vic');
    await write(viewer, 'Hello from outside');
    await guest.getByText('Hello from outside').waitFor();
    await fits(host);
    await host.getByLabel('Viewers may').selectOption({ label: 'Only read' });
    await viewer.getByText('You can read the chat here').waitFor();
    await host.getByLabel('Viewers may').selectOption({ label: 'Read and write' });
    await viewer.getByLabel('Write a message').waitFor();
  });

  it('let a phone’s owner write while something is wrong', async () => {
    await guest.evaluate(`${STAGE}.session.report({ title: 'Something', detail: 'It is wrong.', retry: false })`);
    const dismiss = guest.getByRole('button', { name: 'Dismiss' });
    await dismiss.waitFor();
    // Both are in reach: nothing lies over either.
    await guest.getByLabel('Write a message').click({ trial: true });
    await dismiss.click();
    await dismiss.waitFor({ state: 'detached' });
  });

  it('show slow mode to everybody at once, and count down for whoever has written', async () => {
    await slow(host).selectOption({ label: 'Every 5 minutes' });
    await host.getByText('One message every 300 s, but not for hosts').waitFor();
    for (const page of [guest, viewer]) {
      await page.getByText('One message every 300 s', { exact: true }).waitFor();
      await write(page, 'In time');
      const left = await soon(() => secondsLeft(page));
      expect(await sender(page).isDisabled()).toBe(true);
      await write(page, 'Too soon');
      await soon(async () => expect(await secondsLeft(page)).toBeLessThan(left));
      await fits(page);
    }
    await slow(host).selectOption({ label: 'Every 5 s' });
    for (const page of [guest, viewer]) {
      await page.getByRole('button', { name: 'Send', exact: true }).and(page.locator(':enabled')).waitFor();
      // What was not taken is still there.
      expect(await page.getByLabel('Write a message').inputValue()).toBe('Too soon');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
    }
    await soon(async () => expect(await host.getByText('Too soon').count()).toBe(2));
    for (const text of ['One', 'Two']) await write(host, text);
    await guest.getByText('Two', { exact: true }).waitFor();
    expect(await host.getByText('Not sent').count()).toBe(0);
  });

  it('hold for whoever loads the page again, and end for everybody with a click', async () => {
    await slow(host).selectOption({ label: 'Every 5 minutes' });
    await guest.getByText('One message every 300 s').waitFor();
    await guest.goto('about:blank');
    await enter(guest, guestLink, 'Gus');
    await soon(async () => expect(await secondsLeft(guest)).toBeGreaterThan(100));
    await guest.getByRole('button', { name: /^Send in \d+ s$/ }).waitFor();
    await slow(host).selectOption({ label: 'Off' });
    for (const page of [guest, viewer]) {
      await page.getByText('One message every').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    }
    await write(guest, 'Free again');
    await viewer.getByText('Free again').waitFor();
  });

  it('are shown as a program has set them, and are hosts’ alone', async () => {
    await server.api('PATCH', `/api/rooms/${ROOM}`, { chat: { slowSeconds: 45 } });
    await guest.getByText('One message every 45 s').waitFor();
    await soon(async () => expect(await slow(host).locator('option:checked').textContent()).toBe('Every 45 s'));
    await guest.getByRole('button', { name: 'More about the chat' }).click();
    await guest.getByText('Save the chat as').waitFor();
    expect(await slow(guest).count()).toBe(0);
    await host.setViewportSize({ width: 360, height: 780 });
    await host.emulateMedia({ colorScheme: 'dark' });
    await fits(host);
  });

  it('are all in sight on a phone, and give way to what else is asked for there', async () => {
    const menu = host.locator('gridcast-chat-menu');
    await host.setViewportSize({ width: 360, height: 740 });
    // What a host is told of a slow machine takes room, too, until it is read.
    const read = host.getByRole('button', { name: 'Understood' });
    await soon(async () => {
      for (const button of await read.all()) await button.click();
      expect(await menu.evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0);
    });
    const save = host.getByRole('button', { name: 'JSON' });
    const [box, below] = [await save.boundingBox(), await menu.boundingBox()];
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThan((below?.y ?? 0) + (below?.height ?? 0));
    expect(await host.getByLabel('Write a message').isVisible()).toBe(false);
    await host.getByRole('button', { name: 'Files', exact: true }).click();
    await menu.waitFor({ state: 'detached' });
    await host.getByRole('button', { name: 'Messages', exact: true }).click();
    await host.getByLabel('Write a message').waitFor();
    await host.getByRole('button', { name: 'More about the chat' }).click();
    await menu.waitFor();
  });

  it('lie over what is written on a phone, which is new until they are closed', async () => {
    // Theirs, opened above, covers what they write with.
    await guest.getByRole('button', { name: 'More about the chat' }).click();
    await server.api('PATCH', `/api/rooms/${ROOM}`, { chat: { slowSeconds: 0 } });
    for (const page of [guest, viewer]) await page.getByText('One message every').waitFor({ state: 'detached' });
    await write(guest, 'Under the menu');
    await host.getByRole('button', { name: 'Messages: 1 new' }).waitFor();
    await write(viewer, 'And one more');
    const count = host.getByRole('button', { name: 'Messages: 2 new' });
    await count.click();
    await host.getByText('And one more').waitFor();
    await count.waitFor({ state: 'detached' });
    await host.getByRole('button', { name: 'More about the chat' }).click();
    await host.getByRole('button', { name: 'Messages', exact: true }).waitFor();
    await server.api('PATCH', `/api/rooms/${ROOM}`, { chat: { slowSeconds: 45 } });
    await guest.getByText('One message every 45 s').waitFor();
  });

  it('go back when the server does not take them, and say why', async () => {
    await soon(async () => expect(await slow(host).inputValue()).toBe('45'));
    await host.route(`**/api/rooms/${ROOM}`, (route) => route.abort());
    await slow(host).selectOption({ label: 'Every 10 s' });
    await host.getByText('Not switched: The server does not answer').waitFor();
    expect(await slow(host).inputValue()).toBe('45');
    await fits(host);
    await host.unroute(`**/api/rooms/${ROOM}`);
  });

  it('keep the chat from viewers altogether', async () => {
    await host.getByLabel('Viewers may').selectOption({ label: 'Not see the chat' });
    await viewer.locator('gridcast-viewer-chat').waitFor({ state: 'detached' });
    expect(watched.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
