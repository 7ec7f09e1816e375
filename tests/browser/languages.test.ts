/** Pages in the language of whoever reads them. The words are the catalogues' own: here they are only looked for. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { catalogueOf } from '../../web/i18n/catalogue-parts.ts';
import { german as translation } from '../../web/i18n/de/catalogue.ts';
import { english } from '../../web/i18n/english.ts';
import type { Catalogue, MessageKey } from '../../web/i18n/message.ts';
import type { Message } from '../../web/i18n/sentence.ts';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { PageServer } from '../helpers/page-server.ts';
import { seeMovement } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const german = catalogueOf(translation);
const LANG = 'document.documentElement.lang';
/** Every text on the page; kept at each frame from the beginning by `WATCH`. */
const WATCH = `(() => {
  window.seen = new Set();
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim() !== '') window.seen.add(node.data.trim());
    if (node instanceof Element && node.matches('style, script, noscript')) return;
    if (node.shadowRoot) look(node.shadowRoot);
    for (const child of node.childNodes) look(child);
  };
  const again = () => {
    if (document.body) look(document.body);
    requestAnimationFrame(again);
  };
  again();
})()`;

let browser: Browser;
let server: PageServer;
let room: string;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Chess', live: true });
  room = `/r/monday#token=${(await server.tokens.invite({ room: 'monday', role: 'host' })).token}`;
});

/** The sentence of a catalogue as it stands on the page. */
function of(catalogue: Catalogue | undefined, key: MessageKey): string {
  const message: Message = catalogue?.messages[key] ?? english[key];
  return typeof message === 'string' ? message : message.other;
}

interface Visit {
  readonly page: Page;
  /** Addresses of catalogues that were asked for. */
  readonly catalogues: string[];
  /** What the server refused in the meantime, in its own English. */
  readonly refusals: string[];
}

async function open(locale: string, path: string, width = 1280): Promise<Visit> {
  const { page } = await openWatched(browser, { locale, viewport: { width, height: 800 } });
  const catalogues: string[] = [];
  page.on('request', (request) => {
    if (/\/catalogue-/.test(request.url())) catalogues.push(request.url());
  });
  const refusals: string[] = [];
  page.on('response', (response) => {
    if (!response.headers()['content-type']?.startsWith('application/problem+json')) return;
    // What comes as a page is closed has nobody to read it.
    void response.json().then(
      ({ detail }: { detail: string }) => refusals.push(detail),
      () => undefined,
    );
  });
  await page.addInitScript(WATCH);
  await page.goto(server.url + path);
  return { page, catalogues, refusals };
}

