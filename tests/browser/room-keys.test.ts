/** A room by the keyboard alone: where the focus goes when something opens, closes or comes instead of something else. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { layoutSchema } from '../../src/layout/layout.ts';
import { launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
/** The label of what has the focus through all shadow trees, else its words, else what it is. */
const FOCUSED = `(() => {
  let active = document.activeElement;
  while (active.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const words = active.ariaLabel ?? active.labels?.[0]?.textContent ?? active.textContent;
  return words.trim().replaceAll(/\\s+/g, ' ') || active.localName;
})()`;

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

/** A host who has come in by the keyboard. */
async function enter(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1280, height: 800 }, ...options });
  const { token } = await server.tokens.invite({ room: 'monday', role: 'host' });
  await page.goto(`${server.url}/r/monday#token=${token}`);
  await page.getByLabel('Your name').fill('Aiko');
  await page.keyboard.press('Enter');
  await page.getByText(/^Connected/).waitFor();
  return page;
}

function focusIs(page: Page, words: string | RegExp): Promise<void> {
  return soon(async () => expect(await page.evaluate<string>(FOCUSED)).toMatch(words));
}

/** Presses the Tab key until what has these words has the focus. */
async function tabTo(page: Page, words: RegExp, key = 'Tab'): Promise<void> {
  for (let most = 40; !words.test(await page.evaluate<string>(FOCUSED)); most -= 1) {
    if (most === 0) throw new Error(`The ${key} key comes to no ${words.source}.`);
    await page.keyboard.press(key);
  }
}

/** As a host's page hears it when it has come in. */
function tellLayout(): void {
  const program = { width: 1280, height: 720 };
  server.echo.say({ type: 'layout', layout: layoutSchema.parse({}), annotation: annotationSchema.parse({}), program });
}

it('goes on at the name of the room when somebody has come in', async () => {
  const page = await enter();
  await focusIs(page, /^Monday stand-up$/);
  await page.keyboard.press('Tab');
  await focusIs(page, /^Connected/);
});

it('goes into a panel that is opened, and back to its button when it is closed from within', async () => {
  const page = await enter();
  // The list of people is open on a wide screen.
  await page.keyboard.press('Alt+p');
  await page.keyboard.press('Alt+p');
  await focusIs(page, /^People \(3\)$/);
  await page.keyboard.press('Alt+p');
  await focusIs(page, /^People$/);
  await page.keyboard.press('Alt+l');
  await focusIs(page, /^Layout$/);
  // What it is to show may come later.
  tellLayout();
  await page.getByRole('radio', { name: 'Grid' }).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await focusIs(page, /^On screen$/);
  await page.keyboard.press('Alt+c');
  await focusIs(page, /^Write a message$/);
  await page.keyboard.press('Alt+c');
  await focusIs(page, /^Chat$/);
});

it('closes the chat by Escape from wherever one is in it, and its menu before', async () => {
  const page = await enter();
  await page.keyboard.press('Alt+c');
  await focusIs(page, /^Write a message$/);
  await tabTo(page, /^Messages$/, 'Shift+Tab');
  await page.keyboard.press('Escape');
  await focusIs(page, /^Chat$/);
  await page.keyboard.press('Enter');
  await focusIs(page, /^Write a message$/);
  await tabTo(page, /^More about the chat$/, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('gridcast-chat-menu').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await page.locator('gridcast-chat-menu').waitFor({ state: 'detached' });
  await focusIs(page, /^More about the chat$/);
  await page.keyboard.press('Escape');
  await focusIs(page, /^Chat$/);
});

it('goes back to the button of the figures, and from a button of the recording that is gone to the next', async () => {
  const page = await enter();
  await tabTo(page, /^Connected/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Close the figures$/);
  await page.keyboard.press('Enter');
  await focusIs(page, /^Connected/);
  server.echo.rules.recording = true;
  server.echo.announce();
  await page.getByRole('button', { name: 'Marker', exact: true }).focus();
  server.echo.rules.recording = false;
  server.echo.announce();
  await focusIs(page, /^Invite$/);
});

it('opens nothing behind a dialog', async () => {
  const page = await enter();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Shortcuts' });
  await help.waitFor();
  await page.keyboard.press('Alt+c');
  await page.keyboard.press('Alt+m');
  await page.getByRole('button', { name: 'Microphone', pressed: false, includeHidden: true }).waitFor();
  expect(await page.locator('gridcast-chat').count()).toBe(0);
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await focusIs(page, /^Monday stand-up$/);
});

it('leaves keys with Alt to whoever types signs by them, as on a Mac, and switches by them from every other field', async () => {
  const page = await enter({ userAgent: MAC });
  await page.keyboard.press('Alt+c');
  await focusIs(page, /^Write a message$/);
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('Alt+m');
  await focusIs(page, /^Write a message$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+p');
  await page.getByRole('button', { name: 'Microphone', pressed: true }).waitFor();
  const other = await enter();
  await other.keyboard.press('Alt+c');
  await focusIs(other, /^Write a message$/);
  await other.keyboard.press('Alt+m');
  await other.getByRole('button', { name: 'Microphone', pressed: false }).waitFor();
  await focusIs(other, /^Write a message$/);
});

it('keeps the page as high as its window, whatever panel is open and however many are there', async () => {
  server.echo.rules.others = Array.from({ length: 24 }, (_, at) => ({
    ...{ id: `p${at + 2}`, name: `Person ${at}`, role: 'participant' as const },
    ...{ muted: false, connected: true, tracks: [] },
  }));
  const page = await enter();
  tellLayout();
  const tooHigh = (): Promise<number> =>
    page.evaluate<number>('document.documentElement.scrollHeight - document.documentElement.clientHeight');
  await page.getByText('People (25)').waitFor();
  expect(await tooHigh()).toBe(0);
  await page.keyboard.press('Alt+l');
  await tabTo(page, /^Grid$/);
  expect(await tooHigh()).toBe(0);
});
