/** Another language: with every sentence of the catalogue replaced, none of the page's own English is left. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { annotationSchema } from '../../src/layout/annotation.ts';
import { LAYOUT_POLICIES, layoutSchema } from '../../src/layout/layout.ts';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { english } from '../../web/i18n/english.ts';
import type { MessageKey } from '../../web/i18n/message.ts';
import type { Message } from '../../web/i18n/sentence.ts';
import { launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { makeTone } from '../helpers/two-part-film.ts';
import { seeMovement, soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

/** What goes wrong in the states below. */
const PROBLEMS = [
  'camera.blocked',
  'microphone.blocked',
  'devices.blocked',
  'file.unknown',
  'annotation.untitled',
  'picture.type',
  'api.forbidden',
  'notice.degraded',
  'closed.full',
  'signal.silence',
  'signal.black',
  'signal.frozen',
  'signal.network',
];
/** Names of people, rooms, files, devices, keys and languages; and what is the same in all languages here. */
const DATA =
  /Aiko|Björn|Theodora|Ångström|Monday stand-up|Gridcast|song\.mp3|letter\.mp4|fake_device_\d|Fake (Default )?Audio \w+( \d)?|Alt\+|English|Deutsch|Español|Français|Português \(Brasil\)|\b[A-Z]\b|\b[A-Z]{2}\b/g;

const WIDE = 0xfee0;

/** Every letter that is not a hole's becomes a wide one, so that sentences stay as different as they are. */
function foreign(text: string): string {
  return text.replaceAll(/\{\w+\}|[A-Za-z]/g, (found) =>
    found.length > 1 ? found : String.fromCodePoint((found.codePointAt(0) ?? 0) + WIDE),
  );
}

/** What a problem is called in this language. */
function problemTitle(code: string): string {
  return foreign(`title of ${code}`);
}

/** What its reader should do. */
function problemDetail(code: string): string {
  return foreign(`detail of ${code}`);
}

function foreignMessage(message: Message): Message {
  if (typeof message === 'string') return foreign(message);
  return { other: foreign(message.other) };
}

function catalogue() {
  const messages = Object.entries<Message>(english).map(([key, message]) => [key, foreignMessage(message)]);
  return {
    locale: 'ru',
    messages: Object.fromEntries(messages) as Partial<Record<MessageKey, Message>>,
    problems: Object.fromEntries(
      PROBLEMS.map((code) => [
        code,
        { title: problemTitle(code), detail: problemDetail(code), action: foreign('Act') },
      ]),
    ),
  };
}

// Everything that is read or heard: text, also what waits in closed dialogs, and the names that assistive technology uses.
const TEXTS = `(() => {
  const texts = [];
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    if (node instanceof Element) {
      if (node.matches('style, script')) return;
      for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder'])
        texts.push(node.getAttribute(name) ?? '');
      if (node.shadowRoot) look(node.shadowRoot);
    }
    for (const child of node.childNodes) look(child);
  };
  look(document.querySelector('gridcast-room'));
  return texts;
})()`;

let browser: Browser;
let folder: string;
let server: PageServer;
let link: string;

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'gridcast-words-'));
  await makeTone({ path: joinPath(folder, 'song.mp3'), seconds: 30, toneHz: 1600 });
  await writeFile(joinPath(folder, 'letter.mp4'), 'This is no film.');
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  link = `${server.url}/r/monday#token=${(await server.tokens.invite({ room: 'monday', role: 'host' })).token}`;
});

/** A page in another language, before joining. */
async function open(script = ''): Promise<Page> {
  const { page } = await openWatched(browser, { viewport: { width: 1440, height: 900 } });
  await page.addInitScript(script);
  await page.goto(link);
  await page.evaluate(`document.querySelector('gridcast-room').catalogue = ${JSON.stringify(catalogue())}`);
  return page;
}

/** The button, field or tab whose English name this is. */
function words(key: MessageKey): string {
  const message: Message = english[key];
  return foreign(typeof message === 'string' ? message : message.other);
}

function button(page: Page, key: MessageKey) {
  return page.getByRole('button', { name: words(key), exact: true }).first();
}

async function enter(page: Page): Promise<void> {
  await page.getByLabel(words('prejoin.name'), { exact: true }).fill('Aiko');
  await button(page, 'prejoin.join').click();
  await page.locator('gridcast-room-stage').waitFor();
}

/** English that stands on the page now. */
async function leftovers(page: Page, place: string): Promise<string[]> {
  const texts = await page.evaluate<string[]>(TEXTS);
  const left = texts.filter((text) => /[A-Za-z]{2,}/.test(text.replaceAll(DATA, '')));
  return [...new Set(left)].map((text) => `${place}: ${text.trim()}`);
}

const mic: RosterEntry['tracks'][number] = { track: 0, kind: 'audio', source: 'mic', state: 'live' };
const camera: RosterEntry['tracks'][number] = { track: 1, kind: 'video', source: 'camera', state: 'live' };
const screen: RosterEntry['tracks'][number] = { track: 2, kind: 'video', source: 'screen', state: 'live' };

function people(): RosterEntry[] {
  const here = { role: 'participant', muted: false, connected: true, tracks: [mic, camera] } as const;
  const signals = (['silence', 'clipping', 'black', 'frozen', 'network'] as const).map((kind) => ({ kind }));
  return [
    { ...here, id: 'p1', name: 'Aiko', role: 'host', tracks: [mic, camera] },
    { ...here, id: 'p2', name: 'Björn', tracks: [mic, camera, screen], signals },
    { ...here, id: 'p3', name: 'Theodora', muted: true, connected: false, tracks: [] },
  ];
}

