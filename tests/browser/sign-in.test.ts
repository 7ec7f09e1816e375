import { expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import { startPages } from './watched-pages.ts';

it('makes the first admin with the link of the start, signs out, and says what is not right', async () => {
  const server = await startPages({ accounts: true });
  const browser = await launchShell();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  await page.goto(`${server.url}/sign-in#first=${server.people.accounts.firstToken}`);
  await page.getByLabel('Name').fill('Rosa');
  expect(page.url()).toBe(`${server.url}/sign-in`);
  await page.getByLabel('Login').fill('root');
  await page.getByLabel('Password').fill('one long password');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('Signed in as Rosa').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Login').fill('root');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('The login or the password is wrong; try again.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

it('says what a field needs, and for how long one waits, in the words of the page', async () => {
  const server = await startPages({ accounts: true });
  const browser = await launchShell();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'de-DE' });
  await page.goto(`${server.url}/sign-in#first=${server.people.accounts.firstToken}`);
  await page.getByLabel('Name', { exact: true }).fill('Rosa');
  await page.getByLabel('Anmeldename').fill('jürgen');
  await page.getByLabel('Passwort').fill('ein langes Passwort');
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await page.getByText('Der Anmeldename braucht 1 bis 64 Buchstaben').waitFor();
  await page.getByLabel('Anmeldename').fill('rosa');
  await page.getByLabel('Name', { exact: true }).fill('  ');
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await page.getByText('Der Name braucht 1 bis 64 Zeichen').waitFor();
  expect(await page.getByText('In the body').count()).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.route('**/api/session/first', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '9' },
      json: { code: 'too_many_attempts', detail: 'That was tried too often; wait 9 seconds, then try again.' },
    }),
  );
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
  await page.getByText('Warten Sie 9 Sekunden').waitFor();
});
