/** What people with accounts do from pages: find their rooms again, make links and take them back, bring others into a call. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

interface Session {
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string };
}

const PASSWORD = 'correct horse battery';
const PHONE = { viewport: { width: 390, height: 844 } };
let browser: Browser;
let server: TestServer;
const sessions = new Map<string, Session>();

beforeAll(async () => {
  server = await TestServer.start({
    accounts: { mode: 'on' },
    program: { width: 320, height: 180, framerate: 10, preset: 'ultrafast' },
  });
  browser = await launchShell();
  for (const name of ['Aiko', 'Bjorn', 'Cleo']) {
    const login = name.toLowerCase();
    await server.api('POST', '/api/users', { login, name, password: PASSWORD });
    const answer = await server.api<Session>('POST', '/api/session', { login, password: PASSWORD }, '');
    sessions.set(name, answer.body);
  }
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page of somebody who has signed in. */
async function signedIn(name: string, path: string, options?: BrowserContextOptions): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  watched.page.setDefaultTimeout(60_000);
  const session = JSON.stringify(JSON.stringify(sessions.get(name)));
  await watched.page.addInitScript(`localStorage.setItem('gridcast.session', ${session})`);
  await watched.page.goto(server.url + path);
  return watched;
}

/** Closes it when the test ends; nothing in it may have failed. */
async function during({ page, context, errors }: WatchedPage): Promise<Page> {
  onTestFinished(async () => {
    await context.close();
    expect(errors).toEqual([]);
  });
  return page;
}

async function fitsPhones(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize(PHONE.viewport);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  if (before) await page.setViewportSize(before);
}

