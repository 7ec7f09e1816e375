/** The admin page in the language of whoever reads it. The words are the catalogues' own: here they are only looked for. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminEnglish } from '../../web/i18n/admin-english.ts';
import { together } from '../../web/i18n/together.ts';
import { germanAdmin } from '../../web/i18n/de/admin-catalogue.ts';
import { german } from '../../web/i18n/de/catalogue.ts';
import { english } from '../../web/i18n/english.ts';
import { LANGUAGES } from '../../web/i18n/languages.ts';
import type { AdminKey } from '../../web/i18n/message.ts';
import type { Message } from '../../web/i18n/sentence.ts';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import { ADMIN_TOKEN, type PageServer } from '../helpers/page-server.ts';
import { answerRecording, recordingMedia, type RecordingMedia } from '../helpers/recording-answers.ts';
import { openWatched, startPages } from './watched-pages.ts';

type Sentences = Readonly<Record<AdminKey, Message>>;

const ENGLISH: Sentences = { ...english, ...adminEnglish };
const GERMAN: Sentences = { ...together(german.parts), ...together(germanAdmin.parts) };
const KEYS = Object.keys(ENGLISH) as AdminKey[];
/** What may stand where a sentence has a hole says no language. */
const MOST_HOLES = /^[^\p{L}]*$/u;
/** Whatever is read or heard within the elements of a selector, in their shadow trees too. */
const READ = `(selector) => {
  const found = new Set();
  // The player puts its key behind a word.
  const plain = (text) => text.trim().replaceAll(/\\s+/g, ' ').replace(/ \\([A-Z]\\)$/, '');
  const take = (text) => text && text.trim() !== '' && found.add(plain(text));
  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) take(node.data);
    if (!(node instanceof Element || node instanceof ShadowRoot)) return;
    if (node instanceof Element) {
      if (node.matches('style, script, svg')) return;
      for (const name of ['aria-label', 'title', 'placeholder']) take(node.getAttribute(name));
      if (node.shadowRoot) look(node.shadowRoot);
    }
    for (const child of node.childNodes) look(child);
  };
  const roots = [document];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) roots.push(element.shadowRoot);
    for (const element of root.querySelectorAll(selector)) look(element);
  }
  return [...found];
}`;

const SECONDS = 10;

let browser: Browser;
let server: PageServer;
let media: RecordingMedia;

beforeAll(async () => {
  browser = await launchShell();
  media = await recordingMedia(SECONDS);
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages({ accounts: true });
});

function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : Object.values(message);
}

/** The sentence as it stands on the page where it has one form. */
function de(key: AdminKey): string {
  return formsOf(GERMAN[key]).at(-1) ?? '';
}

/** Of a whole text that is this sentence with anything in its holes. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^$()|[\]\\{}]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`, 'u');
}

/** What of it is a sentence of the English catalogue, and none of the German one. */
function englishIn(texts: readonly string[]): readonly string[] {
  const tellable = (text: string): boolean => !MOST_HOLES.test(text.replaceAll(/\{\w+\}/g, ''));
  const patterns = (all: Sentences): readonly RegExp[] =>
    KEYS.flatMap((key) => formsOf(all[key]).filter(tellable).map(patternOf));
  const [own, foreign] = [patterns(GERMAN), patterns(ENGLISH)];
  return texts.filter((text) => foreign.some((is) => is.test(text)) && !own.some((is) => is.test(text)));
}

async function open(hash: string, width: number, locale = 'de-AT'): Promise<Page> {
  const { page } = await openWatched(browser, { locale, viewport: { width, height: 800 } });
  await answerRecording(page, 'r1', media, { speakers: [], chapters: [], chat: [] });
  const share = { id: 's1', expires: '2031-06-14T07:30:00.000Z', watchPage: true };
  await page.route('**/api/recordings/*/shares', (route) => route.fulfill({ json: { items: [share] } }));
  await page.route('**/api/recordings/*/renders', (route) => route.fulfill({ json: { items: [] } }));
  const noted = { at: '2031-05-14T07:30:00.000Z', who: 'admin', recording: 'r1', room: 'hall', address: '192.0.2.7' };
  const items = [
    { ...noted, action: 'share_made', detail: { share: 's1', expires: share.expires, watchPage: true } },
    { ...noted, action: 'retention_delete', detail: { reason: 'days', bytes: 1_234_567, title: 'Hall' } },
  ];
  await page.route('**/api/audit?*', (route) => route.fulfill({ json: { items, next: 'c1' } }));
  await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
  await page.getByRole('navigation').waitFor();
  await page.goto(`${server.url}/admin${hash}`);
  return page;
}

