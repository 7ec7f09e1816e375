/** Pages that the browser takes back from its history as they were. */
import { expect, it, onTestFinished } from 'vitest';
import { launchChromium, openPage } from '../helpers/browser.ts';
import { startPages } from './watched-pages.ts';

it('a page that is come back to shows nobody who has signed out on the page after it', async () => {
  const server = await startPages({ accounts: true });
  // Playwright switches the browser's keeping of pages off.
  const browser = await launchChromium([], ['--disable-back-forward-cache']);
  onTestFinished(() => browser.close());
  const { page, errors } = await openPage(browser);
  // Chromium keeps what other pages did to the storage until a page comes back; others tell it nothing.
  await page.addInitScript(`addEventListener('storage', (event) => event.stopImmediatePropagation())`);
  const password = 'correct horse battery';
  const { id } = await server.people.control.create({ login: 'eva', name: 'Eva Novak', password });
  const { token } = await server.people.control.signIn('eva', password, undefined);
  await page.goto(`${server.url}/sign-in`);
  const kept = JSON.stringify({ token, user: { id, name: 'Eva Novak' } });
  await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(kept)})`);
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Account: Eva Novak' }).waitFor();
  await page.evaluate(`addEventListener('pageshow', ({ persisted }) => { window.takenBack = persisted; })`);
  await page.goto(`${server.url}/sign-in`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goBack({ waitUntil: 'commit' });
  expect(await page.evaluate('window.takenBack')).toBe(true);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  expect(await page.getByRole('button', { name: 'Account: Eva Novak' }).count()).toBe(0);
  expect(errors).toEqual([]);
});
