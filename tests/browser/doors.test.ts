import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

let browser: Browser;
let server: TestServer;
let host: WatchedPage;
let guest: WatchedPage;
let room = '';

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 320, height: 180, framerate: 10, preset: 'ultrafast' } });
  browser = await launchShell();
  [host, guest] = [await openPage(browser), await openPage(browser, { viewport: { width: 390, height: 844 } })];
  for (const { page } of [host, guest]) page.setDefaultTimeout(60_000);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

function waiting(): readonly string[] {
  return server.server.rooms.room(room)?.door.waiting.map(({ name }) => name) ?? [];
}

async function set(door: Readonly<Record<string, unknown>>): Promise<void> {
  expect((await server.api('PATCH', `/api/rooms/${room}`, { door })).status).toBe(200);
}

/** A guest without an invite, who says the password. */
async function enter(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password of the room').fill(password);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
}

describe('a room with a password and a waiting room', () => {
  it('is made with the options of the landing page', async () => {
    const { page } = host;
    await page.goto(server.url);
    await page.getByLabel('Title').fill('Evening class');
    await page.getByText('More options').click();
    await page.getByRole('textbox', { name: 'Password' }).fill('abc');
    await page.getByLabel('Waiting room').check();
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByText('At least 4 characters.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Password' }).fill('open sesame');
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByRole('heading', { name: '“Evening class” is ready' }).waitFor();
    room = server.server.rooms.all[0]?.id ?? '';
    expect(server.server.rooms.find(room)?.door).toMatchObject({ passwordSet: true, waitingRoom: true });
    const link = await page.getByRole('link', { name: 'Join now as host' }).getAttribute('href');
    await join(page, link ?? '', 'Hana');
  });

  it('asks a guest for the password, and says which one does not do', async () => {
    const { page } = guest;
    await page.goto(`${server.url}/r/${room}`);
    await page.getByText('A host will let you in.').waitFor();
    await enter(page, 'Ana', 'open barley');
    await page.getByText('This is not the password of the room').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(waiting()).toEqual([]);
  });

  it('keeps the guest before the door, who hears nothing of the room, and tells its host', async () => {
    const { page } = guest;
    await enter(page, 'Ana', 'open sesame');
    await page.getByText('A host will let you in soon').waitFor();
    expect(waiting()).toEqual(['Ana']);
    expect(await page.getByText('Hana').count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await host.page.getByText('Ana would like to come in').waitFor();
    expect(await accessibilityProblems(host.page)).toEqual([]);
  });

  it('sends away whom the host refuses, who may ask again later', async () => {
    await host.page.getByRole('button', { name: 'Refuse Ana' }).click();
    await host.page.locator('button[data-panel=people]:focus').waitFor();
    await guest.page.getByRole('heading', { name: 'You were not let in' }).waitFor();
    expect(await accessibilityProblems(guest.page)).toEqual([]);
    await guest.page.getByRole('button', { name: 'Ask again' }).waitFor();
    expect(waiting()).toEqual([]);
  });

  it('lets in whom the host lets in', async () => {
    const { page } = guest;
    // Another browser as far as the server knows.
    await page.evaluate('localStorage.clear(); sessionStorage.clear()');
    await page.reload();
    await enter(page, 'Ben', 'open sesame');
    await host.page.getByRole('button', { name: 'Let in Ben' }).click();
    await page.getByText(/^Connected/).waitFor();
    await soon(() =>
      expect(server.server.rooms.room(room)?.participants.map(({ name }) => name)).toEqual(['Hana', 'Ben']),
    );
    expect(waiting()).toEqual([]);
  });

  it('shows its links as text and as a code, and lets its host set who comes in', async () => {
    const { page } = host;
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click();
    await page.getByRole('img', { name: 'QR code of the link “To join”' }).waitFor();
    await page.getByRole('button', { name: 'To watch' }).click();
    await page.getByRole('img', { name: 'QR code of the link “To watch”' }).waitFor();
    await page.getByText('Who can enter').click();
    await page.getByLabel('Locked').check();
    await page.getByLabel('Maximum number of people').fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number, 1 or more.').waitFor();
    await page.getByLabel('Maximum number of people').fill('12');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(server.server.rooms.find(room)?.door).toMatchObject({ locked: true, capacity: 12, passwordSet: true });
    await page.keyboard.press('Escape');
  });
});

describe('a room that opens later', () => {
  it('says when, by the date of today, on a page that a computer has slept over', async () => {
    await set({ locked: false, waitingRoom: false, password: null });
    await set({ opensAt: new Date(Date.now() + 3 * 3_600_000).toISOString() });
    const { page, context, errors } = await openPage(browser);
    // What a page measures time by stands still meanwhile.
    await page.addInitScript(`
      const timeOrigin = performance.timeOrigin - 2 * 86_400_000;
      Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin });
    `);
    const invite = await server.api<{ link: string }>('POST', `/api/rooms/${room}/tokens`, {
      role: 'participant',
      invite: true,
    });
    await page.goto(invite.body.link);
    await page.getByText(/This room opens (?:today|tomorrow), /).waitFor();
    expect(errors).toEqual([]);
    await context.close();
  });

  it('counts down until a host opens it', async () => {
    const { page } = guest;
    await set({ opensAt: new Date(Date.now() + 3 * 3_600_000).toISOString() });
    const invite = await server.api<{ link: string }>('POST', `/api/rooms/${room}/tokens`, {
      role: 'participant',
      invite: true,
    });
    await page.evaluate('localStorage.clear(); sessionStorage.clear()');
    await page.goto('about:blank');
    await page.goto(invite.body.link);
    await page.getByLabel('Your name').fill('Cleo');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page
      .getByRole('timer')
      .getByText(/^2:59:\d\d/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await host.page.getByText('Cleo would like to come in').waitFor();
    await host.page.getByRole('button', { name: 'Open now' }).click();
    await page.getByText(/^Connected/).waitFor();
    for (const { errors } of [host, guest]) expect(errors).toEqual([]);
  });
});