describe('a room of somebody with an account', () => {
  let host: WatchedPage;
  let guest: WatchedPage;
  let room = '';
  let link = '';

  beforeAll(async () => {
    const permissions = ['camera', 'microphone', 'clipboard-read', 'clipboard-write'];
    [host, guest] = [await signedIn('Aiko', '/', { permissions }), await openPage(browser, PHONE)];
    guest.page.setDefaultTimeout(60_000);
  });
  afterAll(async () => {
    for (const { context } of [host, guest]) await context.close();
  });

  it('is made with their session, listed on the landing page, and entered from there', async () => {
    const { page } = host;
    await page.getByText('You have not created a room yet.').waitFor();
    await page.getByLabel('Title').fill('Evening class');
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByRole('heading', { name: '“Evening class” is ready' }).waitFor();
    const enter = page.getByRole('link', { name: 'Enter “Evening class” as host' });
    await enter.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await fitsPhones(page);
    room = server.server.rooms.all[0]?.id ?? '';
    await join(page, new URL((await enter.getAttribute('href')) ?? '', server.url).href, 'Aiko');
    expect(new URL(page.url()).hash).toBe('');
    const { id, name } = sessions.get('Aiko')?.user ?? {};
    expect(server.server.rooms.room(room)?.participants).toMatchObject([{ id, name, role: 'host' }]);
  });

  it('has its maker back after they were sent out, by the same way', async () => {
    const { page } = host;
    const id = sessions.get('Aiko')?.user.id ?? '';
    const sendOut = async (): Promise<void> => {
      await server.api('DELETE', `/api/rooms/${room}/participants/${id}`);
      await page.getByRole('heading', { name: 'A host has removed you from this room' }).waitFor();
    };
    // With what they came by they are not let in again; what is made in another second is newer.
    const enter = async (by: () => Promise<void>): Promise<void> => {
      const connected = page.getByText(/^Connected/);
      await soon(async () => {
        await by();
        await page.getByRole('button', { name: 'Join', exact: true }).click();
        await connected.or(page.getByRole('button', { name: 'Join again' })).waitFor();
        expect(await connected.count()).toBe(1);
      });
    };
    await sendOut();
    await enter(async () => {
      await page.goto(server.url);
      await page.getByRole('link', { name: 'Enter “Evening class” as host' }).click();
    });
    await sendOut();
    await enter(() => page.getByRole('button', { name: 'Join again' }).click());
    expect(server.server.rooms.room(room)?.participants).toMatchObject([{ id, role: 'host' }]);
  });

  it('has links for others, of which the host says for how many they are', async () => {
    const { page } = host;
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Links that can be taken back').click();
    // The one at the top.
    await page.getByRole('button', { name: 'Copy the link “Quick link”' }).waitFor();
    await page.getByLabel('For whom').fill('Panel');
    await page.getByLabel('For how many people').fill('0');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText('A whole number from 1 to 1000.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('For how many people').fill('1');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText('0 of 1 have used it').waitFor();
    link = await page.getByRole('textbox', { name: 'The new link' }).inputValue();
    expect(await page.getByLabel('For whom').inputValue()).toBe('');
    expect(await accessibilityProblems(page)).toEqual([]);
    await fitsPhones(page);
  });

  it('lists how many came by a link, which is copied, by hand where the browser forbids it', async () => {
    await join(guest.page, link, 'Ben');
    const { page } = host;
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('1 of 1 have used it').waitFor();
    await page.getByText('Used up').waitFor();
    const copy = page.getByRole('button', { name: 'Copy the link “Panel”' });
    await copy.click();
    await page.getByText('Copied').first().waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(new URL(copied).pathname).toBe(`/r/${room}`);
    await page.evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'))`);
    await copy.click();
    expect(await page.getByRole('textbox', { name: 'Select and copy' }).inputValue()).toContain(`/r/${room}#token=`);
  });

  it('says why the server makes no link, and lists again when it is asked to', async () => {
    const { page } = host;
    const refusal = { code: 'too_many_invites', title: 'Conflict', detail: 'A room has at most 200 invites.' };
    await page.route(/\/invites$/, (route) => route.fulfill({ status: 409, json: refusal }));
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText('A room has at most 200 invites.').waitFor();
    await page.unroute(/\/invites$/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('A room has at most 200 invites.').waitFor({ state: 'detached' });
  });

  it('loses whoever came by a link when that is taken back, and keeps its host', async () => {
    const { page } = host;
    const revoke = page.getByRole('button', { name: 'Take back the link “Panel”' });
    await revoke.click();
    await page.getByText('Everybody who joined with it is out at once').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep it' }).click();
    await revoke.click();
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await guest.page.getByRole('heading', { name: 'Your link was taken back' }).waitFor();
    await guest.page.getByText('ask a host of the room for another').waitFor();
    expect(await guest.page.getByRole('button', { name: 'Join again' }).count()).toBe(0);
    expect(await accessibilityProblems(guest.page)).toEqual([]);
    await revoke.waitFor({ state: 'detached' });
    await page.locator('button[aria-label="Take back the link “Quick link”"]:focus').waitFor();
    expect(server.server.rooms.room(room)?.participants.map(({ name }) => name)).toEqual(['Aiko']);
    for (const { errors } of [host, guest]) expect(errors).toEqual([]);
  });

  it('has one link at the top, however often that is looked for, which is taken back as any other', async () => {
    const { page } = host;
    const top = page.getByLabel('Invite link', { exact: true });
    const quick = await top.inputValue();
    for (let times = 0; times < 3; times += 1) {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await page.getByRole('button', { name: 'Copy the link “Quick link”' }).waitFor();
    }
    expect(await top.inputValue()).toBe(quick);
    expect(await links()).toEqual(['participant Quick link']);
    const copied = page.getByRole('button', { name: 'Copy: Invite link' });
    await page.evaluate('delete navigator.clipboard.writeText');
    await copied.click();
    await soon(async () => expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(quick));
    await guest.page.goto('about:blank');
    await join(guest.page, quick, 'Ben');
    await page.getByRole('button', { name: 'Take back the link “Quick link”' }).click();
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await guest.page.getByRole('heading', { name: 'Your link was taken back' }).waitFor();
    await page.getByText('You have taken it back').waitFor();
    await page.getByText('No links yet').waitFor();
    expect(await page.getByRole('img', { name: 'QR code of the link “To join”' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Make another' }).click();
    await page.getByRole('img', { name: 'QR code of the link “To join”' }).waitFor();
    expect(await top.inputValue()).not.toBe(quick);
    await guest.page.goto('about:blank');
    await join(guest.page, await top.inputValue(), 'Ben');
  });

  it('has such a link for viewers where it is private, and a plain one where everybody may watch', async () => {
    const { page } = host;
    const watch = page.getByLabel('Watch link', { exact: true });
    const reopen = async (access: 'private' | 'public', value: RegExp): Promise<string> => {
      await page.keyboard.press('Escape');
      await server.api('PATCH', `/api/rooms/${room}`, { viewing: { access } });
      await page.getByRole('button', { name: 'Invite', exact: true }).click();
      await soon(async () => expect(await watch.inputValue()).toMatch(value));
      return watch.inputValue();
    };
    expect(await watch.inputValue()).toBe(`${server.url}/watch/${room}`);
    const link = await reopen('private', /#token=/);
    expect(await links()).toEqual(['participant Quick link', 'viewer Quick link']);
    const status = async (token: string): Promise<number> =>
      (await fetch(`${server.url}/hls/${room}/index.m3u8?token=${token}`)).status;
    const token = new URL(link).hash.replace('#token=', '');
    expect(await status(token)).not.toBe(401);
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Viewers' })
      .getByRole('button', { name: /^Take back/ })
      .click();
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await page.getByText('You have taken it back').waitFor();
    expect(await status(token)).toBe(401);
    await reopen('public', new RegExp(`/watch/${room}$`));
    for (const { errors } of [host, guest]) expect(errors).toEqual([]);
  });

  /** The roles and names of those there are. */
  async function links(): Promise<readonly string[]> {
    const { body } = await server.api<{ items: Array<{ role: string; label: string }> }>(
      'GET',
      `/api/rooms/${room}/invites`,
    );
    return body.items.map(({ role, label }) => `${role} ${label}`).toSorted();
  }
});

describe('a call', () => {
  it('takes in a third person whom one of the two rings from the room', async () => {
    const aiko = await during(await signedIn('Aiko', '/contacts'));
    const bjorn = await during(await signedIn('Bjorn', '/contacts'));
    const cleo = await during(await signedIn('Cleo', '/contacts', PHONE));
    await cleo.getByText('signed in as Cleo').waitFor();
    // Bjorn and Cleo.
    await aiko.getByText('Online').nth(1).waitFor();
    await aiko.getByRole('button', { name: 'Call Bjorn' }).click();
    await bjorn.getByRole('button', { name: 'Answer without camera' }).click();
    for (const page of [aiko, bjorn]) await page.getByText(/^Connected/).waitFor();

    await aiko.getByRole('button', { name: 'Add somebody' }).click();
    await aiko.getByText('In this call').waitFor();
    await aiko.getByText('Online').waitFor();
    expect(await accessibilityProblems(aiko)).toEqual([]);
    await fitsPhones(aiko);
    await aiko.getByRole('button', { name: 'Add Cleo to your call' }).click();
    await aiko.getByText('Calling Cleo…').waitFor();
    await cleo.getByRole('heading', { name: 'Aiko is calling, with Bjorn' }).waitFor();
    await cleo.getByRole('button', { name: 'Decline' }).click();
    await aiko.getByText('Cleo has declined').waitFor();
    expect(await accessibilityProblems(aiko)).toEqual([]);

    // Whoever does not look any more is told over the picture.
    await aiko.getByRole('button', { name: 'Add Cleo to your call' }).click();
    await cleo.getByRole('heading', { name: 'Aiko is calling, with Bjorn' }).waitFor();
    await aiko.keyboard.press('Escape');
    await cleo.getByRole('button', { name: 'Decline' }).click();
    await aiko.locator('gridcast-room-toasts').getByText('Cleo has declined').waitFor();

    await aiko.getByRole('button', { name: 'Add somebody' }).click();
    await aiko.getByRole('button', { name: 'Add Cleo to your call' }).click();
    await cleo.getByRole('button', { name: 'Answer without camera' }).click();
    await aiko.getByRole('heading', { name: 'Add somebody to this call' }).waitFor({ state: 'hidden' });
    await cleo.getByText(/^Connected/).waitFor();
    expect(new URL(cleo.url()).pathname).toBe(new URL(aiko.url()).pathname);
    const room = new URL(aiko.url()).pathname.replace('/r/', '');
    await soon(() => {
      const people = server.server.rooms.room(room)?.participants.map(({ name }) => name) ?? [];
      expect(people.toSorted()).toEqual(['Aiko', 'Bjorn', 'Cleo']);
    });
  }, 240_000);

  it('that was over before one came leads back to the contacts, and they say so', async () => {
    const page = await during(await signedIn('Aiko', '/contacts'));
    const visit = JSON.stringify(JSON.stringify({ call: 'c1', name: 'Aiko', camera: false }));
    await page.evaluate(`sessionStorage.setItem('gridcast.call.call-gone', ${visit})`);
    // It leads on by itself, perhaps before it has loaded whole.
    await page.goto(`${server.url}/r/call-gone`, { waitUntil: 'commit' });
    await page.getByText('The call was over before you were in its room.').waitFor();
    expect(page.url()).toBe(`${server.url}/contacts`);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
