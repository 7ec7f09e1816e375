import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { catalogueOf } from '../../web/i18n/catalogue-parts.ts';
import { german as translation } from '../../web/i18n/de/catalogue.ts';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { join, seeMovement, soon, STAGE } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const german = catalogueOf(translation);
const MEDIA = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').media`;

let browser: Browser;
let server: PageServer;
let link: string;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  link = `${server.url}/r/monday#token=${(await server.tokens.invite({ room: 'monday', role: 'host' })).token}`;
});

/** A page of this test alone; nothing in it may have failed when the test ends. */
async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await openWatched(browser, options);
  return page;
}

function microphoneOn(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`${MEDIA}.microphoneOn`);
}

describe('the tools of the room page', () => {
  it.each([
    ['dark', { width: 360, height: 740 }],
    ['light', { width: 1440, height: 900 }],
  ] as const)('are accessible in %s colours, and fit in every state', async (colorScheme, viewport) => {
    const page = await open({ colorScheme, viewport });
    const found: string[] = [];
    const check = async (place: string): Promise<void> => {
      found.push(...(await accessibilityProblems(page)).map((problem) => `${place}: ${problem}`));
      expect([place, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([place, viewport.width]);
    };
    await page.goto(link);
    await page.getByLabel('Microphone level').waitFor();
    await check('before joining');
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    await page.getByRole('button', { name: 'Show the figures' }).click();
    await page.getByText('Round trip to the server').waitFor();
    await check('in the room');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('I wear headphones').waitFor();
    await check('settings');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
    await check('help');
    await page.keyboard.press('Escape');
    server.echo.rules.refuse = { close: 1013, code: 'busy', message: 'The server is busy; try again later.' };
    server.echo.cut();
    await page.getByText('Connection lost').waitFor();
    await check('without a connection');
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the room' }).waitFor();
    await check('afterwards');
    expect(found).toEqual([]);
  });

  it.each([
    ['a narrow phone', { width: 320, height: 640 }],
    ['a phone', { width: 360, height: 740 }],
    ['a phone held sideways', { width: 640, height: 320 }],
  ])('fit %s: nothing is cut off, and fingers find what they aim at', async (_, viewport) => {
    const page = await open({ viewport, hasTouch: true, isMobile: true });
    const measure = async (): Promise<{ wide: number; small: string[] }> =>
      page.evaluate(`(() => {
        const all = (root) => [...root.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
        const targets = all(document).filter((e) => e.matches('button, select, a[href], input:not([type=radio])') && e.checkVisibility());
        const small = targets.filter((e) => !e.matches('[type=checkbox], [type=range]') && e.getBoundingClientRect().height < 43.5);
        return { wide: document.documentElement.scrollWidth, small: small.map((e) => e.outerHTML.slice(0, 120)) };
      })()`);
    await page.goto(link);
    await page.getByLabel('Microphone level').waitFor();
    expect(await measure()).toEqual({ wide: viewport.width, small: [] });
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    expect(await measure()).toEqual({ wide: viewport.width, small: [] });
    const picture = await page.getByRole('img', { name: 'Live picture' }).boundingBox();
    expect(picture?.height).toBeGreaterThan(140);
  });

  it('work by single keys, but not while somebody types and not when they are switched off', async () => {
    const page = await open();
    await page.goto(link);
    await page.getByLabel('Your name').fill('');
    await page.getByLabel('Your name').pressSequentially('mvp?');
    expect(await page.getByLabel('Your name').inputValue()).toBe('mvp?');
    await join(page, link, 'Aiko');
    expect(await page.getByRole('slider', { name: 'Volume' }).getAttribute('aria-valuetext')).toMatch(/^100.%$/);
    const microphone = page.getByRole('button', { name: 'Microphone', exact: true });
    const camera = page.getByRole('button', { name: 'Camera', exact: true });
    await page.keyboard.press('m');
    await page.getByText('You are muted').waitFor();
    await page.keyboard.press('v');
    await page.getByText('Camera off', { exact: true }).waitFor();
    expect([await microphone.getAttribute('aria-pressed'), await camera.getAttribute('aria-pressed')]).toEqual([
      'false',
      'false',
    ]);
    await page.keyboard.press('?');
    await page.getByLabel('Single-key shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    expect(await microphoneOn(page)).toBe(false);
  });

  it('let somebody who is muted talk while the space bar is held, also after a click on a button', async () => {
    const page = await open();
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Microphone', exact: true }).click();
    await page.getByText('You are muted').waitFor();
    await page.keyboard.down(' ');
    await page.getByText('Talking: let go').waitFor();
    expect(await microphoneOn(page)).toBe(true);
    await page.keyboard.up(' ');
    await page.getByText('You are muted').waitFor();
    expect(await microphoneOn(page)).toBe(false);
  });

  it('play a test sound, and remember headphones and colours', async () => {
    const page = await open({ colorScheme: 'dark' });
    await page.goto(link);
    await page.getByLabel('Microphone level').waitFor();
    // Looked for from before, as it plays for a moment only.
    const playing = page.getByRole('button', { name: 'Playing…' }).waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await playing;
    await page.getByRole('button', { name: 'Test' }).waitFor();
    await page.getByLabel('I wear headphones').check();
    await page.getByRole('button', { name: 'Light colours' }).click();
    await page.goto('about:blank');
    await page.goto(link);
    expect(await page.getByLabel('I wear headphones').isChecked()).toBe(true);
    expect(await page.locator('gridcast-room').getAttribute('theme')).toBe('light');
    const cancelled = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-prejoin').media.microphone.track?.getSettings().echoCancellation`;
    await soon(async () => expect(await page.evaluate(cancelled)).toBe(false));
  });

  it('show the picture in a window of its own, and take it back', async () => {
    const page = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    const button = page.getByRole('button', { name: 'Picture-in-picture' });
    const own = await page.evaluate<boolean>(`'documentPictureInPicture' in window`);
    const opened = own ? page.context().waitForEvent('page') : undefined;
    await button.click();
    await page.getByRole('button', { name: 'Picture-in-picture', pressed: true }).waitFor();
    const video = `(${own} ? documentPictureInPicture.window.document.querySelector('video') : document.pictureInPictureElement)`;
    await opened;
    await soon(async () => expect(await page.evaluate(`${video}.videoWidth`)).toBe(640));
    await button.click();
    await page.getByRole('button', { name: 'Picture-in-picture', pressed: false }).waitFor();
  });

  it('fill the screen by a button and by a key, and follow the browser when it ends that by itself', async () => {
    const page = await open();
    await join(page, link, 'Aiko');
    await seeMovement(page, 2);
    const button = page.getByRole('button', { name: 'Full screen', exact: true });
    const state = async (on: boolean): Promise<void> => {
      await page.getByRole('button', { name: 'Full screen', exact: true, pressed: on }).waitFor();
      expect(await page.evaluate('document.fullscreenElement?.localName ?? null')).toBe(on ? 'gridcast-room' : null);
    };
    await state(false);
    await button.click();
    await state(true);
    expect(await button.getAttribute('title')).toBe('Leave full screen (F)');
    await soon(async () => {
      const room = await page.locator('gridcast-room-stage').boundingBox();
      expect(room).toEqual(await page.evaluate('({ x: 0, y: 0, width: innerWidth, height: innerHeight })'));
    });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.evaluate('document.exitFullscreen()');
    await state(false);
    await page.keyboard.press('f');
    await state(true);
    await seeMovement(page, 2);
    await page.keyboard.press('f');
    await state(false);
    await page.keyboard.press('f');
    await state(true);
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByRole('heading', { name: 'You left the room' }).waitFor();
    await soon(async () => expect(await page.evaluate('document.fullscreenElement')).toBeNull());
  });

  it('offer neither full screen nor a small window, nor their keys, where the browser has none', async () => {
    const page = await open();
    await page.addInitScript(`{
      for (const name of ['fullscreenEnabled', 'pictureInPictureEnabled'])
        Object.defineProperty(document, name, { value: false });
      delete window.documentPictureInPicture;
    }`);
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Leave', exact: true }).waitFor();
    await page.keyboard.press('f');
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Help and shortcuts' }).click();
    const names = ['Full screen', 'Picture-in-picture'];
    await page.getByText('Share your screen, or stop').waitFor();
    for (const name of names) expect(await page.getByText(name, { exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    for (const name of names) expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(await page.evaluate('document.fullscreenElement')).toBeNull();
  });

  it('start the sound with one clear button where the browser holds it back', async () => {
    const page = await open();
    await page.addInitScript(`{
      const { resume } = AudioContext.prototype;
      AudioContext.prototype.resume = () => Promise.reject(new DOMException('not yet', 'NotAllowedError'));
      const Context = AudioContext;
      window.AudioContext = class extends Context { constructor(options) { super(options); void this.suspend(); } };
      window.allowSound = () => { AudioContext.prototype.resume = resume; };
    }`);
    await join(page, link, 'Aiko');
    const button = page.getByRole('button', { name: 'Turn the sound on' });
    await button.waitFor();
    await page.evaluate('allowSound()');
    await button.click();
    await button.waitFor({ state: 'detached' });
  });

  it('invite others when nobody else is there, and tell who comes and goes', async () => {
    server.echo.rules.others = [];
    const page = await open();
    await join(page, link, 'Aiko');
    await page.getByText('Nobody else is here yet').waitFor();
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByLabel('Invite link', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    const ana: RosterEntry = { id: 'p9', name: 'Ana', role: 'participant', muted: false, connected: true, tracks: [] };
    server.echo.rules.others = [ana];
    server.echo.sayRoster();
    await page.getByText('Ana joined').waitFor();
    await page.getByText('Nobody else is here yet').waitFor({ state: 'detached' });
    server.echo.rules.others = [];
    server.echo.sayRoster();
    await page.getByText('Ana left').waitFor();
    await page.getByText('Everybody else has left').waitFor();
    expect(await page.getByText('Nobody else is here yet').count()).toBe(0);
  });

  it('name the button that records on a laptop, and fit there while it records', async () => {
    server.echo.rules.role = 'host';
    const page = await open({ viewport: { width: 1280, height: 800 } });
    await join(page, link, 'Aiko');
    const word = page.getByRole('button', { name: 'Record' }).getByText('Record', { exact: true });
    expect((await word.boundingBox())?.width).toBeGreaterThan(30);
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('button', { name: 'Marker' }).waitFor();
    const leave = await page.getByRole('button', { name: 'Leave' }).boundingBox();
    expect((leave?.x ?? 0) + (leave?.width ?? 0)).toBeLessThanOrEqual(1280);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('fit on small laptops while a host records, and in languages with longer words', async () => {
    server.echo.rules.role = 'host';
    const page = await open({ viewport: { width: 1030, height: 740 } });
    await join(page, link, 'Aiko');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('button', { name: 'Marker' }).waitFor();
    const outside = async (width: number): Promise<string[]> => {
      await page.setViewportSize({ width, height: 740 });
      const buttons = page.locator('gridcast-room-controls').getByRole('button');
      return buttons.evaluateAll(
        (all, visible) =>
          all
            .filter((button) => {
              const { left, right } = button.getBoundingClientRect();
              return left < 0 || right > visible || button.scrollWidth > button.clientWidth + 1;
            })
            .map((button) => `${visible}: ${button.textContent.trim()}`),
        width,
      );
    };
    const found: string[] = [];
    for (const width of [1030, 1100, 1160, 1210, 1536]) found.push(...(await outside(width)));
    await page.evaluate(`document.querySelector('gridcast-room').catalogue = ${JSON.stringify(german)}`);
    await page.getByRole('button', { name: 'Verlassen' }).waitFor();
    for (const width of [1030, 1536, 1600, 1768]) found.push(...(await outside(width)));
    expect(found).toEqual([]);
  });

  it('stay in reach on a tablet held upright while people or messages are read', async () => {
    const page = await open({ viewport: { width: 820, height: 1180 } });
    await join(page, link, 'Aiko');
    const bottoms = (): Promise<readonly number[]> =>
      page.evaluate<readonly number[]>(
        `['.panel', 'gridcast-room-controls'].map((part) => ${STAGE}.renderRoot.querySelector(part).getBoundingClientRect()).flatMap(({ top, bottom }) => [top, bottom])`,
      );
    for (const heading of [/^People/, 'Chat']) {
      await page.getByRole('heading', { name: heading }).waitFor();
      const [, endOfPanel = 0, buttons = 0] = await bottoms();
      expect(endOfPanel).toBeLessThanOrEqual(buttons);
      await page.keyboard.press('Alt+c');
    }
  });

  it('cut no news off on a phone', async () => {
    server.echo.rules.others = [];
    const page = await open({ viewport: { width: 320, height: 640 } });
    await join(page, link, 'Aiko');
    const name = 'Wolfeschlegelsteinhausenbergerdorff-Montgomery of the Upper Fen';
    const ana: RosterEntry = { id: 'p9', name, role: 'participant', muted: false, connected: true, tracks: [] };
    server.echo.rules.others = [ana];
    server.echo.sayRoster();
    const news = page.getByRole('log').getByText(`${name} joined`);
    await news.waitFor();
    const widths = await news.evaluate((node) => [node.scrollWidth, node.clientWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  });

  it('speak the language that the page around them brings', async () => {
    const page = await open();
    await page.goto(link);
    await page.evaluate(`document.querySelector('gridcast-room').catalogue = {
      locale: 'de',
      messages: { 'prejoin.join': 'Beitreten', 'people.title': 'Leute ({count})', 'connection.connected': 'Verbunden' },
    }`);
    await page.getByLabel('Your name').fill('Aiko');
    await page.getByRole('button', { name: 'Beitreten' }).click();
    await page.getByText(/^Verbunden/).waitFor();
    await page.getByRole('heading', { name: 'Leute (3)' }).waitFor();
  });

  it('tell the page around them when a stay begins and ends', async () => {
    const page = await open();
    await page.goto(link);
    await page.evaluate(`{
      window.told = [];
      for (const type of ['gridcast-joined', 'gridcast-left'])
        document.querySelector('gridcast-room').addEventListener(type, ({ detail }) => told.push([type, detail.room]));
    }`);
    await page.getByLabel('Your name').fill('Aiko');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'You left the room' }).waitFor();
    expect(await page.evaluate('told')).toEqual([
      ['gridcast-joined', 'monday'],
      ['gridcast-left', 'monday'],
    ]);
  });

  it('leave the room when they are put elsewhere in their page, and let one come back', async () => {
    const page = await open();
    await join(page, link, 'Aiko');
    await page.evaluate(`{
      window.told = [];
      const room = document.querySelector('gridcast-room');
      room.addEventListener('gridcast-left', ({ detail }) => told.push(detail.room));
      document.body.append(Object.assign(document.createElement('div'), { id: 'elsewhere' }));
      document.querySelector('#elsewhere').append(room);
    }`);
    await page.getByRole('heading', { name: 'You left the room' }).waitFor();
    expect(await page.evaluate('told')).toEqual(['monday']);
    await page.getByRole('button', { name: 'Join again' }).click();
    // Moved before joining, it is ready as before.
    await page.evaluate(`document.body.append(document.querySelector('gridcast-room'))`);
    await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
    await seeMovement(page, 3);
  });
});
