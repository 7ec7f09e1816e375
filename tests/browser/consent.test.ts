import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, knock, soon, stopRecording } from './room-steps.ts';

const ROOM = 'asked';

let browser: Browser;
let server: TestServer;
let watched: WatchedPage;
let page: Page;
let link: string;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  browser = await launchShell();
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio', recording: { consent: 'ask' } });
  const host = await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role: 'host', name: 'Hana' });
  ({ link } = host.body);
  watched = await openPage(browser);
  ({ page } = watched);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function recordings(): Promise<readonly RecordingView[]> {
  return (await server.api<{ items: RecordingView[] }>('GET', '/api/recordings')).body.items;
}

/** What the room knows of the one person in it. */
function withheld(): boolean | undefined {
  return server.server.rooms.room(ROOM)?.participants[0]?.withheld;
}

describe('a room that asks before it records', () => {
  it('lets nobody in who has not answered, and is accessible while it asks', async () => {
    await knock(page, link, 'Hana');
    await page.getByText('Choose one of the two first').waitFor();
    expect(server.server.rooms.room(ROOM)?.participants).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('No, leave me out').check();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText(/^Connected/).waitFor();
    await soon(() => expect(server.server.rooms.room(ROOM)?.participants[0]?.consent).toBe(false));
  });

  it('tells who is left out, who can change that', async () => {
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText('REC', { exact: true }).waitFor();
    // Said before it begins.
    await soon(async () => expect(await recordings()).toHaveLength(1));
    await page.getByRole('button', { name: 'You are not recorded' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Yes, keep them' }).click();
    await page.getByRole('button', { name: 'You are not recorded' }).waitFor({ state: 'detached' });
    expect(withheld()).toBe(false);
  });

  it('marks a moment of the recording by the keyboard alone', async () => {
    await page.keyboard.press('Alt+k');
    await page.getByLabel('Name of the moment').and(page.locator(':focus')).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.type('Questions');
    await page.keyboard.press('Enter');
    await page.getByText('Marked: Questions').waitFor();
    const [running] = await recordings();
    const recording = await server.api('GET', `/api/recordings/${running?.id}`);
    expect(recording.body).toMatchObject({ markers: [{ label: 'Questions' }] });
  });

  it('asks those who are in when a recording starts, once, and Escape leaves them out', async () => {
    await stopRecording(page);
    await page.getByText('REC', { exact: true }).waitFor({ state: 'detached' });
    await server.api('PATCH', `/api/rooms/${ROOM}`, { recording: { consent: 'notice' } });
    // Somebody who only came back would still be known to have agreed.
    await page.getByRole('button', { name: 'Leave' }).click();
    await soon(() => expect(server.server.rooms.room(ROOM)?.participants).toEqual([]));
    // Else the browser would stay on its page, whose address differs by the token alone.
    await page.goto('about:blank');
    await join(page, link, 'Hana');
    await server.api('PATCH', `/api/rooms/${ROOM}`, { recording: { consent: 'ask' } });
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('heading', { name: /^This room is recorded: may your picture/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'You are not recorded' }).waitFor();
    expect(withheld()).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(watched.errors).toEqual([]);
  });
});
