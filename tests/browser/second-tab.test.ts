import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, launchShell } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join } from './room-steps.ts';
import { openWatched } from './watched-pages.ts';

const TOLD = 'You are in this room in another tab. If you join here, it ends there.';

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 320, height: 180, framerate: 10, preset: 'ultrafast' } });
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Two tabs of one browser; nothing in them may have failed when the test ends. */
async function twoTabs(): Promise<readonly [Page, Page]> {
  const { page, context } = await openWatched(browser);
  return [page, await context.newPage()];
}

const people = (room: string) => server.server.rooms.room(room)?.participants.map(({ name }) => name);
const joinHere = (page: Page) => page.getByRole('button', { name: 'Join here instead' });
const plainJoin = (page: Page) => page.getByRole('button', { name: 'Join', exact: true });

describe('whoever opens a room in a second tab', () => {
  it('reads before joining that it ends in the first, and stays there by leaving this one alone', async () => {
    const [first, second] = await twoTabs();
    await server.api('POST', '/api/rooms', { id: 'twice', title: 'Twice' });
    const invite = { role: 'participant', invite: true };
    const link = (await server.api<{ link: string }>('POST', '/api/rooms/twice/tokens', invite)).body.link;
    await join(first, link, 'Aiko');
    await second.goto(link);
    await second.getByText(TOLD).waitFor();
    expect(await accessibilityProblems(second)).toEqual([]);
    expect(people('twice')).toEqual(['Aiko']);
    await first.getByText(/^Connected/).waitFor();
    // They have gone home in the first.
    await first.getByRole('button', { name: 'Leave' }).click();
    await plainJoin(second).waitFor();
    await second.getByText(TOLD).waitFor({ state: 'detached' });
    await first.getByRole('button', { name: 'Join again' }).click();
    await plainJoin(first).click();
    await second.getByText(TOLD).waitFor();
    await joinHere(second).click();
    await first.getByRole('heading', { name: 'You are in this room in another tab' }).waitFor();
    await second.getByText(/^Connected/).waitFor();
    // The way back says the same.
    await first.getByRole('button', { name: 'Use it here' }).click();
    await first.getByText(TOLD).waitFor();
    expect(people('twice')).toEqual(['Aiko']);
  });

  it('says the password of a room once, and is one person', async () => {
    const [first, second] = await twoTabs();
    await server.api('POST', '/api/rooms', { id: 'secret', title: 'Secret', door: { password: 'open sesame' } });
    const address = `${server.url}/r/secret`;
    await first.goto(address);
    await first.getByLabel('Your name').fill('Aiko');
    await first.getByLabel('Password of the room').fill('open sesame');
    await plainJoin(first).click();
    await first.getByText(/^Connected/).waitFor();
    await second.goto(address);
    await second.getByText(TOLD).waitFor();
    expect(await second.getByLabel('Password of the room').count()).toBe(0);
    await joinHere(second).click();
    await second.getByText(/^Connected/).waitFor();
    await first.getByRole('heading', { name: 'You are in this room in another tab' }).waitFor();
    expect(people('secret')).toEqual(['Aiko']);
  });

  it('reads nothing of it with the link of somebody else', async () => {
    const [first, second] = await twoTabs();
    await server.api('POST', '/api/rooms', { id: 'both', title: 'Both' });
    const linkOf = async (name: string): Promise<string> =>
      (await server.api<{ link: string }>('POST', '/api/rooms/both/tokens', { role: 'participant', name })).body.link;
    await join(first, await linkOf('Aiko'), 'Aiko');
    await join(second, await linkOf('Bjorn'), 'Bjorn');
    expect(people('both')).toEqual(['Aiko', 'Bjorn']);
    await first.getByText(/^Connected/).waitFor();
  });
});
