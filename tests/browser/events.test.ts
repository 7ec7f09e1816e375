import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import { ADMIN_TOKEN, PageServer } from '../helpers/page-server.ts';
import { soon } from './room-steps.ts';
import { openWatched } from './watched-pages.ts';

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
  server = await PageServer.start();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function open(width: number, colorScheme: 'dark' | 'light'): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 900 }, colorScheme });
  await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
  await page.getByRole('link', { name: 'Events' }).click();
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
  return page;
}

it('shows what happens as it happens, and only what was chosen', async () => {
  const page = await open(1280, 'light');
  await page.getByText('Nothing yet').waitFor();
  const hostile = '<img src=x onerror=alert(1)>';
  server.events.record({ type: 'room.created', room: 'monday', data: { title: hostile } });
  server.events.record({
    type: 'participant.muted',
    room: 'monday',
    actor: { id: 'a', name: 'Ben', role: 'host' },
    subject: { id: 'b', name: 'Zoë', role: 'participant' },
  });
  await page.getByRole('row', { name: 'participant.muted' }).getByText('Ben → Zoë').waitFor();
  await page.getByText(hostile).waitFor();
  await page.getByLabel('Show').selectOption('People');
  await page.getByRole('row', { name: 'room.created' }).waitFor({ state: 'detached' });
  await soon(async () => expect(await page.getByRole('row').count()).toBe(2));
  for (const [area, type] of [
    ['Chat', 'chat.sent'],
    ['Files', 'file.shared'],
    ['Calls', 'call.rang'],
    ['Accounts and invites', 'invite.created'],
  ] as const) {
    server.events.record({ type });
    await page.getByLabel('Show').selectOption(area);
    await page.getByRole('row', { name: type }).waitFor();
    await soon(async () => expect(await page.getByRole('row').count()).toBe(2));
  }
  expect(await accessibilityProblems(page)).toEqual([]);
});

it('makes a webhook and shows its secret once, lets one that was given up go on, and deletes it', async () => {
  const page = await open(390, 'dark');
  await page.getByText('Paused, because its receiver failed for too long').waitFor();
  await page.getByLabel('Address').fill('http://127.0.0.1/');
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('leads into a private network').waitFor();
  await page.getByLabel('Address').fill('https://hooks.example/mine');
  await page.getByLabel('Only these types').fill('room.*, recording.ready');
  await page.getByRole('button', { name: 'Add' }).click();
  const secret = page.getByLabel('Secret of the new webhook', { exact: true });
  expect(await secret.inputValue()).toMatch(/^whsec_/);
  const mine = page.getByRole('listitem').filter({ hasText: 'https://hooks.example/mine' });
  await mine.getByText('room.*, recording.ready').waitFor();
  const first = page.getByRole('listitem').filter({ hasText: 'hooks.example/gridcast' });
  await first.getByRole('button', { name: 'Go on' }).click();
  await first.getByText('Failing').waitFor();
  await first.getByRole('button', { name: 'Last tries' }).click();
  await first.getByText('no such name').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  await mine.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await mine.waitFor({ state: 'detached' });
  await first.locator('button:focus').filter({ hasText: 'Delete' }).waitFor();
});
