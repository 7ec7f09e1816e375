/** Notes that go away when they were read: whoever works with the keyboard goes on from where they stood. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { layoutSchema } from '../../src/layout/layout.ts';
import { launchShell } from '../helpers/browser.ts';
import { ADMIN_TOKEN, type PageServer } from '../helpers/page-server.ts';
import { join, soon, STAGE } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const NOTICE = { type: 'notice', code: 'degraded', message: 'The server is busy; the picture is simpler.' } as const;
/** The words of the button, or its label, that has the focus through all shadow trees. */
const FOCUSED = `(() => {
  let active = document.activeElement;
  while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active.ariaLabel ?? active.textContent.trim();
})()`;

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages({ accounts: true });
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

async function open(): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1280, height: 900 } });
  return page;
}

async function host(): Promise<Page> {
  const page = await open();
  const { token } = await server.tokens.invite({ room: 'monday', role: 'host' });
  await join(page, `${server.url}/r/monday#token=${token}`, 'Aiko');
  return page;
}

async function read(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await button.press('Enter');
  await button.waitFor({ state: 'detached' });
}

function goesOnAt(page: Page, name: string | RegExp): Promise<void> {
  return soon(async () => expect(await page.evaluate<string>(FOCUSED)).toMatch(name));
}

/** As if `code` had just happened to the room's page. */
function report(page: Page, title: string): Promise<unknown> {
  return page.evaluate(`${STAGE}.session.report({ title: '${title}', detail: 'Try again.', retry: true })`);
}

it('goes from a note of the room to what comes next, and stays with whoever is elsewhere', async () => {
  const page = await host();
  await report(page, 'That did not work');
  await read(page, 'Dismiss');
  // The list of people beside the picture.
  await goesOnAt(page, 'Close the list');
  server.echo.say(NOTICE);
  await read(page, 'I see');
  await goesOnAt(page, 'Close the list');
  await report(page, 'Nor did that');
  await page.getByText('Nor did that').waitFor();
  await page.getByRole('button', { name: 'Leave' }).focus();
  await page.evaluate(`${STAGE}.session.dismissProblem()`);
  await page.getByText('Nor did that').waitFor({ state: 'detached' });
  await goesOnAt(page, 'Leave');
});

it('goes from what could not be drawn on the program to the form that it was about', async () => {
  const page = await host();
  await page.route(/\/annotation$/, (route) => route.fulfill({ status: 500, body: '{}' }));
  server.echo.say({
    type: 'layout',
    layout: layoutSchema.parse({ rules: [] }),
    annotation: annotationSchema.parse({}),
    program: { width: 1280, height: 720 },
  });
  await page.keyboard.press('Alt+l');
  await page.getByRole('tab', { name: 'On screen' }).click();
  await page.getByRole('switch', { name: 'Clock' }).press('Space');
  await read(page, 'Dismiss');
  await goesOnAt(page, 'Show');
});

it('stays on a button that has to wait for the server, and goes on from one that is gone then', async () => {
  const page = await host();
  const layout = layoutSchema.parse({ rules: [] });
  server.echo.say({
    type: 'layout',
    layout,
    annotation: annotationSchema.parse({}),
    program: { width: 1280, height: 720 },
  });
  let refuses = true;
  await page.route(/\/layout$/, (route) =>
    route.fulfill(
      refuses ? { status: 503, body: '{}' } : { json: layoutSchema.parse(route.request().postDataJSON() as unknown) },
    ),
  );
  await page.keyboard.press('Alt+l');
  await page.getByRole('radio', { name: 'Speaker' }).press('Space');
  await page.getByRole('button', { name: 'Apply', exact: true }).press('Enter');
  await page.getByText('The layout was not changed').waitFor();
  await goesOnAt(page, 'Apply');
  refuses = false;
  await page.keyboard.press('Enter');
  await page.getByText('The layout is applied.').waitFor();
  await goesOnAt(page, 'Undo');
});