async function enter(page: Page, catalogue: Catalogue | undefined): Promise<void> {
  await page.getByLabel(of(catalogue, 'prejoin.name'), { exact: true }).fill('Aiko');
  await page.getByRole('button', { name: of(catalogue, 'prejoin.join'), exact: true }).click();
  await page.locator('gridcast-room-stage').waitFor();
  await seeMovement(page, 2);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

const PAGES = [
  ['landing page', '/', 'landing.title', undefined],
  ['page before joining', 'room', 'prejoin.join', undefined],
  ['viewers’ page', '/watch/monday', 'watch.link', undefined],
  ['page of nothing', '/nothing', 'missing.title', 'page.missing'],
  ['page to sign in', '/sign-in', 'signIn.title', 'signIn.title'],
  ['contacts', '/contacts', 'contacts.title', 'contacts.title'],
  ['page of a recording', '/shared/abc', 'shared.unknown', 'page.recording'],
] as const;

describe('in German', () => {
  it.each(PAGES)('the %s speaks from the first word on, and fits a telephone', async (_name, path, key, title) => {
    const { page } = await open('de-AT', path === 'room' ? room : path, 360);
    await page.getByText(of(german, key), { exact: true }).first().waitFor();
    expect(await page.evaluate(LANG)).toBe('de');
    if (title) expect(await page.title()).toBe(`${of(german, title)} · Gridcast`);
    const seen = new Set(await page.evaluate<string[]>('[...window.seen]'));
    const flashed = (Object.keys(english) as MessageKey[]).filter(
      (name) => of(german, name) !== of(undefined, name) && seen.has(of(undefined, name)),
    );
    // What is English and also a German word of another sentence is none.
    const words = new Set((Object.keys(english) as MessageKey[]).map((name) => of(german, name)));
    expect(flashed.filter((name) => !words.has(of(undefined, name)))).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('the head of the room fits a telephone when it has much to say', async () => {
    const { page } = await open('de', room, 360);
    await enter(page, german);
    // Both: with each the echo tells a roster of its own.
    const published = (): number => server.echo.heard.filter(({ type }) => type === 'publish').length;
    await vi.waitFor(() => expect(published()).toBe(2), { timeout: 9000 });
    const tracks = server.echo.heard.flatMap((message) =>
      message.type === 'publish' ? [{ ...message, state: 'live' as const }] : [],
    );
    const self: RosterEntry = {
      id: 'p1',
      name: 'Aiko',
      role: 'host',
      muted: true,
      withheld: true,
      connected: true,
      tracks,
    };
    server.echo.rules.recording = true;
    server.echo.announce();
    server.echo.say({ type: 'roster', participants: [self, ...server.echo.rules.others] });
    await page.getByText(of(german, 'room.mutedByHost'), { exact: true }).waitFor();
    await page.getByText(of(german, 'consent.withheld'), { exact: true }).waitFor();
    expect(await overflow(page)).toBe(0);
    const settings = await page.getByRole('button', { name: of(german, 'tools.settings'), exact: true }).boundingBox();
    expect((settings?.x ?? 360) + (settings?.width ?? 0)).toBeLessThanOrEqual(360);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('the bar fits a telephone where one can sign in, too', async () => {
    await server.close();
    server = await PageServer.start({ accounts: true });
    const { page } = await open('de', '/', 360);
    await page.getByRole('link', { name: of(german, 'account.signIn') }).waitFor();
    expect(await overflow(page)).toBe(0);
  });

  it('the room fits a telephone, with its settings open too', async () => {
    const { page } = await open('de', room, 360);
    await enter(page, german);
    expect(await overflow(page)).toBe(0);
    const cut = await page.evaluate<string[]>(`(() => {
      const stage = document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage');
      const controls = stage.shadowRoot.querySelector('gridcast-room-controls').shadowRoot;
      return [...controls.querySelectorAll('button')]
        .filter((button) => button.checkVisibility())
        .filter((button) => {
          const { left, right } = button.getBoundingClientRect();
          return left < 0 || right > innerWidth || button.scrollWidth > button.clientWidth + 1;
        })
        .map((button) => button.textContent.trim() || button.ariaLabel);
    })()`);
    expect(cut).toEqual([]);
    await page.getByRole('button', { name: of(german, 'tools.settings'), exact: true }).click();
    const picker = page.getByRole('dialog').getByLabel(of(german, 'page.language'));
    await picker.scrollIntoViewIfNeeded();
    const box = await picker.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 360)).toBeLessThanOrEqual(360);
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

it('in German a chat that the server refuses says why in German', async () => {
  const { page, refusals } = await open('de', '/watch/monday');
  await page.getByRole('button', { name: of(german, 'copy.copy') }).waitFor();
  await page.evaluate(`(() => {
    const chat = document.createElement('gridcast-viewer-chat');
    chat.lang = 'de';
    chat.room = 'nowhere';
    document.body.replaceChildren(chat);
  })()`);
  await page.getByText(german.problems?.['api.room_not_found']?.detail ?? '', { exact: true }).waitFor();
  const refusal = 'There is no such room, or not any more; check the link.';
  await vi.waitFor(() => expect(refusals).toContain(refusal), { timeout: 9000 });
  const seen = await page.evaluate<string[]>('[...window.seen]');
  expect(seen.filter((text) => refusals.some((refusal) => text.includes(refusal)))).toEqual([]);
});

it('in German the host’s menu and the chat’s head have room in the window of a laptop', async () => {
  const { page } = await open('de', room);
  await enter(page, german);
  await page.getByRole('button', { name: of(german, 'moderation.menu'), exact: true }).click();
  await page.getByRole('button', { name: of(german, 'moderation.unmuteAll'), exact: true }).waitFor();
  expect(await overflow(page)).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+c');
  const files = page.getByRole('button', { name: of(german, 'files.title'), exact: true });
  const more = page.getByRole('button', { name: of(german, 'chat.menu'), exact: true });
  const [left, right] = [await files.boundingBox(), await more.boundingBox()];
  expect((left?.x ?? 0) + (left?.width ?? 1280)).toBeLessThanOrEqual(right?.x ?? 0);
});

describe('the choice of a language', () => {
  it('applies at once in a room without leaving it, and is there when the page is loaded again', async () => {
    const { page } = await open('en-GB', room);
    await enter(page, undefined);
    const met = server.echo.heard.filter(({ type }) => type === 'hello').length;
    await page.getByRole('button', { name: of(undefined, 'tools.settings'), exact: true }).click();
    await page.getByLabel(of(undefined, 'page.language')).selectOption('de');
    await page.getByRole('heading', { name: of(german, 'tools.settings'), exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: of(german, 'controls.leave'), exact: true }).waitFor();
    expect(await page.evaluate(LANG)).toBe('de');
    await seeMovement(page, 2);
    expect(server.echo.heard.filter(({ type }) => type === 'hello')).toHaveLength(met);
    expect(server.echo.heard.some(({ type }) => type === 'bye')).toBe(false);
    await page.reload();
    await page.getByRole('button', { name: of(german, 'prejoin.join'), exact: true }).waitFor();
    expect(await page.evaluate(LANG)).toBe('de');
  });

  it('leaves what is spoken when another one cannot be loaded, and the name that a room has given its page', async () => {
    server.addRoom('hall', { title: 'Big Room', live: true });
    const { page } = await open('de', '/watch/hall');
    await page.getByRole('heading', { name: 'Big Room' }).waitFor();
    const picker = page.getByLabel(of(german, 'page.language'));
    await picker.selectOption('en');
    await page.getByText(of(undefined, 'watch.link'), { exact: true }).waitFor();
    expect(await page.title()).toBe('Big Room · Gridcast');
    await page.getByLabel(of(undefined, 'page.language')).selectOption('de');
    await page.getByText(of(german, 'watch.link'), { exact: true }).waitFor();
    const refused = page.waitForEvent('requestfailed');
    await page.route(/\/catalogue-/, (route) => route.abort());
    await picker.selectOption('fr');
    await refused;
    await vi.waitFor(async () => expect(await picker.inputValue()).toBe('de'), { timeout: 9000 });
    expect(await page.evaluate(LANG)).toBe('de');
  });

  it('is followed by other tabs, and by a page that the browser takes back from its history', async () => {
    const { page } = await open('en', '/');
    const title = (catalogue: Catalogue | undefined) =>
      page.getByRole('heading', { name: of(catalogue, 'landing.title') });
    await title(undefined).waitFor();
    const other = await page.context().newPage();
    await other.goto(server.url);
    await other.getByLabel(of(undefined, 'page.language')).selectOption('de');
    await title(german).waitFor();
    expect(await page.evaluate(LANG)).toBe('de');
    expect(await page.getByLabel(of(german, 'page.language')).inputValue()).toBe('de');
    // A page hears nothing of what it does to the storage itself, like one that lies in the history.
    await page.evaluate(`localStorage.setItem('gridcast.language', 'en')`);
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    await title(undefined).waitFor();
    expect(await page.evaluate(LANG)).toBe('en');
  });

  it('is asked for by the address, until somebody chooses', async () => {
    const { page } = await open('en', '/?lang=de');
    await page.getByRole('heading', { name: of(german, 'landing.title') }).waitFor();
    await page.getByLabel(of(german, 'page.language')).selectOption('en');
    await page.getByRole('heading', { name: of(undefined, 'landing.title') }).waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await page.reload();
    await page.getByRole('heading', { name: of(undefined, 'landing.title') }).waitFor();
    expect(await page.evaluate(LANG)).toBe('en');
  });
});

it('who reads English downloads no catalogue, and whose cannot be loaded reads English', async () => {
  const { page, catalogues } = await open('en-US', '/');
  await page.getByRole('heading', { name: of(undefined, 'landing.title') }).waitFor();
  await page.goto(server.url + room);
  await page.getByRole('button', { name: of(undefined, 'prejoin.join'), exact: true }).waitFor();
  expect(catalogues).toEqual([]);
  await page.route(/\/catalogue-/, (route) => route.abort());
  await page.goto(`${server.url}/?lang=de`);
  await page.getByRole('heading', { name: of(undefined, 'landing.title') }).waitFor();
  expect(catalogues).toHaveLength(1);
  expect(await page.evaluate(LANG)).toBe('en');
});

it('an element speaks the language that its attribute names, and then another', async () => {
  const { page } = await open('en', '/watch/monday');
  await page.getByRole('button', { name: of(undefined, 'copy.copy') }).waitFor();
  const unknown = (title: string) => page.locator('gridcast-player').getByText(title, { exact: true });
  await page.evaluate(`(() => {
    const player = document.createElement('gridcast-player');
    player.lang = 'de-CH';
    player.room = 'tuesday';
    document.body.replaceChildren(player);
  })()`);
  await page.locator('gridcast-player[lang=de]').waitFor();
  await unknown(of(german, 'player.missing')).waitFor();
  await page.evaluate(`document.querySelector('gridcast-player').lang = 'en'`);
  await unknown('There is no such room').waitFor();
});

it('an element that is taken away before its language is there asks for nothing until it is back', async () => {
  const { page } = await open('en', '/watch/monday');
  await page.getByRole('button', { name: of(undefined, 'copy.copy') }).waitFor();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/hls/tuesday')) asked.push(request.url());
  });
  await page.evaluate(`(async () => {
    const player = document.createElement('gridcast-player');
    player.lang = 'fr';
    player.room = 'tuesday';
    document.body.append(player);
    player.remove();
    await player.updateComplete;
    await fetch('/');
    window.put = () => document.body.append(player);
  })()`);
  expect(asked).toEqual([]);
  await page.evaluate('window.put()');
  await vi.waitFor(() => expect(asked).not.toEqual([]), { timeout: 9000 });
});
