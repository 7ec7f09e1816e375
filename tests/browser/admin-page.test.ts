import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { accessibilityProblems, launchShell, openPage, shortenPauses } from '../helpers/browser.ts';
import { ADMIN_TOKEN, type PageServer } from '../helpers/page-server.ts';
import {
  answerRecording,
  answerShared,
  recordingMedia,
  type RecordingMedia,
  type RecordingStory,
} from '../helpers/recording-answers.ts';
import { openWatched, startPages } from './watched-pages.ts';

const SECONDS = 30;
/** Lists and checks that nothing is expected of are asked for after as long, from the quickest to the slowest. */
const REFRESHED_MS = [5000, 15_000] as const;
/** As long as a busy machine may need. */
const PATIENT = { timeout: 60_000 };
const STORY: RecordingStory = {
  speakers: [
    { name: 'Ann <b>Lee</b>', share: 3 },
    { name: 'Zoë Ångström', share: 2 },
  ],
  chapters: [
    { t: 0, title: 'Welcome' },
    { t: 20, title: 'Questions' },
  ],
  markers: [{ t: 12, label: 'Decision' }],
  chat: [
    { t: 1, name: 'Ann', text: 'Hello' },
    { t: 21, name: 'Zoë', text: '<img src=x onerror=alert(1)>' },
  ],
  gaps: [{ at: 15, resumesAt: 17, leftOutSeconds: 452, reason: 'pause' }],
};

let browser: Browser;
let server: PageServer;
let media: RecordingMedia;

beforeAll(async () => {
  browser = await launchShell();
  media = await recordingMedia(SECONDS);
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
});

/** Telephones in the dark, everything else in the light. */
function look(width: number): BrowserContextOptions {
  return { viewport: { width, height: 900 }, colorScheme: width < 500 ? 'dark' : 'light' };
}

/** Signed in; nothing in the page may have failed when the test ends. */
async function open(hash: string, width = 1280): Promise<Page> {
  const { page } = await openWatched(browser, look(width));
  await shortenPauses(page, ...REFRESHED_MS);
  await answerRecording(page, 'r1', media, STORY);
  await page.route('**/api/recordings/*/shares', (route) => route.fulfill({ json: { items: [] } }));
  await page.route('**/api/recordings/*/renders', (route) => route.fulfill({ json: { items: [] } }));
  await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
  await page.getByRole('heading', { name: 'Recordings' }).waitFor();
  await page.goto(`${server.url}/admin${hash}`);
  return page;
}

async function openRecording(width = 1280): Promise<Page> {
  server.addRecording('r1', { title: 'Town hall', duration: SECONDS, size: 1_234_567 });
  return open('#/recordings/r1', width);
}

const position = (page: Page) => page.getByRole('slider', { name: 'Position in the recording' });
async function stands(page: Page, seconds: number): Promise<void> {
  await page.locator(`gridcast-speaker-timeline [role=slider][aria-valuenow="${seconds}"]`).waitFor();
}

async function fits(page: Page, width: number): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
}