it('stays on the button that makes a room or signs in when that is refused, and goes to what is there then', async () => {
  const page = await open();
  await server.people.control.create({ login: 'rosa', name: 'Rosa', password: 'correct horse battery' });
  await page.route(/\/api\/rooms$/, (route) => route.fulfill({ status: 503, body: '{}' }));
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Create room' }).press('Enter');
  await page.getByText('The room was not created').waitFor();
  await goesOnAt(page, 'Create room');
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel('Login').fill('rosa');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.getByText('The login or the password is wrong; try again.').waitFor();
  await goesOnAt(page, 'Sign in');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByLabel('Password').press('Enter');
  await goesOnAt(page, 'Signed in as Rosa');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await goesOnAt(page, 'Sign in');
});

/** Holds what is posted to `paths` until the button with this name is seen waiting, and refuses it then. */
async function refuseSlowly(page: Page, paths: RegExp, button: Locator): Promise<void> {
  await page.route(paths, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await button.and(page.getByRole('button', { disabled: true })).waitFor();
    return route.fulfill({ status: 503, body: '{}' });
  });
}

it('stays on a button of the admin page that has to wait for the server', async () => {
  const page = await open();
  await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
  await page.getByRole('link', { name: 'Rooms', exact: true }).click();
  const create = page.getByRole('button', { name: 'Create', exact: true });
  await refuseSlowly(page, /\/api\/rooms$/, create);
  await create.press('Enter');
  await page.getByText('That did not work').waitFor();
  await goesOnAt(page, 'Create');
  await page.getByRole('link', { name: 'People', exact: true }).click();
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Rosa');
  await page.getByLabel('Login').fill('rosa');
  const add = page.getByRole('button', { name: 'Add', exact: true });
  await refuseSlowly(page, /\/api\/users$/, add);
  await add.press('Enter');
  await page.getByText('That did not work').waitFor();
  await goesOnAt(page, 'Add');
  await page.getByRole('link', { name: 'Events', exact: true }).click();
  await page.getByLabel('Address').fill('https://example.org/');
  await refuseSlowly(page, /\/api\/webhooks$/, add);
  await add.press('Enter');
  await page.getByText('That did not work').waitFor();
  await goesOnAt(page, 'Add');
});

it('goes on at the heading of the admin page that has come, also when that has to load what it is about', async () => {
  server.addRecording('r1', { title: 'Town hall', state: 'recording' });
  const page = await open();
  await page.goto(`${server.url}/admin`);
  await page.getByLabel('Admin token').fill(ADMIN_TOKEN);
  await page.getByLabel('Admin token').press('Enter');
  await goesOnAt(page, /^Recordings$/);
  await page.getByRole('link', { name: 'Town hall' }).press('Enter');
  await goesOnAt(page, /^Town hall$/);
});

it('goes from a list that can be loaded now to what is below it', async () => {
  const page = await open();
  const { id } = await server.people.control.create({ login: 'rosa', name: 'Rosa', password: 'correct horse battery' });
  const { token } = await server.people.control.signIn('rosa', 'correct horse battery', undefined);
  await page.goto(`${server.url}/sign-in`);
  const kept = JSON.stringify({ token, user: { id, name: 'Rosa' } });
  await page.evaluate(`localStorage.setItem('gridcast.session', ${JSON.stringify(kept)})`);
  let refuses = true;
  await page.route(/\/api\/rooms\?/, (route) =>
    refuses ? route.fulfill({ status: 503, body: '{}' }) : route.continue(),
  );
  await page.goto(server.url);
  const again = page.locator('gridcast-own-rooms').getByRole('button', { name: 'Try again' });
  await again.waitFor();
  refuses = false;
  await again.press('Enter');
  await again.waitFor({ state: 'detached' });
  await soon(async () => expect(await page.evaluate<string>('document.activeElement.localName')).not.toBe('body'));
});
