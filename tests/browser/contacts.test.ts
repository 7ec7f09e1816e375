import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, enlargeText, launchChromium, openPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { seeMovement, soon, statsOf } from './room-steps.ts';
import { openWatched } from './watched-pages.ts';

interface Session {
  readonly token: string;
  readonly user: { readonly id: string; readonly name: string };
}

const PASSWORD = 'correct horse battery';
let browser: Browser;
let server: TestServer;
const sessions = new Map<string, Session>();

beforeAll(async () => {
  const program = { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } as const;
  const starting = TestServer.start({ program, accounts: { mode: 'on' } });
  [server, browser] = await Promise.all([starting, launchChromium()]);
  for (const name of ['Aiko', 'Bjorn']) {
    const login = name.toLowerCase();
    await server.api('POST', '/api/users', { login, name, password: PASSWORD });
    const answer = await server.api<Session>('POST', '/api/session', { login, password: PASSWORD }, '');
    sessions.set(name, answer.body);
  }
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The contacts of somebody who has signed in; nothing in the page may have failed when the test ends. */
async function contactsOf(name: string, width = 1280): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width, height: 860 } });
  await page.addInitScript(
    `localStorage.setItem('gridcast.session', ${JSON.stringify(JSON.stringify(sessions.get(name)))})`,
  );
  await page.goto(`${server.url}/contacts`);
  await page.getByText(`signed in as ${name}`).waitFor();
  return page;
}

