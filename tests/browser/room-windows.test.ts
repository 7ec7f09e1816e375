/** A room in windows and text of all sizes: nothing lies over the buttons, and the picture stays in sight. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { layoutSchema } from '../../src/layout/layout.ts';
import { accessibilityProblems, enlargeText, launchShell, openPage } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { join, soon, STAGE } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const LONG =
  'Another program seems to be using your camera. Close it, or choose another camera, then try again. Some systems let only one program use it.';
/** A row of buttons with its margins; another one would add as much again. */
const ONE_ROW = 80;
/** Letters reach a little below their line. */
const HALF_A_LINE = 10;

let browser: Browser;
let server: PageServer;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  server.echo.rules.role = 'host';
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A host has joined, with a finger, and knows the room's layout. */
async function host(width: number, height: number, text = 1): Promise<Page> {
  const { page } = await openWatched(browser, {
    viewport: { width, height },
    hasTouch: true,
    isMobile: true,
  });
  if (text !== 1) await enlargeText(page, text);
  const { token } = await server.tokens.invite({ room: 'monday', role: 'host' });
  await join(page, `${server.url}/r/monday#token=${token}`, 'Aiko');
  server.echo.say({
    type: 'layout',
    layout: layoutSchema.parse({ rules: [] }),
    annotation: annotationSchema.parse({}),
    program: { width: 1280, height: 720 },
  });
  return page;
}

async function boxOf(page: Page, selector: string): Promise<Box> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`There is no ${selector}.`);
  return box;
}

/** Computed styles of the first element of any shadow tree that the selector fits. */
function stylesOf(page: Page, selector: string, ...names: readonly string[]): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const find = (root) => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches('${selector}')) return element;
        const inside = element.shadowRoot && find(element.shadowRoot);
        if (inside) return inside;
      }
    };
    const styles = getComputedStyle(find(document));
    return ${JSON.stringify(names)}.map((name) => styles[name]);
  })()`);
}

async function show(page: Page, panel: 'people' | 'chat' | 'layout' | undefined): Promise<void> {
  await page.evaluate(`${STAGE}.panel = ${panel === undefined ? 'undefined' : `'${panel}'`}`);
}

/** The camera is in use elsewhere, says the page. */
async function warn(page: Page): Promise<void> {
  await page.evaluate(`${STAGE}.session.report({ title: 'The camera is in use', detail: '${LONG}', retry: true })`);
  await page.getByRole('button', { name: 'Dismiss' }).waitFor();
}

it.each([
  ['a tablet held upright', 820, 1180],
  ['a phone held sideways', 844, 390],
  ['a small phone held sideways', 667, 375],
  ['a small laptop', 1024, 600],
])('on %s no panel lies over a host’s buttons, which stand in one row', async (_, width, height) => {
  const page = await host(width, height);
  for (const panel of ['people', 'chat', 'layout'] as const) {
    await show(page, panel);
    await soon(async () => {
      const shown = await boxOf(page, '[part=panel]');
      const controls = await boxOf(page, '[part=controls]');
      expect([panel, shown.y + shown.height <= controls.y, controls.height < ONE_ROW]).toEqual([panel, true, true]);
      expect([panel, controls.y + controls.height <= height]).toEqual([panel, true]);
      // Something is left of the picture, too.
      expect((await boxOf(page, '[part=picture]')).width).toBeGreaterThan(300);
    });
    expect(await accessibilityProblems(page)).toEqual([]);
  }
});

it.each([1, 2])(
  'on a phone with text %i times as large a warning leaves picture and buttons in sight',
  async (text) => {
    const page = await host(390, 844, text);
    await show(page, undefined);
    await warn(page);
    await soon(async () => {
      const warning = await boxOf(page, '[part=notice]');
      const controls = await boxOf(page, '[part=controls]');
      expect(warning.y + warning.height).toBeLessThanOrEqual(controls.y);
      expect(warning.height).toBeLessThan(844 * 0.4);
    });
    // Its button is in sight without scrolling, and so are its last words with it.
    const warning = await boxOf(page, '[part=notice]');
    const button = await boxOf(page, '[part=notice] button');
    expect(button.y + button.height).toBeLessThanOrEqual(warning.y + warning.height);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByRole('button', { name: 'Dismiss' }).waitFor({ state: 'detached' });
  },
);

it('on a phone a warning leaves what closes the layout in reach', async () => {
  const page = await host(390, 844);
  await show(page, 'layout');
  await warn(page);
  await page.getByRole('button', { name: 'Close the layout' }).click();
  await show(page, 'layout');
  await soon(async () => {
    const tabs = await boxOf(page, 'gridcast-room-layout-panel [role=tab] >> nth=0');
    expect((await boxOf(page, '[part=notice]')).y).toBeGreaterThanOrEqual(tabs.y + tabs.height);
  });
});

it('on a phone with text of twice its size the chat’s tabs and tools stand apart', async () => {
  const page = await host(390, 844, 2);
  await show(page, 'chat');
  const files = await page.getByRole('button', { name: 'Files', exact: true }).boundingBox();
  const menu = await page.locator('gridcast-chat').getByRole('button', { name: 'More' }).boundingBox();
  if (!files || !menu) throw new Error('They are not there.');
  expect(files.x + files.width <= menu.x || files.y + files.height <= menu.y).toBe(true);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
});

it.each([
  ['a phone held sideways', 844, 390, 1],
  ['a small laptop', 1024, 600, 1],
  ['a phone with text of twice its size', 390, 844, 2],
])('before joining, on %s, one sees how to join and what the camera does', async (_, width, height, text) => {
  const { page, context } = await openPage(browser, { viewport: { width, height }, hasTouch: true, isMobile: true });
  onTestFinished(() => context.close());
  if (text !== 1) await enlargeText(page, text);
  await page.addInitScript(
    `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };`,
  );
  const { token } = await server.tokens.invite({ room: 'monday', role: 'participant' });
  await page.goto(`${server.url}/r/monday#token=${token}`);
  const words = page.getByText('Your camera does not work yet');
  await words.waitFor();
  const said = await words.boundingBox();
  const buttons = await page.locator('gridcast-own-preview').getByRole('button', { name: 'Camera' }).boundingBox();
  if (!said || !buttons) throw new Error('They are not there.');
  expect(said.y + said.height).toBeLessThanOrEqual(buttons.y);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
  if (text === 1) {
    const go = await page.getByRole('button', { name: 'Join', exact: true }).boundingBox();
    expect((go?.y ?? height) + (go?.height ?? 0)).toBeLessThanOrEqual(height);
    expect(buttons.y + buttons.height).toBeLessThanOrEqual(height);
  }
});