function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Address, elements, and what stands there only once all of it does. */
const PARTS = [
  ['list of recordings', '#/recordings', 'gridcast-admin', 'Rathaus'],
  ['page of a recording', '#/recordings/r1', 'gridcast-admin', /^SHA-256 [0-9a-f]{12}…$/],
  ['list of rooms', '#/rooms', 'gridcast-admin', 'Schach'],
  ['list of people', '#/people', 'gridcast-admin-people', 'Ann Lee'],
  ['list of events', '#/events', 'gridcast-admin-events', de('adminWebhooks.goOn')],
  ['settings', '#/settings', 'gridcast-admin-settings', de('adminSettings.environment')],
  ['audit log', '#/audit', 'gridcast-admin-audit', de('auditAction.retention_delete')],
  ['health', '#/rooms', 'gridcast-admin-health', de('healthDetail.answers')],
  ['list of files', '#/recordings/r1', 'gridcast-admin-files', /^SHA-256 [0-9a-f]{12}…$/],
  ['share links', '#/recordings/r1', 'gridcast-admin-shares', de('adminShares.takeBack')],
] as const;

describe('in German', () => {
  it.each(PARTS)('%s: no sentence is English, and it fits a telephone', async (_name, hash, element, mark) => {
    await server.people.control.create({ login: 'ann', name: 'Ann Lee', password: 'correct horse battery' });
    server.events.record({ type: 'room.created', room: 'monday' });
    server.addRoom('monday', { title: 'Schach', live: true, participants: 2 });
    server.addRecording('r1', { title: 'Rathaus', duration: SECONDS, size: 1_234_567 });
    server.state.checks = {
      redis: { ok: true, detail: 'answers', code: 'answers' },
      disk: { ok: false, detail: 'only 2.3 GB free', code: 'disk_low', values: { free: 2.3e9 } },
    };
    const page = await open(hash, 390);
    await page.locator(element).getByText(mark, { exact: true }).filter({ visible: true }).first().waitFor();
    const texts = await page.evaluate<string[]>(`(${READ})('${element}')`);
    expect(texts.length).toBeGreaterThan(5);
    // The recording of these answers is called so.
    expect(englishIn(texts).filter((text) => text !== 'Film')).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('a list of people says what is wrong with which line', async () => {
    const page = await open('#/people', 390);
    await page.getByRole('button', { name: de('accounts.import'), exact: true }).click();
    await page.getByLabel(de('accounts.list'), { exact: true }).fill('ann,Ann Lee\nä,Änne\nben,Ben,kurz\n');
    await page.getByRole('button', { name: de('accounts.importDo').replace('{count}', '3') }).click();
    const fault = (line: string) => page.getByRole('listitem').filter({ hasText: `Zeile ${line}` });
    await fault('2').getByText(de('importFault.login')).waitFor();
    const limits = de('importFault.password').replace('{least}', '10').replace('{most}', '128');
    await fault('3').getByText(limits).waitFor();
    expect(await overflow(page)).toBe(0);
  });

  it('a webhook that fails says since when, and is deleted after a question', async () => {
    server.events.record({ type: 'room.created', room: 'monday' });
    const page = await open('#/events', 390);
    const webhook = page.getByRole('listitem').filter({ hasText: 'hooks.example/gridcast' });
    await webhook.getByRole('button', { name: de('adminWebhooks.goOn') }).click();
    await webhook.getByText(de('adminWebhooks.failing'), { exact: true }).waitFor();
    await webhook.getByRole('button', { name: de('adminWebhooks.tries') }).click();
    await webhook.getByText(/Versuch 1: no such name/).waitFor();
    await webhook.getByRole('button', { name: de('admin.delete') }).click();
    const texts = await page.evaluate<string[]>(`(${READ})('gridcast-admin-webhooks')`);
    expect(texts.some((text) => text.startsWith(de('adminWebhooks.deleteText').split('{url}')[0] ?? '-'))).toBe(true);
    expect(englishIn(texts)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: de('admin.delete') })
      .click();
    await webhook.waitFor({ state: 'detached' });
    await page.getByLabel(de('adminWebhooks.address')).fill('http://127.0.0.1/');
    await page.getByRole('button', { name: de('adminWebhooks.add') }).click();
    await page.getByText(germanAdmin.problems['api.private_address'].detail).waitFor();
  });

  it('dates and sizes are written as it writes them, and others as soon as another language is chosen', async () => {
    const page = await open('#/audit', 1280);
    const row = page.getByRole('row', { name: de('auditAction.retention_delete') });
    await row.getByText(de('auditDetail.bytes').replace('{value}', '1,2 MB')).waitFor();
    await row.getByText(/^14\.05\.2031, /).waitFor();
    await page.getByRole('row', { name: de('auditDetail.watchPage') }).waitFor();
    await page.getByLabel(de('page.language')).selectOption('fr');
    await page
      .getByText(/^14 mai 2031/)
      .first()
      .waitFor();
    await page.getByText(/1,2\sMo/).waitFor();
  });
});

it('a language that is chosen holds at once, with what was typed and what was refused, and so does the one before', async () => {
  const refusal = 'There are as many rooms as there may be.';
  server.addRoom('monday', { title: 'Schach' });
  const page = await open('#/rooms', 390, 'en-GB');
  await page.route('**/api/rooms', (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const json = { type: 'about:blank', title: 'Conflict', status: 409, code: 'too_many_rooms', detail: refusal };
    return route.fulfill({ status: 409, contentType: 'application/problem+json', json });
  });
  const speaks = async (say: (key: AdminKey) => string, lang: string, reason: string): Promise<void> => {
    await page.getByRole('heading', { name: say('admin.rooms'), level: 1, exact: true }).waitFor();
    await page
      .getByRole('link', { name: say('admin.rooms'), exact: true })
      .and(page.locator('[aria-current=page]'))
      .waitFor();
    await page.getByText(reason).waitFor();
    expect(await page.getByRole('searchbox', { name: say('adminRooms.search') }).inputValue()).toBe('sch');
    expect(await page.title()).toBe(`${say('page.admin')} · Gridcast`);
    expect(await page.evaluate('document.documentElement.lang')).toBe(lang);
    expect(await accessibilityProblems(page)).toEqual([]);
  };
  const en = (key: AdminKey): string => formsOf(ENGLISH[key]).at(-1) ?? '';
  await page.getByRole('searchbox', { name: en('adminRooms.search') }).fill('sch');
  await page.getByRole('button', { name: en('adminRooms.create'), exact: true }).click();
  await speaks(en, 'en', refusal);
  await page.getByLabel(en('page.language')).selectOption('de');
  await speaks(de, 'de', german.problems['api.too_many_rooms'].detail);
  const texts = await page.evaluate<string[]>(`(${READ})('gridcast-admin')`);
  expect(englishIn(texts)).toEqual([]);
  await page.getByLabel(de('page.language')).selectOption('en');
  await speaks(en, 'en', refusal);
});

it.each([...LANGUAGES.map(({ tag }) => [tag, 390] as const), ['de', 320] as const, ['de', 844] as const])(
  'the bar shows every view at once: %s, %i pixels',
  async (locale, width) => {
    const page = await open('#/audit', width, locale);
    const bar = page.getByRole('navigation');
    const parts = [...(await bar.getByRole('link').all()), page.locator('gridcast-admin .bar .button')];
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    expect(boxes).toHaveLength(7);
    for (const box of boxes) {
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? width) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      expect(box?.height).toBeGreaterThanOrEqual(width < 500 ? 44 : 36);
    }
    // What signs out stands in a row with the last view, but on the narrowest.
    if (width > 320) expect(boxes[6]?.y).toBeLessThan((boxes[5]?.y ?? 0) + (boxes[5]?.height ?? 0));
    expect(await overflow(page)).toBe(0);
  },
);
