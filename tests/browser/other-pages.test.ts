import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { UnavailableError } from '../../src/errors.ts';
import { accessibilityProblems, enlargeText, launchShell, openPage } from '../helpers/browser.ts';
import { ADMIN_TOKEN, PageServer } from '../helpers/page-server.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
});

/** A page of this test alone; nothing in it may have failed when the test ends. */
async function open(path: string, width = 1280, url = server.url): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 900 } });
  await page.goto(url + path);
  return page;
}

describe('a link that leads nowhere', () => {
  it.each([1280, 320])('is explained in words, at a width of %i', async (width) => {
    const page = await open('/watch/monday.', width);
    await page.getByRole('heading', { name: 'There is nothing at this address' }).waitFor();
    const colour =
      'getComputedStyle(document.querySelector("gridcast-missing").shadowRoot.firstElementChild.shadowRoot.querySelector(".card")).backgroundColor';
    expect(await page.evaluate<string>(colour)).not.toBe('rgba(0, 0, 0, 0)');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'Create room' }).waitFor();
  });
});

it.each([
  ['/', 'This page needs JavaScript', 'Diese Seite braucht JavaScript'],
  ['/r/monday', 'This page needs JavaScript', 'Cette page a besoin de JavaScript'],
  ['/no/such/page', 'There is nothing at this address', 'Não há nada neste endereço'],
])('%s says in all languages what is the matter where scripts are off', async (path, english, other) => {
  const { page, context } = await openPage(browser, {
    viewport: { width: 320, height: 900 },
    javaScriptEnabled: false,
  });
  onTestFinished(() => context.close());
  await page.goto(server.url + path);
  const said = page.locator('noscript p');
  await said.first().waitFor();
  const texts = await said.allTextContents();
  expect(texts).toEqual(expect.arrayContaining([english, other].map((text) => expect.stringContaining(text))));
  expect(await said.evaluateAll((all) => all.map((each) => each.getAttribute('lang')))).toEqual([
    'en',
    'de',
    'es',
    'fr',
    'pt-BR',
  ]);
});

