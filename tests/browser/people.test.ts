import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import { ADMIN_TOKEN, PageServer } from '../helpers/page-server.ts';
import { openWatched } from './watched-pages.ts';

const PASSWORD = 'correct horse battery';
const SESSION = 'gridcast.session';
let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
  server = await PageServer.start({ accounts: true });
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A page of this test alone; nothing in it may have failed when the test ends. */
async function open(address: string, width: number, colorScheme: 'dark' | 'light' = 'light'): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 844 }, colorScheme });
  await page.goto(address);
  return page;
}

async function openPeople(width: number, colorScheme: 'dark' | 'light', at = server): Promise<Page> {
  const page = await open(`${at.url}/admin#token=${ADMIN_TOKEN}`, width, colorScheme);
  await page.getByRole('link', { name: 'People' }).click();
  await page.getByRole('heading', { name: 'People', level: 1 }).waitFor();
  return page;
}

async function statusOfSignIn(login: string, password: string): Promise<number> {
  const response = await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  await response.arrayBuffer();
  return response.status;
}

async function fits(page: Page, width: number): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}

describe('the people of the admin page', () => {
  it('begin with nobody, and somebody is added who can sign in', async () => {
    const page = await openPeople(1280, 'light');
    await page.getByText('Nobody has an account yet').waitFor();
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Ana Lima');
    await page.getByLabel('Login', { exact: true }).fill('ana');
    const password = page.getByLabel('Password', { exact: true });
    await password.fill('too short');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Use at least 10 characters').waitFor();
    await fits(page, 1280);
    await page.getByRole('button', { name: 'Suggest one' }).click();
    const suggested = await password.inputValue();
    expect(suggested).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('Ana Lima can sign in as “ana” now.').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Ana Lima' }).waitFor();
    expect(await statusOfSignIn('ana', suggested)).toBe(201);
    await page.getByLabel('Name', { exact: true }).fill('Another');
    await page.getByLabel('Login', { exact: true }).fill('ana');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('There is an account with the login "ana"').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('Login', { exact: true }).waitFor({ state: 'detached' });
  });

  it('get a password, become admins, are disabled, and are deleted after a question', async () => {
    await server.people.control.create({ login: 'ben', name: 'Ben Okoro', password: PASSWORD });
    const page = await openPeople(1280, 'dark');
    const row = page.getByRole('listitem').filter({ hasText: 'Ben Okoro' });
    const choose = async (deed: string): Promise<void> => {
      await row.getByRole('button', { name: 'More about Ben Okoro' }).click();
      await row.getByRole('button', { name: deed }).click();
    };
    await choose('Set a password');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New password').fill('another long password');
    await fits(page, 1280);
    await dialog.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Ben Okoro signs in with the new password from now on').waitFor();
    expect(await statusOfSignIn('ben', PASSWORD)).toBe(401);
    expect(await statusOfSignIn('ben', 'another long password')).toBe(201);
    await choose('Make an admin');
    await row.getByText('Admin', { exact: true }).waitFor();
    await choose('Disable');
    // The only admin stays one.
    await page.getByText('This is the only admin who can sign in').waitFor();
    await server.people.control.create({ login: 'root', name: 'Root', admin: true });
    await choose('Remove admin rights');
    await row.getByText('Admin', { exact: true }).waitFor({ state: 'detached' });
    await choose('Disable');
    await row.getByText('Disabled', { exact: true }).waitFor();
    expect(await statusOfSignIn('ben', 'another long password')).toBe(401);
    await row.getByRole('button', { name: 'More about Ben Okoro' }).click();
    await fits(page, 1280);
    await row.getByRole('button', { name: 'Enable' }).click();
    await row.getByText('Disabled', { exact: true }).waitFor({ state: 'detached' });
    await choose('Delete');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await choose('Delete');
    await dialog.getByRole('button', { name: 'Delete account' }).click();
    await page.getByText('The account of Ben Okoro is gone.').waitFor();
    await row.waitFor({ state: 'detached' });
    expect((await server.people.control.search({ text: 'ben', limit: 10, withDisabled: true })).items).toEqual([]);
  });

  it('come from a list, pasted or chosen, whose faults are told by line; and are shown in parts and found', async () => {
    const page = await openPeople(390, 'dark');
    await page.getByRole('button', { name: 'Import a list' }).click();
    const list = page.getByLabel('List', { exact: true });
    await list.fill('login,name,password\ncyd,Cyd\nno good!,<b>Nobody</b>\ndee,Dee,short');
    await page.getByRole('button', { name: 'Import 4 lines' }).click();
    await page.getByText('1 account made').waitFor();
    await page.getByText('2 lines were left out').first().waitFor();
    const fault = page.getByRole('listitem').filter({ hasText: 'Line 3' });
    await fault.getByText('the login needs').waitFor();
    await fits(page, 390);
    await fault.getByRole('button', { name: 'Line 3' }).click();
    // The line is chosen, and typed over.
    await page.keyboard.insertText('nob,Nobody');
    expect(await list.inputValue()).toBe('login,name,password\ncyd,Cyd\nnob,Nobody\ndee,Dee,short');
    const lines = Array.from({ length: 55 }, (_, index) => `p${index},Person ${index} von Zoë`);
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n'), 'latin1') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Import 55 lines' }).click();
    await page.getByText('55 accounts made').waitFor();
    const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
    await vi.waitFor(async () => expect(await people.count()).toBe(50), { timeout: 9000 });
    await page.getByRole('button', { name: 'Show more' }).click();
    await vi.waitFor(async () => expect(await people.count()).toBeGreaterThan(55), { timeout: 9000 });
    await page.getByLabel('Search people').fill('person 54 von zoë');
    await vi.waitFor(async () => expect(await people.allInnerTexts()).toHaveLength(1), { timeout: 9000 });
    await people.getByText('Person 54 von Zoë', { exact: true }).waitFor();
    await page.getByLabel('Search people').fill('nobody at all');
    await page.getByText('Nobody is called that').waitFor();
    await fits(page, 390);
  });

  it('are none where accounts are off, which names the key that switches them on', async () => {
    const without = await PageServer.start();
    onTestFinished(() => without.close());
    const page = await openPeople(390, 'light', without);
    await page.getByText('There are no accounts on this server').waitFor();
    await page.getByText('“accounts.mode”').waitFor();
    expect(await page.getByRole('button', { name: 'Add somebody' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(0);
    await fits(page, 390);
  });
});

describe('the bar of a page', () => {
  it('leads to where one signs in, names whoever has, and signs out here, at the server and in other tabs', async () => {
    await server.people.control.create({ login: 'eva', name: 'Eva Novak', password: PASSWORD, admin: true });
    const page = await open(server.url, 1280, 'dark');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Login').fill('eva');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const mark = page.getByRole('button', { name: 'Account: Eva Novak' });
    await mark.waitFor();
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByRole('button', { name: 'Account: Eva Novak' }).waitFor();
    await page.goto(server.url);
    await mark.click();
    const menu = page.getByRole('group', { name: 'Account: Eva Novak' });
    await menu.getByRole('link', { name: 'Administration' }).waitFor();
    await fits(page, 1280);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await page.keyboard.press('ArrowDown');
    await menu.locator('a:focus').filter({ hasText: 'Contacts' }).waitFor();
    const token = await page.evaluate<string>(`JSON.parse(localStorage.getItem('${SESSION}')).token`);
    const status = async (): Promise<number> => {
      const response = await fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${token}` } });
      await response.arrayBuffer();
      return response.status;
    };
    expect(await status()).toBe(200);
    await menu.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'Recordings', level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
    await fits(page, 1280);
    await mark.click();
    await menu.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin token').waitFor();
    await page.locator('a:focus').filter({ hasText: 'Sign in' }).waitFor();
    await other.getByRole('link', { name: 'Sign in' }).waitFor();
    await vi.waitFor(async () => expect(await status()).toBe(401), { timeout: 9000 });
  });

  it('shows no form for a token to an admin who has signed in, while the server is asked', async () => {
    const { id } = await server.people.control.create({ login: 'ida', name: 'Ida', password: PASSWORD, admin: true });
    const { token } = await server.people.control.signIn('ida', PASSWORD, undefined);
    const page = await open(`${server.url}/sign-in`, 390);
    const kept = JSON.stringify({ token, user: { id, name: 'Ida' } });
    await page.evaluate(`localStorage.setItem('${SESSION}', ${JSON.stringify(kept)})`);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/session', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${server.url}/admin`);
    await page.getByRole('status').filter({ hasText: 'Checking who has signed in' }).waitFor();
    expect(await page.getByLabel('Admin token').count()).toBe(0);
    answer();
    await page.getByRole('heading', { name: 'Recordings', level: 1 }).waitFor();
  });

  it('says to whoever has signed in and is no admin why the admin page asks for a token', async () => {
    const { id } = await server.people.control.create({ login: 'gus', name: 'Gus', password: PASSWORD });
    const { token } = await server.people.control.signIn('gus', PASSWORD, undefined);
    const page = await open(`${server.url}/sign-in`, 390);
    const kept = JSON.stringify({ token, user: { id, name: 'Gus' } });
    await page.evaluate(`localStorage.setItem('${SESSION}', ${JSON.stringify(kept)})`);
    await page.goto(`${server.url}/admin`);
    const why = page.getByText('Gus is not an admin here');
    await why.waitFor();
    await page.getByText('Ask an admin to make you one').waitFor();
    await fits(page, 390);
    await page.getByRole('button', { name: 'Account: Gus' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await why.waitFor({ state: 'detached' });
    await page.getByLabel('Admin token').waitFor();
  });

  it('asks nobody to sign in who has the admin token, until they sign out', async () => {
    const page = await open(server.url, 390, 'dark');
    const signIn = page.getByRole('link', { name: 'Sign in' });
    const signOut = page.getByRole('button', { name: 'Sign out' });
    await signIn.waitFor();
    const asked = page.waitForResponse(`${server.url}/api/session`);
    await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
    await asked;
    await signOut.waitFor();
    await fits(page, 390);
    expect(await signIn.count()).toBe(0);
    await signOut.click();
    await signIn.waitFor();
    await signOut.waitFor({ state: 'detached' });
    await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await signOut.waitFor();
    await signIn.waitFor({ state: 'detached' });
  });

  it('forgets a session that the server does not know, and fits on a telephone', async () => {
    const { id } = await server.people.control.create({ login: 'fay', name: 'Fay Lindgren', password: PASSWORD });
    const { token } = await server.people.control.signIn('fay', PASSWORD, undefined);
    const kept = { token, user: { id, name: 'Fay, as she was called before' } };
    const page = await open(`${server.url}/sign-in`, 390);
    await page.evaluate(`localStorage.setItem('${SESSION}', ${JSON.stringify(JSON.stringify(kept))})`);
    await page.goto(server.url);
    // The name that she has now.
    await page.getByRole('button', { name: 'Account: Fay Lindgren' }).click();
    await fits(page, 390);
    await server.people.control.change(id, { disabled: true });
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate<string | null>(`localStorage.getItem('${SESSION}')`)).toBeNull();
    await fits(page, 390);
  });
});
