import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { ForbiddenError, UnauthorizedError } from '../../src/errors.ts';
import { systemClock } from '../../src/util/clock.ts';
import {
  accessibilityProblems,
  enlargeText,
  launchChromium,
  launchShell,
  openPage,
  shortenPauses,
} from '../helpers/browser.ts';
import { LiveHls, type LiveHlsOptions, type LiveMedia, makeLiveMedia } from '../helpers/live-hls.ts';
import { PageServer } from '../helpers/page-server.ts';
import { viewOfRoom } from '../helpers/room-views.ts';
import { TcpProxy } from '../helpers/tcp-proxy.ts';
import { soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const PLAYER = `(document.querySelector('gridcast-watch')?.shadowRoot ?? document).querySelector('gridcast-player')`;
const VIDEO = `${PLAYER}.shadowRoot.querySelector('video')`;
/** A player asks for what is not there every three seconds, a quarter more or less. */
const POLLED_MS = [2250, 3750] as const;
const ANY_SOUND = '--autoplay-policy=no-user-gesture-required';
const CHAPTERS = { 0: 'Welcome', 30: 'The numbers of May', 50: 'Questions' };

let browser: Browser;
let server: PageServer;
let media: LiveMedia;

beforeAll(async () => {
  browser = await launchShell();
  media = await makeLiveMedia(await mkdtemp(join(tmpdir(), 'gridcast-test-')), 300, 'testsrc2=size=160x90:rate=30');
});
afterAll(async () => {
  await browser.close();
  await rm(media.dir, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

/** A page of this test alone; nothing in it may have failed when the test ends. */
async function open(path = '/watch/monday', width = 1280, url = server.url, text = 1): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 900 }, locale: 'en-GB' });
  if (text !== 1) await enlargeText(page, text);
  await page.goto(url + path);
  return page;
}

/** The room is live from now on, and has been for three minutes. */
function goLive(options: Partial<LiveHlsOptions> = {}): LiveHls {
  const hls = new LiveHls(media, { already: 180, clock: systemClock, ...options });
  server.state.hls = (path, query) => hls.get(path, query);
  return hls;
}

async function reach(page: Page, state: string): Promise<void> {
  await soon(async () => expect(await page.evaluate<string>(`${PLAYER}?.state`)).toBe(state));
}

function valueOf<T>(page: Page, expression: string): Promise<T> {
  return page.evaluate<T>(expression);
}

/** Shows the controls, which go when nobody moves. */
async function stir(page: Page): Promise<void> {
  await page.mouse.move(400, 300);
  await page.mouse.move(410, 310);
}