describe('in another language', () => {
  it('nothing is left of English before joining, in the room and in the host’s panel', async () => {
    const page = await open();
    const found = await leftovers(page, 'before joining');
    expect(await page.locator('gridcast-room').getAttribute('lang')).toBe('ru');
    await enter(page);
    await seeMovement(page, 2);
    await soon(() => expect(server.echo.heard.filter(({ type }) => type === 'publish')).toHaveLength(2));
    server.echo.say({ type: 'roster', participants: people() });
    const program = { width: 1280, height: 720 };
    const layout = layoutSchema.parse({ rules: [{ minTiles: 90, policy: 'grid' }], maxTiles: 2 });
    server.echo.say({ type: 'layout', layout, annotation: annotationSchema.parse({}), program });
    server.echo.say({ type: 'speaking', participants: ['p2'], speaker: 'p2' });
    server.echo.say({ type: 'notice', code: 'degraded', message: 'The server is busy.' });
    await page.getByText(problemDetail('notice.degraded')).waitFor();
    await page.locator('button.quality').click();
    await page.getByText(words('stats.rtt')).waitFor();
    await page.getByRole('button', { name: foreign('More about {name}').replace('{name}', 'Björn') }).click();
    found.push(...(await leftovers(page, 'in the room')));

    await page.keyboard.press('Alt+l');
    for (const policy of LAYOUT_POLICIES) {
      await page.locator(`input[name=policy]`).nth(LAYOUT_POLICIES.indexOf(policy)).check({ force: true });
      await page.getByText(words(`policyHint.${policy}`)).waitFor();
      found.push(...(await leftovers(page, policy)));
    }
    for (const edge of ['places.width', 'places.x'] as const) {
      const field = page.getByLabel(`${words(edge)} %`).first();
      await field.fill(edge === 'places.width' ? '0' : '-3');
      await field.press('Tab');
    }
    await page.getByText(words('layout.faulty')).waitFor();
    found.push(...(await leftovers(page, 'a faulty layout')));
    await page.getByRole('tab', { name: words('layout.tabAnnotation') }).click();
    await button(page, 'annotation.show').click();
    await page.getByText(problemDetail('annotation.untitled')).waitFor();
    found.push(...(await leftovers(page, 'what is written over the picture')));
    expect([...new Set(found)]).toEqual([]);
  });

  it('nothing is left of English in dialogs, with files, without a connection and afterwards', async () => {
    const page = await open();
    const found: string[] = [];
    const refusal = { code: 'forbidden', title: 'Forbidden', detail: 'Your host token has expired; join again.' };
    await enter(page);
    await seeMovement(page, 2);
    await page.route(/\/invites$/, (route) => route.fulfill({ status: 403, json: refusal }));
    await button(page, 'controls.invite').click();
    // At the top and where the links are listed.
    const refused = page.getByText(problemDetail('api.forbidden'));
    for (const notice of [0, 1]) await refused.nth(notice).waitFor({ state: 'attached' });
    found.push(...(await leftovers(page, 'invitations')));
    await page.keyboard.press('Escape');
    await button(page, 'tools.settings').click();
    await page.getByLabel(words('device.headphones')).waitFor();
    found.push(...(await leftovers(page, 'settings and shortcuts')));
    await page.keyboard.press('Escape');
    const picker = page.locator('input[type=file][accept^=video]');
    await picker.setInputFiles(joinPath(folder, 'song.mp3'));
    await page.getByText(words('file.playing')).waitFor();
    await page.keyboard.press('m');
    await page.keyboard.press('v');
    await page.getByText(words('room.cameraOff'), { exact: true }).waitFor();
    found.push(...(await leftovers(page, 'a file')));
    await picker.setInputFiles(joinPath(folder, 'letter.mp4'));
    await page.getByText(problemTitle('file.unknown')).waitFor();
    found.push(...(await leftovers(page, 'a file that does not play')));
    server.echo.rules.refuse = { close: 1013, code: 'busy', message: 'The server is busy; try again later.' };
    server.echo.cut();
    await page.getByText(words('connection.lost')).waitFor();
    found.push(...(await leftovers(page, 'without a connection')));
    await button(page, 'controls.leave').click();
    await page.getByRole('heading', { name: words('over.left') }).waitFor();
    found.push(...(await leftovers(page, 'afterwards')));
    expect([...new Set(found)]).toEqual([]);
  });

  it('nothing is left of English when devices are blocked and the room is full', async () => {
    const page = await open(
      `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); }`,
    );
    await page.getByText(problemTitle('devices.blocked')).waitFor();
    const found = await leftovers(page, 'blocked');
    await page.getByLabel(words('prejoin.name'), { exact: true }).fill('');
    await button(page, 'prejoin.join').click();
    await page.getByText(words('prejoin.nameMissing')).waitFor();
    found.push(...(await leftovers(page, 'without a name')));
    server.echo.rules.refuse = { close: 1013, code: 'room_full', message: 'The room holds at most 16 people.' };
    await page.getByLabel(words('prejoin.name'), { exact: true }).fill('Aiko');
    await button(page, 'prejoin.join').click();
    await page.getByRole('heading', { name: problemTitle('closed.full') }).waitFor();
    found.push(...(await leftovers(page, 'full')));
    expect([...new Set(found)]).toEqual([]);
  });
});
