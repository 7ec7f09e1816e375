/** Lists whose rows go away under the focus: whoever works with the keyboard stays in the list. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { launchShell } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { openWatched } from './watched-pages.ts';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 320, height: 180, framerate: 5, preset: 'ultrafast' } });
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A room, with the links of a host and of anybody else. */
async function createRoom(id: string, door = {}): Promise<{ host: string; join: string }> {
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id, title: id, door });
  const asked = { role: 'host', name: 'Hal' };
  const { body: host } = await server.api<{ link: string }>('POST', `/api/rooms/${id}/tokens`, asked);
  return { host: host.link, join: body.links.join };
}

/** Somebody without camera and microphone, who asks to come in. */
async function knock(link: string, name: string): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1040, height: 700 } });
  await page.addInitScript(`navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException('Not allowed', 'NotAllowedError');
  };`);
  await page.goto(link);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  return page;
}

async function enter(link: string, name: string): Promise<Page> {
  const page = await knock(link, name);
  await page.getByText(/^Connected/).waitFor();
  return page;
}

/** Presses what has this name by the keyboard. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).press('Enter');
}

async function focused(page: Page, name: string): Promise<void> {
  await page.locator(`button[aria-label="${name}"]:focus`).waitFor();
}

it('goes from a ban that is lifted to the next one, to the one before, and to the button that closes the list', async () => {
  const page = await enter((await createRoom('parliament')).host, 'Hal');
  const bans = ['Ana', 'Bo', 'Cy'].map((name) => ({ id: name, name, at: '2031-05-14T12:03:00.000Z', by: 'Hal' }));
  await page.route(/\/bans$/, (route) => route.fulfill({ json: { items: bans } }));
  await page.route(/\/bans\/\w+$/, (route) => route.fulfill({ status: 204 }));
  await page.getByRole('button', { name: /^Host/ }).click();
  await page.getByRole('button', { name: 'Banned people…' }).click();
  await press(page, 'Lift the ban of Bo');
  await focused(page, 'Lift the ban of Cy');
  await press(page, 'Lift the ban of Cy');
  await focused(page, 'Lift the ban of Ana');
  await press(page, 'Lift the ban of Ana');
  await page.getByRole('dialog').locator('button[aria-label="Close"]:focus').waitFor();
});

it('goes from somebody who is let in to the next who waits, and from the last to the list of people', async () => {
  const links = await createRoom('door', { waitingRoom: true });
  const page = await enter(links.host, 'Hal');
  for (const name of ['Ana', 'Bo', 'Cy']) {
    // They wait in the order in which they came, which is not that in which they asked.
    await (await knock(links.join, name)).getByText('A host will let you in soon').waitFor();
  }
  await page.getByText('3 people are waiting').waitFor();
  await page.getByRole('button', { name: 'Show who is waiting' }).click();
  await press(page, 'Let in Ana');
  await focused(page, 'Let in Bo');
  await press(page, 'Refuse Bo');
  await focused(page, 'Refuse Cy');
  await press(page, 'Let in Cy');
  await page.locator('button[data-panel=people]:focus').waitFor();
});

it('goes from a file that is deleted to the next one, and from the last to the button that shares more', async () => {
  const page = await enter((await createRoom('files')).host, 'Hal');
  await page.getByRole('button', { name: /^Chat/ }).click();
  await page.getByRole('button', { name: /^Files/ }).click();
  const files = ['one.txt', 'two.txt'].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }));
  await page.locator('input[type=file][multiple]').setInputFiles(files);
  await page.getByRole('button', { name: 'Delete one.txt' }).waitFor();
  await press(page, 'Delete two.txt');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await focused(page, 'Delete one.txt');
  await press(page, 'Delete one.txt');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter');
  await page.locator('.choose button:focus').waitFor();
});