describe('the player', () => {
  it('waits for a room that is not live, starts by itself, and says how late its picture is', async () => {
    const page = await open();
    await reach(page, 'not-started');
    await page.getByText('Not live yet').waitFor();
    await page.getByRole('heading', { name: 'Monday stand-up' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const { startMs } = goLive();
    await reach(page, 'live');
    await stir(page);
    await page.getByRole('button', { name: /^Live \d+\.\d s after it happened$/ }).waitFor();
    await page.getByText('1 viewer').waitFor({ state: 'attached' });
    expect(await page.getByText('REC', { exact: true }).count()).toBe(0);
    // What it says is renewed by and by: it lags for a moment when the picture has stood still.
    await soon(async () => {
      const late = await valueOf<number>(
        page,
        `Date.now() - ${startMs} - ${VIDEO}.currentTime * 1000 - ${PLAYER}.latency * 1000`,
      );
      expect(Math.abs(late)).toBeLessThan(500);
    });
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says how late its picture is whatever time this computer takes it for, also after it has slept', async () => {
    const { startMs } = goLive();
    const page = await open('/');
    // Three hours ahead; and what a page measures time by stands still while a computer sleeps.
    await page.addInitScript(`
      const aheadMs = 3 * 3_600_000;
      const { timeOrigin } = performance;
      const { now } = Date;
      let sleptMs = 0;
      Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + aheadMs - sleptMs });
      Date.now = () => now() + aheadMs;
      window.serverMs = now;
      window.sleep = (ms) => {
        sleptMs += ms;
      };
    `);
    await page.goto(`${server.url}/watch/monday`);
    await reach(page, 'live');
    const isTold = (): Promise<void> =>
      soon(async () => {
        const late = await valueOf<number>(
          page,
          `serverMs() - ${startMs} - ${VIDEO}.currentTime * 1000 - ${PLAYER}.latency * 1000`,
        );
        expect(Math.abs(late)).toBeLessThan(500);
      });
    await isTold();
    await page.evaluate('sleep(8 * 3_600_000)');
    await isTold();
  });

  it('plays a private room by the link that carries a token, and goes over to the next pass before one ends', async () => {
    goLive();
    server.addRoom('vault', { live: true, viewing: { ...viewOfRoom('vault').viewing, access: 'private' } });
    const { token } = await server.tokens.invite({ room: 'vault', role: 'viewer' });
    const first = server.passes.issue('vault', '1', systemClock.wallMs() + 240_000);
    const page = await open('/');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    // What the player itself asks goes by fetch; the stream begins with a pass that ends soon.
    await page.route('**/index.m3u8?*', async (route) => {
      if (route.request().resourceType() !== 'xhr') return route.continue();
      const response = await route.fetch();
      return route.fulfill({ response, body: (await response.text()).replaceAll(/~[\w-]{32}/g, `~${first}`) });
    });
    await page.goto(`${server.url}/watch/vault#token=${token}`);
    await reach(page, 'live');
    const passes = () => asked.flatMap((url) => /~([\w-]{32})\/[^/]+\/\w+\.m3u8/.exec(url)?.[1] ?? []);
    await soon(() => expect(passes().some((pass) => pass !== first)).toBe(true));
    const before = passes().length;
    const fromS = await valueOf<number>(page, `${VIDEO}.currentTime`);
    await soon(async () => expect(await valueOf<number>(page, `${VIDEO}.currentTime`)).toBeGreaterThan(fromS + 2));
    await soon(() => expect(passes().length).toBeGreaterThan(before + 1));
    expect(passes()[0]).toBe(first);
    expect(passes().slice(before)).not.toContain(first);
    expect(asked.filter((url) => url.includes('index.m3u8'))).toHaveLength(3);
  });

  it('plays a private room by an account until its owner signs out, and says that they have', async () => {
    const own = await PageServer.start({ accounts: true });
    onTestFinished(() => own.close());
    own.addRoom('monday', { live: true, viewing: { ...viewOfRoom('monday').viewing, access: 'private' } });
    const hls = new LiveHls(media, { already: 180, clock: systemClock });
    own.state.hls = (path, query) => hls.get(path, query);
    const { accounts, control, owners } = own.people;
    const { id } = await accounts.create({ login: 'ann', name: 'Ann', password: 'one long password' });
    await owners.set('monday', id);
    const { token } = await control.signIn('ann', 'one long password', undefined);
    const page = await open(`/watch/monday#token=${token}`, 1280, own.url);
    await reach(page, 'live');
    await fetch(`${own.url}/api/session`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
    await page.getByText('You are signed out', { exact: true }).waitFor();
    await page.getByText('You are signed out; sign in again.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('goes back to the beginning and to live again, with times of day', async () => {
    const { startMs } = goLive();
    const page = await open();
    await reach(page, 'live');
    await page.locator('video').focus();
    await page.keyboard.press('Home');
    await reach(page, 'behind');
    const format = `new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })`;
    await soon(async () => {
      const [shown, wanted] = await valueOf<[string, string[]]>(
        page,
        `[${PLAYER}.shadowRoot.querySelector('.clock').textContent.trim(),
          [-1, 0, 1].map((s) => ${format}.format(${startMs} + (${VIDEO}.currentTime + s / 2) * 1000))]`,
      );
      expect(wanted).toContain(shown);
    });
    const seek = page.getByRole('slider', { name: 'Time' });
    expect(await seek.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d:\d\d$/);
    await stir(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /^Go to live −\d:\d\d$/ }).click();
    await reach(page, 'live');
  });

  it('shows pictures and times of day over the seek bar, and goes where it is clicked', async () => {
    goLive({ chapters: CHAPTERS });
    const page = await open();
    await reach(page, 'live');
    const bar = page.locator('gridcast-seek-bar');
    await soon(async () => {
      await bar.hover({ position: { x: 200, y: 12 } });
      await bar.hover({ position: { x: 210, y: 12 } });
      expect(await bar.getAttribute('mediapreviewimage')).toContain('/thumbnail-');
    });
    await page.locator('.preview-time', { hasText: /^\d\d:\d\d:\d\d$/ }).waitFor();
    await bar.click({ position: { x: 210, y: 12 } });
    await reach(page, 'behind');
  });

  it('has chapters, speeds and qualities', async () => {
    goLive({ chapters: CHAPTERS, qualities: true, already: 61 });
    const page = await open();
    await reach(page, 'live');
    await stir(page);
    await page.getByRole('button', { name: 'Chapters' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /The numbers of May$/ }).click();
    await reach(page, 'behind');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('radio', { name: '2×' }).check({ force: true });
    await soon(async () => expect(await valueOf<number>(page, `${VIDEO}.playbackRate`)).toBe(2));
    await page.getByRole('radio', { name: '360p' }).check({ force: true });
    await page.getByRole('radio', { name: '360p', checked: true }).waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await reach(page, 'live');
    await soon(async () => expect(await valueOf<number>(page, `${VIDEO}.playbackRate`)).toBeLessThanOrEqual(1.05));
  });

  it('offers the smaller picture when there is one, and once more when there is again, without another beginning', async () => {
    let isThere = false;
    const asked: string[] = [];
    const hls = goLive({ qualities: true, hasLow: () => isThere });
    server.state.hls = (path, query) => {
      asked.push(path.split('/').at(-1) ?? '');
      return hls.get(path, query);
    };
    const page = await open();
    await reach(page, 'live');
    await page.evaluate(`{
      globalThis.begun = 0;
      for (const name of ['emptied', 'loadstart']) ${VIDEO}.addEventListener(name, () => { globalThis.begun += 1; });
    }`);
    await stir(page);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('radio', { name: '2×' }).waitFor({ state: 'attached' });
    const small = page.getByRole('radio', { name: '360p' });
    expect([await small.count(), asked.includes('low.m3u8')]).toEqual([0, false]);
    isThere = true;
    await small.check({ force: true });
    await soon(() => expect(asked).toContain('low.m3u8'));
    isThere = false;
    await small.waitFor({ state: 'detached' });
    isThere = true;
    // What the viewer has chosen holds.
    await page.getByRole('radio', { name: '360p', checked: true }).waitFor({ state: 'attached' });
    expect(await valueOf(page, 'globalThis.begun')).toBe(0);
    await reach(page, 'live');
  });

  it('gives the choice of qualities up for the way back, and takes it again at live', async () => {
    goLive({ qualities: true });
    const page = await open();
    await reach(page, 'live');
    const length = (): Promise<number> => valueOf(page, `${VIDEO}.seekable.end(0) - ${VIDEO}.seekable.start(0)`);
    await soon(async () => expect(await length()).toBeLessThan(100));
    await page.locator('video').focus();
    await page.keyboard.press('Home');
    await reach(page, 'behind');
    await soon(async () => expect(await length()).toBeGreaterThan(170));
    await soon(async () => expect(await valueOf(page, `${VIDEO}.currentTime`)).toBeLessThan(20));
    await page.keyboard.press('End');
    await reach(page, 'live');
    await soon(async () => expect(await length()).toBeLessThan(100));
  });

  it('is worked by keys', async () => {
    goLive();
    const page = await open();
    await reach(page, 'live');
    await page.locator('video').focus();
    await page.keyboard.press('k');
    await reach(page, 'paused');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press(' ');
    await reach(page, 'behind');
    await page.keyboard.press('m');
    await soon(async () => expect(await valueOf(page, `${VIDEO}.muted`)).toBe(true));
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    await soon(async () =>
      expect(await valueOf(page, `[${VIDEO}.muted, ${VIDEO}.volume < 0.95]`)).toEqual([false, true]),
    );
    await page.keyboard.press('<');
    await soon(async () => expect(await valueOf(page, `${VIDEO}.playbackRate`)).toBe(0.75));
    await page.keyboard.press('>');
    await page.keyboard.press('l');
    // It stood still for as long as the look above took; each press is ten seconds.
    await soon(async () => {
      await page.keyboard.press('ArrowRight');
      expect(await valueOf<string>(page, `${PLAYER}.state`)).toBe('live');
    });
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Full screen' }).waitFor();
  });

  it('comes back by itself after the server was away, at the time of day that was watched', async () => {
    goLive();
    const proxy = await TcpProxy.open(server.url);
    // After the page, with which nothing is on its way any more.
    onTestFinished(() => proxy.close());
    const page = await open('/watch/monday', 1280, proxy.url);
    await reach(page, 'live');
    await page.locator('video').focus();
    await page.keyboard.press('Home');
    await reach(page, 'behind');
    await page.keyboard.press('>');
    proxy.stall();
    const cutting = systemClock.every(100, () => proxy.cut());
    onTestFinished(cutting);
    await reach(page, 'reconnecting');
    await page.getByText('The player keeps trying').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    cutting();
    proxy.resume();
    await reach(page, 'behind');
  });

  it('says that the broadcast is over, and where its recording is', async () => {
    const hls = goLive({ already: 20 });
    const page = await open();
    await reach(page, 'live');
    await page.evaluate(`${PLAYER}.recording = 'https://example.org/monday'`);
    hls.end();
    await reach(page, 'ended');
    await page.getByText('The broadcast has ended').waitFor();
    expect(await page.getByRole('link', { name: 'Watch the recording' }).getAttribute('href')).toBe(
      'https://example.org/monday',
    );
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says so when what it shows is being kept', async () => {
    server.addRoom('monday', { title: 'Monday stand-up', live: true, recording: true });
    goLive();
    const page = await open();
    await reach(page, 'live');
    await page.getByText('REC', { exact: true }).waitFor({ state: 'attached' });
  });

  it('finds the recording by itself when it is shared with viewers', async () => {
    const hls = goLive({ already: 20 });
    const page = await open();
    await reach(page, 'live');
    const url = await server.shareWithViewers();
    hls.end();
    await reach(page, 'ended');
    await page.getByRole('link', { name: 'Watch the recording' }).waitFor();
    expect(await page.getByRole('link', { name: 'Watch the recording' }).getAttribute('href')).toBe(url);
  });

  it('says of a room that is not there whom to ask, and begins by itself when it comes to be', async () => {
    const page = await open('/');
    await shortenPauses(page, ...POLLED_MS);
    await page.goto(`${server.url}/watch/tuesday`);
    await reach(page, 'missing');
    await page.getByText('There is no such room').waitFor();
    await page.getByText('Ask whoever sent you the link').waitFor();
    // Nothing that only a room has: no way to pass the link on, no chat, and no advice for those who make rooms.
    const link = page.getByRole('textbox', { name: 'Link to this page' });
    await link.waitFor({ state: 'detached' });
    await page.locator('gridcast-viewer-chat').waitFor({ state: 'detached' });
    expect(await page.getByText(/create/i).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    server.addRoom('tuesday', { title: 'Tuesday lunch' });
    await reach(page, 'not-started');
    await page.getByRole('heading', { name: 'Tuesday lunch' }).waitFor();
    await link.waitFor();
    await page.locator('gridcast-viewer-chat').waitFor();
    const hls = goLive({ already: 20 });
    await reach(page, 'live');
    hls.end();
    await reach(page, 'ended');
    // Whoever has watched it is not told that it never was. The second answer comes when the first one was taken in.
    server.state.rooms.delete('tuesday');
    for (let answers = 0; answers < 2; answers += 1) {
      await page.waitForResponse(
        (response) => response.url().includes('/hls/tuesday/index') && response.status() === 404,
      );
    }
    await reach(page, 'ended');
  });

  it('explains a room that is private, and a link that no longer holds', async () => {
    server.state.hls = () => {
      throw new ForbiddenError('Not with this.');
    };
    const page = await open();
    await reach(page, 'failed');
    await page.getByText('This room is private').waitFor();
    // A link that lets nobody in is none to pass on.
    await page.getByRole('textbox', { name: 'Link to this page' }).waitFor({ state: 'detached' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${server.url}/watch/monday#token=abc`);
    await page.reload();
    await page.getByText('This link no longer holds').waitFor();
    server.state.hls = () => {
      throw new UnauthorizedError('This token was taken back; ask a host of the room for a new link.', 'token_revoked');
    };
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('This link was taken back').waitFor();
    await page.getByText('This token was taken back; ask a host').waitFor();
    goLive();
    await page.getByRole('button', { name: 'Try again' }).click();
    await reach(page, 'live');
    await page.getByRole('textbox', { name: 'Link to this page' }).waitFor();
  });

  it.each([
    [320, 1],
    [360, 1],
    [390, 2],
    [1920, 1],
  ])('fits a width of %i with text of %i times its size', async (width, text) => {
    goLive({ chapters: CHAPTERS, qualities: true });
    const page = await open('/watch/monday', width, server.url, text);
    await reach(page, 'live');
    await page.mouse.move(100, 150);
    await page.mouse.move(110, 160);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await valueOf<number>(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const picture = await page.locator('video').boundingBox();
    const button = await page.getByRole('button', { name: 'Full screen' }).boundingBox();
    if (!picture || !button) throw new Error('They are not there.');
    expect(button.x + button.width).toBeLessThanOrEqual(picture.x + picture.width);
    expect(button.y + button.height).toBeLessThanOrEqual(picture.y + picture.height);
  });

  it.each([
    ['a phone held sideways', { width: 667, height: 375 }],
    ['a small laptop', { width: 1024, height: 600 }],
  ])('has its picture and the buttons in the window of %s', async (_, viewport) => {
    goLive();
    const page = await open();
    await page.setViewportSize(viewport);
    await reach(page, 'live');
    const picture = await page.locator('video').boundingBox();
    expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    const chat = await page.locator('gridcast-viewer-chat').boundingBox();
    // Beside it where there is room for both.
    if (viewport.width > 1000) expect(chat?.y).toBe(picture?.y);
  });

  it('stands in another page as its attributes say', async () => {
    goLive();
    const page = await open();
    await reach(page, 'live');
    await page.evaluate(`document.querySelector('main').innerHTML =
      '<h1>Elsewhere</h1><gridcast-player room="monday" heading="Town hall" autoplay="off" muted><p slot="chat">Say hello</p></gridcast-player>'`);
    await reach(page, 'ready');
    await page.getByText('Town hall').waitFor();
    await page.getByText('Say hello').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const states = `new Promise((resolve) => ${PLAYER}.addEventListener('gridcast-state', ({ detail }) => resolve(detail.state)))`;
    const first = page.evaluate(states);
    await page.getByRole('button', { name: 'Play' }).click();
    expect(await first).toBe('starting');
    await reach(page, 'live');
    await page.getByRole('button', { name: 'Turn the sound on' }).click();
    await soon(async () => expect(await valueOf(page, `${VIDEO}.muted`)).toBe(false));
    await page.evaluate(`${PLAYER}.controls = 'off'`);
    await page.locator('gridcast-seek-bar').waitFor({ state: 'detached' });
  });
});

describe('a browser that keeps pages silent', () => {
  it('plays without sound until it is turned on', async () => {
    const strict = await launchChromium(['--autoplay-policy=document-user-activation-required'], [ANY_SOUND]);
    onTestFinished(() => strict.close());
    goLive();
    const { page } = await openPage(strict);
    // To look into a page counts as touching it: first it has to have begun.
    const begun = page.waitForRequest(/segment-/);
    await page.goto(`${server.url}/watch/monday`);
    await begun;
    await reach(page, 'live');
    expect(await valueOf(page, `${VIDEO}.muted`)).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Turn the sound on' }).click();
    await soon(async () => expect(await valueOf(page, `${VIDEO}.muted`)).toBe(false));
    await page.getByRole('button', { name: 'Turn the sound on' }).waitFor({ state: 'detached' });
  });
});