describe('the page of contacts', () => {
  it('calls, rings, brings both into a room where they see and hear each other, and back when one hangs up', async () => {
    const [aiko, bjorn] = [await contactsOf('Aiko'), await contactsOf('Bjorn', 390)];
    await bjorn.evaluate(`{
      const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      window.opened = 0;
      navigator.mediaDevices.getUserMedia = (wanted) => open(wanted, (window.opened += 1));
    }`);
    await aiko.getByText('Online').waitFor();
    await aiko.getByRole('button', { name: 'Call Bjorn' }).click();
    await aiko.getByRole('heading', { name: 'Calling Bjorn…' }).waitFor();
    await bjorn.getByRole('heading', { name: 'Aiko is calling' }).waitFor();
    // Whoever was typing answers nothing by it.
    await bjorn.locator('h2:focus').waitFor();
    // Their own picture, before they answer: nobody's call opens a camera.
    await bjorn.getByRole('button', { name: 'Show my picture first' }).click();
    await bjorn.locator('video').waitFor();
    expect(await bjorn.evaluate('window.opened')).toBe(1);
    expect(await accessibilityProblems(bjorn)).toEqual([]);
    await bjorn.getByRole('button', { name: 'Answer with camera' }).click();
    for (const page of [aiko, bjorn]) {
      await page.waitForURL(/\/r\/call-[\w-]+$/);
      await page.getByText(/^Connected/).waitFor();
      await seeMovement(page, 3);
      await statsOf(page, ({ soundMs, shownFps }) => (soundMs ?? 0) > 0 && shownFps > 0);
    }
    const room = aiko.url().split('/').at(-1) ?? '';
    await soon(async () => {
      const people = await server.api<{ items: { name: string; tracks: unknown[] }[] }>(
        'GET',
        `/api/rooms/${room}/participants`,
      );
      const tracks = new Map(people.body.items.map((person) => [person.name, person.tracks.length]));
      expect(tracks).toEqual(
        new Map([
          ['Aiko', 2],
          ['Bjorn', 2],
        ]),
      );
    });
    await bjorn.getByRole('button', { name: 'Leave' }).click();
    await Promise.all([aiko, bjorn].map((page) => page.waitForURL(`${server.url}/contacts`)));
    await aiko.getByText('The call has ended.').waitFor();
    await aiko.getByText('Online').waitFor();
    await soon(async () => expect((await server.api('GET', `/api/rooms/${room}`)).status).toBe(404));
    await aiko.locator('gridcast-call-history').getByText('Called ·').first().waitFor();
  }, 240_000);

  it('goes on with a call in a tab that the browser has made a copy of, and hangs up in neither', async () => {
    const [aiko, bjorn] = [await contactsOf('Aiko'), await contactsOf('Bjorn')];
    await aiko.getByText('Online').waitFor();
    await aiko.getByRole('button', { name: 'Call Bjorn' }).first().click();
    await bjorn.getByRole('button', { name: 'Answer without camera' }).click();
    for (const page of [aiko, bjorn]) await page.getByText(/^Connected/).waitFor();
    // As browsers do: the copy has what the tab remembers.
    const remembered = await aiko.evaluate<string>('JSON.stringify(sessionStorage)');
    const copy = await aiko.context().newPage();
    await copy.addInitScript(`Object.assign(sessionStorage, ${remembered})`);
    await copy.goto(aiko.url());
    await copy.getByText(/^Connected/).waitFor();
    await aiko.getByRole('heading', { name: 'You are in this room in another tab' }).waitFor();
    await aiko.getByRole('button', { name: 'Use it here' }).waitFor();
    const room = copy.url().split('/').at(-1) ?? '';
    const people = await server.api<{ items: unknown[] }>('GET', `/api/rooms/${room}/participants`);
    expect(people.body.items).toHaveLength(2);
    await copy.getByRole('button', { name: 'Leave' }).click();
    await Promise.all([copy, bjorn].map((page) => page.waitForURL(`${server.url}/contacts`)));
  });

  it('shows on all tabs who calls, stops when it is declined, and counts what was missed', async () => {
    const [aiko, bjorn, again] = [await contactsOf('Aiko'), await contactsOf('Bjorn'), await contactsOf('Bjorn')];
    await aiko.getByText('Online').waitFor();
    await aiko.getByRole('button', { name: 'Call Bjorn' }).first().click();
    for (const page of [bjorn, again]) await page.getByRole('heading', { name: 'Aiko is calling' }).waitFor();
    await bjorn.getByRole('button', { name: 'Decline' }).click();
    await again.getByRole('heading', { name: 'Aiko is calling' }).waitFor({ state: 'detached' });
    await aiko.getByRole('heading', { name: 'Bjorn has declined' }).waitFor();
    expect(await accessibilityProblems(aiko)).toEqual([]);
    await aiko.getByRole('button', { name: 'Call again' }).click();
    await bjorn.getByRole('heading', { name: 'Aiko is calling' }).waitFor();
    await aiko.getByRole('button', { name: 'Cancel' }).click();
    await bjorn.getByLabel('1 missed call').waitFor();
    expect(await bjorn.title()).toMatch(/^\(1\) /);
    await bjorn.getByRole('button', { name: /^Missed/ }).click();
    await bjorn.getByLabel('1 missed call').waitFor({ state: 'detached' });
    expect(await accessibilityProblems(bjorn)).toEqual([]);
  });

  it('lists somebody who gets an account while it is open, without being loaded again', async () => {
    const aiko = await contactsOf('Aiko');
    await aiko.getByRole('button', { name: 'Call Bjorn' }).first().waitFor();
    await server.api('POST', '/api/users', { login: 'chidi', name: 'Chidi', password: PASSWORD });
    await aiko.getByRole('button', { name: 'Call Chidi' }).waitFor();
  });

  it('keeps the choice of calls in its place with text of twice its size', async () => {
    const aiko = await contactsOf('Aiko', 320);
    await enlargeText(aiko, 2);
    const history = 'document.querySelector("gridcast-contacts").shadowRoot.querySelector("gridcast-call-history")';
    await aiko.evaluate(`${history}.missed = 12`);
    await soon(async () => {
      const missed = await aiko.getByRole('button', { name: /^Missed/ }).boundingBox();
      const place = await aiko.locator('gridcast-call-history').boundingBox();
      if (!missed || !place) throw new Error('They are not there.');
      expect(missed.height).toBeGreaterThan(0);
      expect(missed.x + missed.width).toBeLessThanOrEqual(place.x + place.width);
    });
  });

  it('says that one has to sign in first', async () => {
    const { page, context } = await openPage(browser, { viewport: { width: 360, height: 740 } });
    onTestFinished(() => context.close());
    await page.goto(`${server.url}/contacts`);
    await page.getByRole('heading', { name: 'Sign in to see your contacts' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