it('turns a sign that something is coming while the scripts of a page are under way, and nothing else', async () => {
  const { page, context } = await openPage(browser);
  onTestFinished(() => context.close());
  const held = Promise.withResolvers<void>();
  await page.route('**/assets/*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(`${server.url}/`, { waitUntil: 'commit' });
  const sign = (): Promise<string> =>
    page.evaluate(`getComputedStyle(document.querySelector('main'), '::before').animationName`);
  await soon(async () => expect(await sign()).toBe('appear, turn'));
  held.resolve();
  await page.getByRole('button', { name: 'Create room' }).waitFor();
  expect(await sign()).toBe('none');
});

describe('the landing page', () => {
  it('shows on a phone held sideways where one begins', async () => {
    const { page, context } = await openPage(browser, { viewport: { width: 844, height: 390 } });
    onTestFinished(() => context.close());
    await page.goto(server.url);
    const box = await page.getByRole('button', { name: 'Create room' }).boundingBox();
    expect((box?.y ?? 390) + (box?.height ?? 0)).toBeLessThanOrEqual(390);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(844);
  });

  it.each([1280, 390])('is accessible and fits at a width of %i', async (width) => {
    const page = await open('/', width);
    await page.getByRole('button', { name: 'Create room' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  });

  it('leads to the admin page at its foot, and to nothing that needs an account', async () => {
    const page = await open('/');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Admin' }).waitFor();
    expect(await page.getByRole('banner').getByRole('link').allInnerTexts()).toEqual(['Gridcast']);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Admin' }).click();
    await page.getByLabel('Admin token').waitFor();
  });

  it('leads whoever has signed in to contacts, admins to their page, and visitors to where one signs in', async () => {
    const own = await PageServer.start({ accounts: true });
    onTestFinished(() => own.close());
    const { control } = own.people;
    const password = 'correct horse battery';
    await control.create({ login: 'eva', name: 'Eva', password });
    await control.create({ login: 'root', name: 'Rosa', password, admin: true });
    const page = await open('/', 390, own.url);
    const banner = page.getByRole('banner').getByRole('link');
    const below = page.getByRole('contentinfo').getByRole('link');
    const shows = (links: readonly string[], atFoot: readonly string[]): Promise<void> =>
      soon(async () => expect([await banner.allInnerTexts(), await below.allInnerTexts()]).toEqual([links, atFoot]));
    await shows(['Gridcast', 'Sign in'], ['Admin']);
    const signIn = async (login: string): Promise<void> => {
      const { token, account } = await control.signIn(login, password, undefined);
      const kept = JSON.stringify({ token, user: { id: account.id, name: account.name } });
      await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(kept)})`);
      await page.reload();
    };
    await signIn('eva');
    await shows(['Gridcast', 'Contacts'], []);
    await signIn('root');
    await shows(['Gridcast', 'Contacts', 'Admin'], []);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Account: Rosa' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await shows(['Gridcast', 'Sign in'], ['Admin']);
  });

  it('creates a room and hands out its links', async () => {
    const page = await open('/');
    await page.getByLabel('Title').fill('Monday stand-up');
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByRole('heading', { name: '“Monday stand-up” is ready' }).waitFor();
    const [room] = server.state.rooms.keys();
    const link = await page.getByLabel('Invite link', { exact: true }).inputValue();
    expect(await page.getByLabel('Watch link', { exact: true }).inputValue()).toBe(`${server.url}/watch/${room}`);
    const [invite, ...others] = server.people.invites.list(room ?? '');
    expect([invite?.label, invite?.role, others]).toEqual(['Quick link', 'participant', []]);
    if (invite) expect(link).toBe(`${server.url}/r/${room}#token=${await server.people.tokens.ofInvite(invite)}`);
    expect(invite && (invite.expiresMs - invite.createdMs) / 86_400_000).toBeCloseTo(30, 1);
    await page.getByText('Code for phones').click();
    await page.getByRole('img', { name: 'QR code of the link “Invite link”' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('link', { name: 'Join now as host' }).click();
    await page.getByRole('heading', { name: 'Monday stand-up' }).waitFor();
  });

  it('makes a room private, whose watch link carries a token', async () => {
    const page = await open('/');
    await page.getByLabel('Title').fill('Quiet talk');
    await page.getByLabel('Only people with the watch link may watch').check();
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByRole('heading', { name: '“Quiet talk” is ready' }).waitFor();
    const [room] = [...server.state.rooms.values()].filter(({ title }) => title === 'Quiet talk');
    expect(room?.viewing.access).toBe('private');
    const link = new URL(await page.getByLabel('Watch link', { exact: true }).inputValue());
    expect(link.pathname).toBe(`/watch/${room?.id}`);
    const { tokens, invites } = server.people;
    const grant = await tokens.verify(link.hash.replace('#token=', ''));
    const [join, watch] = invites.list(room?.id ?? '');
    expect([join?.role, watch?.role]).toEqual(['participant', 'viewer']);
    expect(grant).toMatchObject({ role: 'viewer', room: room?.id, invite: watch?.id });
    await invites.revoke(room?.id ?? '', watch?.id ?? '');
    await expect(tokens.verify(link.hash.replace('#token=', ''))).rejects.toMatchObject({ code: 'token_revoked' });
  });

  it('says why there are no links, and asks again when it is told to', async () => {
    const page = await open('/');
    const refusal = { code: 'too_many_invites', title: 'Conflict', detail: 'A room has at most 200 invites.' };
    await page.route(/\/invites$/, (route) => route.fulfill({ status: 409, json: refusal }));
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByText('A room has at most 200 invites.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.unroute(/\/invites$/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByLabel('Invite link', { exact: true }).waitFor();
  });

  it('asks for the admin token where creating rooms needs it', async () => {
    const closed = await PageServer.start({ openCreation: 'never' });
    onTestFinished(() => closed.close());
    const { page, context } = await openPage(browser);
    onTestFinished(() => context.close());
    await page.goto(closed.url);
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByText('This server asks for its admin token first').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Admin token').fill('nonsense');
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByText('This token is not valid').waitFor();
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Create room' }).click();
    await page.getByText('is ready').waitFor();
  });

  it('goes to the room of a pasted link and explains what is none', async () => {
    server.addRoom('monday', { title: 'Monday stand-up' });
    const page = await open('/');
    await page.getByLabel('Invite link or room ID').fill('two words');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('neither a room link nor a room ID').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Invite link or room ID').fill(`${server.url}/r/monday#token=abc`);
    await page.getByLabel('Invite link or room ID').press('Enter');
    await page.waitForURL(`${server.url}/r/monday`);
  });
});

describe('the admin page', () => {
  it('asks for the token and explains a wrong one', async () => {
    const page = await open('/admin');
    await page.getByLabel('Admin token').fill('nonsense');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('This token is not valid').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Nothing recorded yet').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('navigation').getByRole('link', { name: 'Rooms' }).click();
    await page.getByText('No rooms yet').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('asks for it also where text is of twice its size, in the width of a telephone', async () => {
    const page = await open('/');
    await page.setViewportSize({ width: 390, height: 844 });
    await enlargeText(page, 2);
    await page.goto(`${server.url}/admin`);
    const field = await page.getByLabel('Admin token').boundingBox();
    expect((field?.x ?? 0) + (field?.width ?? 390)).toBeLessThan(390);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390);
  });

  it('takes the token from a link, out of sight, and keeps it in this tab', async () => {
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    await page.getByText('Nothing recorded yet').waitFor();
    expect(page.url()).toBe(`${server.url}/admin`);
    await page.reload();
    await page.getByText('Nothing recorded yet').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.reload();
    await page.getByLabel('Admin token').waitFor();
  });

  it('creates, records and deletes rooms', async () => {
    server.addRoom('monday', { title: 'Monday stand-up', live: true, participants: 3 });
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    await page.getByRole('navigation').getByRole('link', { name: 'Rooms' }).click();
    await page.getByText('3 people').waitFor();
    await page.getByLabel('Title of a new room').fill('Town hall');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Town hall' }).waitFor();
    await page.getByRole('button', { name: 'Record', exact: true, disabled: false }).click();
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await page.getByRole('button', { name: 'Record', exact: true, disabled: false }).waitFor();
    await page.getByRole('button', { name: 'Delete room Town hall' }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(server.state.rooms.size).toBe(2);
    await page.getByRole('button', { name: 'Delete room Town hall' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Delete room', exact: true }).click();
    await page.getByRole('heading', { name: 'Town hall' }).waitFor({ state: 'detached' });
    expect([...server.state.rooms.keys()]).toEqual(['monday']);
  });

  it('gives links to a room that can be taken back, only when they are looked for', async () => {
    server.addRoom('monday', { title: 'Monday stand-up' });
    const { invites, tokens } = server.people;
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    await page.getByRole('navigation').getByRole('link', { name: 'Rooms' }).click();
    await page.getByRole('heading', { name: 'Monday stand-up' }).waitFor();
    expect(invites.list('monday')).toEqual([]);
    const field = page.getByLabel('Invite link', { exact: true });
    const shown = page.getByText('Links', { exact: true });
    await shown.click();
    const link = await field.inputValue();
    const [invite] = invites.list('monday');
    if (invite) expect(link).toBe(`${server.url}/r/monday#token=${await tokens.ofInvite(invite)}`);
    expect(await page.getByLabel('Watch link', { exact: true }).inputValue()).toBe(`${server.url}/watch/monday`);
    expect(await accessibilityProblems(page)).toEqual([]);
    // The same when they are looked for again.
    await shown.click();
    await field.waitFor({ state: 'detached' });
    await shown.click();
    expect(await field.inputValue()).toBe(link);
    expect(invites.list('monday')).toHaveLength(1);
  });

  it('lists the clips of a room that is closed, and says that they stay when their recording is deleted', async () => {
    server.addRoom('monday', { title: 'Monday stand-up' });
    server.addRecording('r1', { title: 'Town hall', room: 'monday' });
    // While it was recorded.
    const [from, to] = ['2031-05-14T12:03:10.000Z', '2031-05-14T12:03:19.000Z'];
    const clip = { id: 'c1', room: 'monday', title: 'The tide', duration: 9, bytes: 10, createdAt: to };
    server.state.clips = [{ ...clip, from, to }];
    const page = await open(`/admin#token=${ADMIN_TOKEN}`, 390);
    await page.getByRole('button', { name: 'Delete recording Town hall' }).click();
    await page.getByText('1 clip of it stays with its room.').waitFor();
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Rooms' }).click();
    await page.getByText('Clips', { exact: true }).click();
    await page.getByRole('button', { name: /^Download “The tide”/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  it.each([1280, 390])('shows every state of a recording, at a width of %i', async (width) => {
    server.addRecording('r1', { state: 'recording', title: 'Monday stand-up' });
    server.addRecording('r2', { state: 'archiving', progress: 0.62, title: 'Design review' });
    server.addRecording('r3', { state: 'ready', size: 123_456_789, title: 'Town hall' });
    server.addRecording('r4', { state: 'failed', error: 'The disk is full; free some space.', title: 'Friday demo' });
    server.state.checks = { disk: { ok: false, detail: 'Only 1.2 GB are left.' } };
    const page = await open(`/admin#token=${ADMIN_TOKEN}`, width);
    await page.getByText('123 MB').waitFor();
    await page.getByText('Archiving 62 %').waitFor();
    await page.getByText('The disk is full; free some space.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Archiving 0 %').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Rooms' }).click();
    await page.getByText('Only 1.2 GB are left.').waitFor();
  });

  it('says at the address of a recording that it is in the trash, and takes it out there', async () => {
    server.addRecording('r1', { title: 'Town hall', state: 'failed' });
    const page = await open(`/admin#token=${ADMIN_TOKEN}`, 360);
    await page.getByRole('button', { name: 'Delete recording Town hall' }).click();
    await page.getByRole('button', { name: 'Delete recording', exact: true }).click();
    await page.getByText('Nothing recorded yet').waitFor();
    await page.evaluate('location.hash = "#/recordings/r1"');
    await page.getByText('This recording is in the trash').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.getByRole('button', { name: 'Restore “Town hall”' }).press('Enter');
    await page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
    await page.locator('h1:focus').waitFor();
    expect([server.state.trash.size, server.state.recordings.size]).toEqual([0, 1]);
  });

  it('downloads an MP4 without leaving the page', async () => {
    const path = join(await tempDir(), 'recording.mp4');
    await writeFile(path, 'not really an MP4');
    server.state.file = { path, size: 17 };
    server.addRecording('r1', { title: 'Town hall' });
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download Town hall' }).click();
    expect((await download).suggestedFilename()).toBe('Monday.mp4');
    expect(page.url()).toBe(`${server.url}/admin`);
  });

  it('asks about one recording at a time, however long the server takes, and says what it has deleted', async () => {
    server.addRecording('r1', { title: 'Town hall' });
    server.addRecording('r2', { title: 'Design review' });
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/trash?*', async (route) => {
      await asked;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Delete recording Town hall' }).click();
    await page.getByRole('button', { name: 'Delete recording Town hall', disabled: true }).waitFor();
    await page.getByRole('button', { name: 'Delete recording Design review' }).click({ force: true });
    answer();
    await page.getByRole('heading', { name: 'Delete “Town hall”?' }).waitFor();
    await page.getByRole('button', { name: 'Delete recording', exact: true }).click();
    await page.getByText('“Town hall” is deleted.').waitFor({ state: 'attached' });
    expect([...server.state.recordings.keys()]).toEqual(['r2']);
  });

  it('keeps what it knows and says so while the server is in trouble', async () => {
    server.addRecording('r1', { title: 'Town hall', state: 'recording' });
    const page = await open(`/admin#token=${ADMIN_TOKEN}`);
    await page.getByRole('heading', { name: 'Town hall' }).waitFor();
    server.state.failure = new UnavailableError('redis_down', 'Redis does not answer; start it again.');
    await page.getByText('Redis does not answer; start it again.').waitFor();
    await page.getByRole('heading', { name: 'Town hall' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