it.each([
  ['a small phone held sideways', 667, 375, 1],
  ['the smallest phone held sideways', 568, 320, 1],
  ['a small laptop', 1024, 600, 1],
  ['a narrow phone', 320, 640, 2],
])('on %s a host’s buttons have their rows while it records, too', async (_, width, height, rows) => {
  server.echo.rules.recording = true;
  const page = await host(width, height);
  await show(page, undefined);
  await page.getByRole('button', { name: 'Stop recording' }).waitFor();
  await soon(async () => {
    const controls = await boxOf(page, '[part=controls]');
    expect(controls.height).toBeLessThan(rows * ONE_ROW);
    const leave = await boxOf(page, '[part=controls] .leave');
    expect(leave.x + leave.width).toBeLessThanOrEqual(width);
    const first = await boxOf(page, '[part=controls] .control >> nth=0');
    expect(first.x).toBeGreaterThanOrEqual(0);
  });
  expect(await accessibilityProblems(page)).toEqual([]);
});

it.each([
  ['a phone held sideways', 844, 390],
  ['the smallest phone held sideways', 568, 320],
  ['a phone', 390, 844],
])('on %s the host’s menu stands above its button, and begins in the window', async (_, width, height) => {
  const page = await host(width, height);
  await page.getByRole('button', { name: /^Host/ }).click();
  const menu = await boxOf(page, '.menu[role=group]');
  const controls = await boxOf(page, '[part=controls]');
  expect(menu.y).toBeGreaterThanOrEqual(0);
  expect(menu.y + menu.height).toBeLessThanOrEqual(controls.y + 1);
  // What is left out above it on a phone that is upright would be two more rows.
  expect(controls.y - menu.y - menu.height).toBeLessThan(ONE_ROW);
});

it('before joining, on a small phone held sideways, one sees where to write the name, however long the title is', async () => {
  server.addRoom('monday', { title: 'Montagsrunde der Redaktion und aller, die sonst noch kommen wollen', live: true });
  const { page, context } = await openPage(browser, {
    viewport: { width: 667, height: 375 },
    hasTouch: true,
    isMobile: true,
  });
  onTestFinished(() => context.close());
  const { token } = await server.tokens.invite({ room: 'monday', role: 'participant' });
  await page.goto(`${server.url}/r/monday#token=${token}`);
  await page.getByRole('heading', { name: /Montagsrunde/ }).waitFor();
  const field = await page.getByLabel('Your name').boundingBox();
  const bar = await boxOf(page, 'form .go');
  expect((field?.y ?? 375) + (field?.height ?? 0)).toBeLessThanOrEqual(bar.y);
});

it('cuts a name that is written from the right at its own end', async () => {
  server.echo.rules.others = [
    {
      id: 'p2',
      name: 'محمد عبد الرحمن الشريف الإدريسي',
      role: 'participant',
      muted: false,
      connected: true,
      tracks: [],
    },
  ];
  const page = await host(320, 640);
  await show(page, 'people');
  const name = page.getByText('محمد');
  await name.waitFor();
  // Its beginning is in sight, and it stands where the others do.
  const [direction, side] = await stylesOf(page, '.name[title^=محمد]', 'direction', 'textAlign');
  expect([direction, side]).toEqual(['rtl', 'left']);
});

it('keeps its buttons apart where the system gives the colours', async () => {
  const page = await host(1024, 600);
  await page.emulateMedia({ forcedColors: 'active' });
  await show(page, 'chat');
  const styles = (selector: string): Promise<readonly string[]> =>
    stylesOf(page, selector, 'borderTopWidth', 'backgroundColor', 'color', 'forcedColorAdjust');
  // Each has an edge; the panel that is open is told by a fill, as is what one does first.
  const [edge, closed] = await styles('[data-panel=people]');
  const [, open] = await styles('[data-panel=chat]');
  expect(edge).toBe('1px');
  expect(open).not.toBe(closed);
  const [, fill, word, adjust] = await styles('.send');
  // Else the browser lays a ground of its own behind its word.
  expect([fill, adjust]).toEqual([open, 'none']);
  expect(word).not.toBe(fill);
});

it('shows the name of a room in two lines where one is too short', async () => {
  Object.assign(server.echo.rules, { title: 'Quarterly review of the coast', recording: true });
  const page = await host(390, 844);
  await page.getByText('REC', { exact: true }).waitFor();
  const name = page.locator('gridcast-room-header h1');
  const [beside, below] = await name.evaluate((h1) => [
    h1.scrollWidth - h1.clientWidth,
    h1.scrollHeight - h1.clientHeight,
  ]);
  expect(beside).toBe(0);
  expect(below).toBeLessThan(HALF_A_LINE);
  expect((await boxOf(page, 'gridcast-room-header')).height).toBeLessThan(60);
});