describe('the list of recordings', () => {
  it('is searched and filtered, which the address keeps for the way back', async () => {
    server.addRecording('r1', { title: 'Town hall' });
    server.addRecording('r2', { title: 'Design review', state: 'failed' });
    const page = await open('#/recordings');
    await page.getByLabel('Search').fill('Design');
    await page.getByRole('heading', { name: 'Town hall' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain('#/recordings?q=Design');
    await page.getByLabel('State').selectOption('Ready');
    await page.getByText('No recording matches').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('link', { name: 'Town hall' }).click();
    await page.getByRole('heading', { name: 'Town hall', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Design review' }).waitFor();
    await page.goForward();
    await page.getByRole('heading', { name: 'Town hall', level: 1 }).waitFor();
  });

  it('shows several of them on a telephone at once', async () => {
    for (const id of ['r1', 'r2', 'r3', 'r4'])
      server.addRecording(id, { title: `Town hall ${id}`, people: ['Ann', 'Ben'] });
    const page = await open('#/recordings', 390);
    const rows = page.getByRole('article');
    await rows.nth(3).waitFor();
    for (const row of await rows.all()) expect((await row.boundingBox())?.height).toBeLessThan(200);
    await fits(page, 390);
  });

  it('says why archives wait, with the remedy, on the list and on the page of the recording', async () => {
    server.addRecording('r1', { title: 'Town hall', state: 'archiving', progress: 0 });
    const page = await open('#/recordings', 360);
    await page.getByRole('heading', { name: 'Town hall' }).waitFor();
    const [list, first] = await Promise.all(['.list', 'article'].map((what) => page.locator(what).boundingBox()));
    // While all is well it takes no room.
    expect(first?.y).toBe(list?.y);
    server.state.checks = {
      redis: { ok: true, detail: 'answers', code: 'answers' },
      archives: { ok: false, vital: false, detail: 'wait', code: 'worker_missing' },
    };
    await page.getByText('Archives are waiting').waitFor();
    await page.getByText('No archive worker is connected. Run “gridcast worker”').waitFor();
    await fits(page, 360);
    await page.getByRole('link', { name: 'Town hall' }).click();
    await page.getByRole('heading', { name: 'Town hall', level: 1 }).waitFor();
    await page.getByText('Archives are waiting').waitFor();
    server.state.checks = { redis: { ok: false, detail: 'does not answer', code: 'redis_silent' } };
    await page.getByText('Redis: Not responding.').waitFor();
    server.state.checks = { redis: { ok: true, detail: 'answers', code: 'answers' } };
    await page.getByText('Archives are waiting').waitFor({ state: 'detached' });
  });

  it('deletes what was agreed to once the request before it has ended, whose failure can still be read', async () => {
    server.addRecording('r1', { title: 'Town hall' });
    server.addRecording('r2', { title: 'Design review', state: 'failed' });
    const page = await open('#/recordings');
    let refuse = (): void => undefined;
    const agreed = new Promise<void>((resolve) => {
      refuse = resolve;
    });
    await page.route(/\/r2\/retry$/, async (route) => {
      await agreed;
      await route.fulfill({ status: 503, body: '{}' });
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Try again', disabled: true }).waitFor();
    await page.getByRole('button', { name: 'Delete recording Town hall' }).click();
    await page.getByRole('button', { name: 'Delete recording', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    refuse();
    await page.getByRole('heading', { name: 'Town hall' }).waitFor({ state: 'detached' });
    await page.getByText('That did not work').waitFor();
    expect([...server.state.recordings.keys()]).toEqual(['r2']);
  });

  it('shows fifty, and more on request', async () => {
    for (let index = 0; index < 51; index += 1) {
      const minute = String(59 - index).padStart(2, '0');
      server.addRecording(`r${100 + index}`, { title: `Round ${index}`, startedAt: `2031-05-14T12:${minute}:00.000Z` });
    }
    const page = await open('#/recordings');
    await page.getByRole('heading', { name: 'Round 49' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Round 50' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByRole('heading', { name: 'Round 50' }).waitFor();
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });
});

describe('the page of a recording', () => {
  it.each([1280, 360])('shows all of it, at a width of %i', async (width) => {
    const page = await openRecording(width);
    await page.getByRole('button', { name: 'Questions' }).waitFor();
    await page.getByText('track-01-camera.mp4 ·').waitFor();
    await page.getByText('Ann <b>Lee</b>', { exact: true }).first().waitFor();
    await page.getByText('Paused for 7 min 32 sec').first().waitFor();
    await fits(page, width);
    await page.getByText('New rendering').click();
    await page.getByLabel('Arranged as it was').uncheck();
    await page.locator('label', { hasText: 'Speaker' }).click();
    await fits(page, width);
  });

  it('goes where a chapter, a key or a line of chat leads, and the chat goes with it', async () => {
    const page = await openRecording();
    await page.getByRole('button', { name: 'Questions' }).click();
    await stands(page, 20);
    await page.getByRole('button', { name: 'Questions' }).and(page.locator('[aria-current=true]')).waitFor();
    await position(page).focus();
    await page.keyboard.press('Home');
    await stands(page, 0);
    await page.keyboard.press('ArrowRight');
    await stands(page, 5);
    await page.getByRole('tab', { name: 'Chat' }).click();
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go to 0:21' }).click();
    await stands(page, 21);
    await page.locator('.now', { hasText: 'onerror' }).waitFor();
  });

  it('orders a rendering of a part, and says what is wrong with an order', async () => {
    const page = await openRecording();
    const orders: unknown[] = [];
    await page.route('**/api/recordings/r1/renders', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      orders.push(route.request().postDataJSON());
      return route.fulfill({ status: 202, json: { id: 'd1', state: 'waiting' } });
    });
    await page.getByRole('button', { name: 'Questions' }).click();
    await stands(page, 20);
    await page.getByText('New rendering').click();
    await page.getByRole('button', { name: 'Here: begin at the current position' }).click();
    await page.getByLabel('To', { exact: true }).fill('0:10');
    await page.getByRole('button', { name: 'Render', exact: true }).click();
    await page.getByText('It must end later than it begins.').waitFor();
    await page.getByLabel('To', { exact: true }).fill('0:25');
    await page.getByLabel('Format').selectOption('MP3, sound alone');
    await page.getByLabel('Zoë Ångström').check();
    await page.getByRole('button', { name: 'Render', exact: true }).click();
    await expect.poll(() => orders).toEqual([{ layout: 'recorded', from: 20, to: 25, without: ['p1'], format: 'mp3' }]);
  });

  it('says why a rendering waits, with the remedy, until somebody makes it', async () => {
    const page = await openRecording(360);
    const order = { layout: 'recorded', format: 'mp3', from: 0, to: 25, without: [], width: 640, height: 360 };
    await page.route('**/api/recordings/r1/renders', (route) =>
      route.fulfill({ json: { items: [{ id: 'd1', state: 'waiting', ...order }] } }),
    );
    await page.reload();
    await page.getByText('Waiting', { exact: true }).waitFor();
    server.state.checks = {
      archives: { ok: true, detail: 'none waits', code: 'archives_attended' },
      renders: { ok: false, vital: false, detail: 'wait', code: 'worker_missing' },
    };
    await page.getByText('Renderings are waiting').waitFor();
    await page.getByText('No archive worker is connected. Run “gridcast worker”').waitFor();
    await fits(page, 360);
    server.state.checks = { renders: { ok: true, detail: 'none waits', code: 'renders_attended' } };
    await page.getByText('Renderings are waiting').waitFor({ state: 'detached' });
  });

  it('makes a link that can be copied, and takes it back', async () => {
    const page = await openRecording();
    const asked: unknown[] = [];
    await page.route('**/api/recordings/r1/shares', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      asked.push(route.request().postDataJSON());
      const expires = '2031-06-14T07:30:00.000Z';
      return route.fulfill({ status: 201, json: { id: 's1', url: 'https://example.org/shared/abc', expires } });
    });
    await page.route('**/api/recordings/r1/shares/s1', (route) => {
      asked.push(route.request().method());
      return route.fulfill({ status: 204 });
    });
    await page.getByLabel('Valid for').selectOption('A day');
    await page.getByLabel('Show it at the end').check();
    await page.getByRole('button', { name: 'Make a link' }).click();
    expect(await page.getByLabel('The new link', { exact: true }).inputValue()).toBe('https://example.org/shared/abc');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /^Take back/ }).click();
    await page.getByLabel('The new link', { exact: true }).waitFor({ state: 'detached' });
    expect(asked).toEqual([{ ttl: 86_400, watchPage: true }, 'DELETE']);
    await page
      .getByRole('button', { name: /Questions/ })
      .first()
      .click();
    await page.getByLabel('Begin at 0:20').check();
    await page.getByRole('button', { name: 'Make a link' }).click();
    const moment = page.getByLabel('The new link', { exact: true });
    expect(await moment.inputValue()).toBe('https://example.org/shared/abc#t=20');
  });

  it('tells how its archive is made, and what went wrong', async () => {
    const steps = [
      { name: 'film', state: 'active', progress: 0.4, attempts: 2 },
      { name: 'tracks', state: 'failed', progress: 0, attempts: 3, error: 'A track is damaged.' },
      { name: 'vod', state: 'waiting', progress: 0, attempts: 0 },
    ];
    server.addRecording('r1', { state: 'archiving', progress: 0.4, duration: SECONDS });
    const { state } = server;
    const page = await open('#/rooms');
    await page.route('**/api/recordings/r1', (route) =>
      route.fulfill({ json: { ...state.recordings.get('r1'), steps, log: ['film: 3 pieces'], recovered: true } }),
    );
    await page.goto(`${server.url}/admin#/recordings/r1`);
    await page.getByText('A track is damaged.').waitFor();
    await page.getByText('40 %, attempt 2').waitFor();
    await page.getByText('The server was interrupted while this was recorded.').waitFor();
    await page.getByText('What its jobs said').click();
    await page.getByText('film: 3 pieces').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it.each([1280, 360])('is given another title in its place, by the keyboard, at a width of %i', async (width) => {
    const page = await openRecording(width);
    const field = page.getByRole('textbox', { name: 'Title of the recording' });
    const button = page.getByRole('button', { name: 'Change the title of “Town hall”' });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Ebb');
    await fits(page, width);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Town hall' }).waitFor();
    expect(await button.evaluate((node) => node.matches(':focus'))).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await page.getByText('Give the recording a title.').waitFor();
    await page.keyboard.type('Ebb');
    server.state.failure = new Error('The disk is away.');
    await page.keyboard.press('Enter');
    await field.and(page.locator('[aria-invalid=true]:focus')).waitFor();
    await page.getByRole('alert').filter({ hasText: 'server' }).waitFor();
    await fits(page, width);
    expect(await field.inputValue()).toBe('Ebb');
    server.state.failure = undefined;
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ebb' }).waitFor();
    await page.getByRole('button', { name: 'Change the title of “Ebb”' }).and(page.locator(':focus')).waitFor();
    expect(server.state.recordings.get('r1')?.title).toBe('Ebb');
  });

  it('is deleted once it was named and agreed to', async () => {
    const page = await openRecording();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('heading', { name: 'Delete “Town hall”?' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(server.state.recordings.size).toBe(1);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete recording' }).click();
    await page.getByText('Nothing recorded yet').waitFor();
    expect(server.state.recordings.size).toBe(0);
  });

  it.each([1280, 360])('is restored from the trash, or deleted for good there, at a width of %i', async (width) => {
    server.addRecording('r2', { title: 'Kept', duration: SECONDS });
    const page = await openRecording(width);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('where it can be restored for 7 days').waitFor();
    await page.getByRole('button', { name: 'Delete recording', exact: true }).click();
    await page.getByRole('heading', { name: 'Kept' }).waitFor();
    await page.getByRole('link', { name: 'Deleted recordings' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Restore “Town hall”' }).waitFor();
    await fits(page, width);
    await page.getByRole('button', { name: 'Restore “Town hall”' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Nothing is in the trash').waitFor();
    await page.getByText('“Town hall” is restored.').waitFor({ state: 'attached' });
    await page.locator('h1:focus').waitFor();
    expect(server.state.recordings.has('r1')).toBe(true);
    await page.getByRole('link', { name: 'All recordings' }).click();
    await page.getByRole('button', { name: 'Delete recording Town hall' }).click();
    await page.getByRole('button', { name: 'Delete recording', exact: true }).click();
    await page.getByRole('heading', { name: 'Town hall' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Deleted recordings' }).click();
    await page.getByRole('button', { name: 'Delete for good: “Town hall”' }).click();
    await page.getByRole('button', { name: 'Delete for good', exact: true }).click();
    await page.getByText('Nothing is in the trash').waitFor();
    await fits(page, width);
    expect([server.state.trash.size, server.state.recordings.size]).toEqual([0, 1]);
  });

  it('says so when there is none', async () => {
    const page = await open('#/recordings/r9');
    await page.getByRole('heading', { name: 'There is no such recording' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe('the other views', () => {
  it('leave the foot of the page at the bottom of the window, while they are read and when there is little in them', async () => {
    const page = await open('#/recordings');
    await page.getByText('Nothing recorded yet').waitFor();
    const foot = async (): Promise<number> => {
      const box = await page.locator('gridcast-page-foot').boundingBox();
      return (box?.y ?? 0) + (box?.height ?? 0);
    };
    expect(await foot()).toBe(900);
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/api/audit?*', async (route) => {
      await held;
      await route.fulfill({ json: { items: [] } });
    });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('Loading the audit log').waitFor();
    expect(await foot()).toBeGreaterThan(900);
    answer();
    await page.getByText('Loading the audit log').waitFor({ state: 'detached' });
    expect(await foot()).toBe(900);
  });

  it.each([1280, 360])('show the settings with their origin and no secret, at a width of %i', async (width) => {
    const page = await open('#/settings', width);
    await page.getByText('set, and not shown').first().waitFor();
    await fits(page, width);
    await page.getByLabel('Only those that were set').check();
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual(['server.port', 'server.adminToken']);
    await page.getByLabel('Search the settings').fill('nothing like this');
    await page.getByText('No setting matches').waitFor();
    expect(await page.content()).not.toContain(ADMIN_TOKEN);
  });

  it('show who did what, a page at a time', async () => {
    const page = await open('#/rooms');
    await page.route('**/api/audit?*', (route) => {
      const older = route.request().url().includes('cursor=c1');
      const action = older ? 'delete' : 'share_made';
      const entry = { at: '2031-05-14T07:30:00.000Z', who: 'admin', action, recording: 'r1', detail: { share: 's1' } };
      return route.fulfill({ json: { items: [entry], ...(!older && { next: 'c1' }) } });
    });
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('Made a share link').waitFor();
    await fits(page, 1280);
    await page.getByRole('button', { name: 'Show older lines' }).click();
    await page.getByText('Deleted', { exact: true }).waitFor();
  });

  it.each([1280, 360])('show live rooms with what can be done about them, at a width of %i', async (width) => {
    const health = { step: 2, reason: 'frames are late', encoder: 'x264', tiles: 3, frames: 900, lateFrames: 40 };
    server.addRoom('hall', {
      title: 'Hall',
      live: true,
      participants: 3,
      health: { ...health, skippedFrames: 0, restarts: 0 },
    });
    server.addRecording('r5', { state: 'paused', room: 'hall', title: 'Hall', duration: 754 });
    server.state.hls = (path) => {
      const answer = (contentType: string, body: string | Buffer) =>
        ({ status: 200, contentType, cacheControl: 'no-store', body }) as const;
      if (path === 'index.m3u8') return answer('application/vnd.apple.mpegurl', '#EXTM3U\ns1/video.m3u8\n');
      if (path === 's1/thumbnails.vtt')
        return answer('text/vtt', 'WEBVTT\n\n00:00.000 --> 00:02.000\nthumbnail-4.jpg\n');
      return path === 's1/thumbnail-4.jpg' ? answer('image/jpeg', media.poster) : undefined;
    };
    const page = await open('#/rooms', width);
    await page.getByRole('img', { name: 'What “Hall” shows' }).waitFor();
    await page.getByText('Reduced, step 2 of 5').waitFor();
    await page.getByRole('link', { name: 'REC paused 12:34' }).waitFor();
    await page.getByRole('button', { name: 'Go on recording' }).waitFor();
    await fits(page, width);
  });
});

describe('the list of rooms', () => {
  const titles = (page: Page) => page.locator('gridcast-admin-rooms article h2');

  it.each([1280, 360])('is searched by words of title and ID, live ones first, at a width of %i', async (width) => {
    server.addRoom('attic', { title: 'Attic' });
    server.addRoom('pier-7', { title: 'Harbour <b>walk</b>' });
    server.addRoom('pier-8', { title: 'Harbour watch', live: true, participants: 1 });
    const page = await open('#/rooms', width);
    const words = page.getByRole('searchbox', { name: 'Search rooms' });
    const shown = (...wanted: string[]) => expect.poll(() => titles(page).allInnerTexts(), PATIENT).toEqual(wanted);
    await shown('Harbour watch', 'Attic', 'Harbour <b>walk</b>');
    await words.fill('  WALK harb ');
    await shown('Harbour <b>walk</b>');
    await words.fill('pier-');
    await shown('Harbour watch', 'Harbour <b>walk</b>');
    // The list that is asked for again is still the one that was searched.
    await page.getByRole('button', { name: 'Delete room Harbour <b>walk</b>' }).click();
    await page.getByRole('button', { name: 'Delete room', exact: true }).click();
    await shown('Harbour watch');
    await words.fill('cellar');
    await page.getByText('No room of this name').waitFor();
    await fits(page, width);
    await words.fill('');
    await shown('Harbour watch', 'Attic');
  });

  it('has the button that makes one beside the field for its title', async () => {
    const page = await open('#/rooms', 1280);
    const [field, button] = await Promise.all([
      page.getByLabel('Title of a new room').boundingBox(),
      page.getByRole('button', { name: 'Create', exact: true }).boundingBox(),
    ]);
    expect(button?.y).toBe(field?.y);
  });

  const add = (count: number): void => {
    for (let index = 0; index < count; index += 1) {
      const createdAt = new Date(Date.UTC(2031, 4, 14) + index * 1000).toISOString();
      server.addRoom(`n${100 + index}`, { title: `Room ${index}`, createdAt });
    }
  };

  it.each([50, 51])('has a live one first, though it is the newest of %i', async (count) => {
    add(count - 1);
    server.addRoom('newest', { title: 'Newest', createdAt: '2031-05-15T12:00:00.000Z', live: true, participants: 1 });
    const page = await open('#/rooms');
    await expect.poll(() => titles(page).count(), PATIENT).toBe(50);
    expect((await titles(page).allInnerTexts()).slice(0, 3)).toEqual(['Newest', 'Room 0', 'Room 1']);
    expect(await page.getByRole('button', { name: 'Show more rooms' }).count()).toBe(count - 50);
    server.addRoom('n120', { title: 'Room 20', createdAt: '2031-05-14T00:00:20.000Z', live: true, participants: 2 });
    await expect
      .poll(async () => (await titles(page).allInnerTexts()).slice(0, 2), PATIENT)
      .toEqual(['Room 20', 'Newest']);
    expect(new Set(await titles(page).allInnerTexts()).size).toBe(50);
  });

  it('shows more than the server gives at once', async () => {
    add(202);
    const page = await open('#/rooms');
    const more = page.getByRole('button', { name: 'Show more rooms' });
    for (const count of [50, 100, 150, 200]) {
      await expect.poll(() => titles(page).count(), PATIENT).toBe(count);
      await more.click();
    }
    await expect.poll(() => titles(page).count(), PATIENT).toBe(202);
    expect(new Set(await titles(page).allInnerTexts()).size).toBe(202);
    await more.waitFor({ state: 'detached' });
  });

  it('shows fifty, and more on request, until something else is looked for', async () => {
    for (let index = 0; index < 70; index += 1) {
      const second = String(Math.floor(index / 2)).padStart(2, '0');
      const title = `${index % 2 ? 'Odd' : 'Even'} ${index}`;
      server.addRoom(`n${100 + index}`, { title, createdAt: `2031-05-14T12:00:${second}.000Z` });
    }
    const page = await open('#/rooms');
    const more = page.getByRole('button', { name: 'Show more rooms' });
    await expect.poll(() => titles(page).count(), PATIENT).toBe(50);
    await more.click();
    await expect.poll(() => titles(page).count(), PATIENT).toBe(70);
    await more.waitFor({ state: 'detached' });
    await page.getByRole('searchbox', { name: 'Search rooms' }).fill('odd');
    await expect.poll(() => titles(page).count(), PATIENT).toBe(35);
    await page.getByRole('searchbox', { name: 'Search rooms' }).fill('');
    await more.waitFor();
    await expect.poll(() => titles(page).count(), PATIENT).toBe(50);
  });
});

describe('the page of a shared recording', () => {
  it.each([1280, 360])('plays with its chapters, at a width of %i', async (width) => {
    const { page } = await openWatched(browser, look(width));
    await answerShared(page, 'tok', media, STORY);
    await page.goto(`${server.url}/shared/tok`);
    await page.getByRole('button', { name: 'Questions' }).click();
    await page.getByText('0:20 / 0:30').waitFor();
    expect(await page.getByRole('link', { name: 'Download' }).getAttribute('href')).toContain(
      'recording.mp4?download=1',
    );
    await fits(page, width);
  });

  it.each([1280, 360])(
    'begins where its link says, and copies a link to where one is, at a width of %i',
    async (width) => {
      const { page } = await openWatched(browser, {
        ...look(width),
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      await answerShared(page, 'tok', media, STORY);
      await page.goto(`${server.url}/shared/tok#t=12`);
      await page.getByText('0:12 / 0:30').waitFor();
      await page.goto(`${server.url}/shared/tok#t=0:21`);
      await page.getByText('0:21 / 0:30').waitFor();
      await fits(page, width);
      await page.getByRole('button', { name: 'Copy link to this moment' }).press('Enter');
      await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${server.url}/shared/tok#t=21`);
    },
  );

  it('shows the link to a moment where the browser keeps the clipboard to itself, and begins at 0 beyond the end', async () => {
    const { page, context } = await openPage(browser, { ...look(360), permissions: [] });
    onTestFinished(() => context.close());
    await page.addInitScript(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
    await answerShared(page, 'tok', media, STORY);
    await page.goto(`${server.url}/shared/tok#t=99`);
    await page.getByText('0:00 / 0:30').waitFor();
    await page.getByRole('button', { name: 'Questions' }).click();
    await page.getByText('0:20 / 0:30').waitFor();
    await page.getByRole('button', { name: 'Copy link to this moment' }).click();
    const link = page.getByLabel('Link to this moment', { exact: true });
    expect(await link.inputValue()).toBe(`${server.url}/shared/tok#t=20`);
    await fits(page, 360);
  });

  it.each([
    [410, 'This link has ended'],
    [404, 'This link leads nowhere'],
    [503, 'The recording could not be loaded'],
  ])('explains an answer of %i', async (status, words) => {
    const { page, context } = await openPage(browser);
    onTestFinished(() => context.close());
    await page.route('**/api/shared/tok', (route) => route.fulfill({ status, json: { detail: 'Try again.' } }));
    await page.goto(`${server.url}/shared/tok`);
    await page.getByRole('heading', { name: words }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
