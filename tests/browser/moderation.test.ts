import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

const ROOM = 'parliament';

/** Name of what has the focus in the list of clips. */
const ACTIVE_IN_CLIPS = `(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.getAttribute('aria-label') ?? '';
})()`;

let browser: Browser;
let server: TestServer;
let host: Page;
let guest: Page;
let watched: WatchedPage[];
let guestLink: string;

beforeAll(async () => {
  server = await TestServer.start({ program: { width: 640, height: 360, preset: 'ultrafast' } });
  browser = await launchShell();
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Parliament' });
  const link = async (role: string, name: string): Promise<string> =>
    (await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role, name })).body.link;
  watched = [await openPage(browser), await openPage(browser)];
  [host, guest] = watched.map(({ page }) => page) as [Page, Page];
  guestLink = await link('participant', 'Gus');
  await join(host, await link('host', 'Hanna'), 'Hanna');
  await join(guest, guestLink, 'Gus');
  await openPerson('Gus');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Somebody as the server knows them. */
function person(name: string) {
  return server.server.rooms.room(ROOM)?.participants.find((one) => one.name === name);
}

async function openPerson(name: string): Promise<void> {
  await host.getByRole('button', { name: `More about ${name}` }).click();
  await host.getByRole('group', { name: `Actions for ${name}` }).waitFor();
}

async function deed(name: string): Promise<void> {
  await host.getByRole('group', { name: 'Actions for Gus' }).getByRole('button', { name, exact: true }).click();
}

async function hostDeed(name: string): Promise<void> {
  await host.getByRole('button', { name: /^Host/ }).click();
  await host.getByRole('group', { name: 'What hosts can do' }).getByRole('button', { name }).click();
}

describe('hosts and people', () => {
  it('see hands that go up by the keyboard, in their order, and hosts lower them', async () => {
    await guest.keyboard.press('Alt+h');
    await host.getByText('Hand up, number 1').first().waitFor();
    await host.keyboard.press('Alt+h');
    await guest.getByText('Hand up, number 2').first().waitFor();
    expect(await accessibilityProblems(host)).toEqual([]);
    await hostDeed('Lower all hands');
    await guest.getByText('Hanna has lowered your hand.').waitFor();
    await soon(() => expect([person('Gus')?.hand, person('Hanna')?.hand]).toEqual([undefined, undefined]));
  });

  it('send signs that float over the picture, and stand still for whoever wants less movement', async () => {
    await guest.getByRole('button', { name: 'Hand and reactions' }).click();
    expect(await accessibilityProblems(guest)).toEqual([]);
    await host.emulateMedia({ reducedMotion: 'reduce' });
    const sign = host.locator('gridcast-room-reactions .sign').first();
    // In one go and from before it comes, as it is there for a moment only.
    const [movements] = await Promise.all([
      sign.evaluate((element) => element.getAnimations().length),
      guest.getByRole('button', { name: 'React with 👏' }).click(),
    ]);
    expect(movements).toBe(0);
    await host.getByText('Gus reacted with 👏').waitFor({ state: 'attached' });
    await host.emulateMedia({ reducedMotion: null });
    await guest.keyboard.press('Escape');
    await guest.getByRole('button', { name: 'React with 👏' }).waitFor({ state: 'detached' });
  });

  it('mute everybody, and somebody who is asked and agrees is heard again', async () => {
    await hostDeed('Mute everybody');
    await guest.getByText('Hanna has muted you.').waitFor();
    expect(person('Gus')?.silenced).toBe(true);
    await deed('Ask to unmute');
    await guest.getByRole('dialog', { name: 'Hanna asks you to unmute' }).waitFor();
    expect(await accessibilityProblems(guest)).toEqual([]);
    await guest.getByRole('dialog').getByRole('button', { name: 'Unmute' }).click();
    await soon(() => expect(person('Gus')?.silenced).toBe(false));
  });

  it('stop a video, and the camera is off until its owner agrees to open it', async () => {
    await soon(() => expect([...(person('Gus')?.tracks.values() ?? [])].map(({ kind }) => kind)).toContain('video'));
    const camera = guest.getByRole('button', { name: 'Camera', exact: true });
    await deed('Stop video');
    await guest.getByText('Hanna has stopped your video. You can start it again.').waitFor();
    await soon(async () => expect(await camera.getAttribute('aria-pressed')).toBe('false'));
    await deed('Ask for video');
    await guest.getByRole('dialog').getByRole('button', { name: 'Not now' }).click();
    await deed('Ask for video');
    await guest.getByRole('dialog').getByRole('button', { name: 'Start video' }).click();
    await soon(() => expect([...(person('Gus')?.tracks.values() ?? [])].map(({ kind }) => kind)).toContain('video'));
    await soon(async () => expect(await camera.getAttribute('aria-pressed')).toBe('true'));
  });

  it('pin and spotlight by the layout', async () => {
    const id = person('Gus')?.id;
    const layout = () => server.server.rooms.room(ROOM)?.layout;
    await deed('Pin');
    await soon(() => expect(layout()).toMatchObject({ policy: 'grid', pinned: [id] }));
    await deed('Spotlight');
    await soon(() => expect(layout()).toMatchObject({ policy: 'speaker', pinned: [id] }));
    await deed('Spotlight');
    await soon(() => expect(layout()).toMatchObject({ policy: 'grid', pinned: [] }));
  });

  it('lock the room and open it again', async () => {
    await hostDeed('Lock the room');
    await soon(() => expect(server.server.rooms.room(ROOM)?.door.settings.locked).toBe(true));
    await hostDeed('Unlock the room');
    await soon(() => expect(server.server.rooms.room(ROOM)?.door.settings.locked).toBe(false));
  });

  it('save clips of what was recorded, and everybody knows; they hand them on, and delete them', async () => {
    const clips = `/api/rooms/${ROOM}/clips`;
    await hostDeed('Clips…');
    const dialog = host.getByRole('dialog', { name: 'Clips' });
    await dialog.getByText('No clips yet').waitFor();
    const save = dialog.getByRole('button', { name: 'Save the clip' });
    await save.click();
    await dialog.getByText('Nothing of this session was recorded').waitFor();
    expect(await accessibilityProblems(host)).toEqual([]);

    const recording = await server.api<{ id: string }>('POST', `/api/rooms/${ROOM}/recordings`);
    await dialog.getByText('Nothing is being recorded at the moment').waitFor({ state: 'detached' });
    // As soon as something of it is on the disk.
    await soon(async () => expect((await server.api('POST', clips, { last: 1 })).status).toBe(201));
    await guest.getByText('A host saved a clip of the last second.').waitFor();
    await dialog.getByLabel('Last 5 minutes').check();
    await dialog.getByLabel('Title').fill('The vote');
    await host.keyboard.press('Enter');
    await guest.getByText(/Hanna saved a clip of the last \d* ?second/).waitFor();
    await dialog.getByText('The clip is ready').waitFor();
    const rows = dialog.getByRole('list', { name: 'Clips of this room' }).getByRole('listitem');
    await soon(async () => expect(await rows.count()).toBe(2));
    expect(await rows.first().innerText()).toContain('The vote');
    expect(await accessibilityProblems(host)).toEqual([]);

    const download = host.waitForEvent('download');
    await rows.first().getByRole('button', { name: 'Download “The vote”' }).click();
    expect((await download).suggestedFilename()).toMatch(/^The vote .*Z\.mp4$/);
    await host.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await host.route(/\/link$/, (route) => route.fulfill({ status: 503, body: '{}' }), { times: 1 });
    await rows.first().getByRole('button', { name: 'Copy link: “The vote”' }).click();
    await rows.first().getByText('That did not work').waitFor();
    await rows.first().getByRole('button', { name: 'Copy link: “The vote”' }).click();
    await rows.first().getByText('The link is copied. Whoever has it can download the clip until').waitFor();
    const link = await host.evaluate<string>('navigator.clipboard.readText()');
    expect((await fetch(link)).headers.get('content-type')).toBe('video/mp4');

    await host.setViewportSize({ width: 390, height: 844 });
    expect(await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    await rows.first().getByRole('button', { name: 'Delete “The vote”' }).click();
    await host
      .getByRole('dialog', { name: 'Delete the clip “The vote”?' })
      .getByRole('button', { name: 'Delete' })
      .click();
    await soon(async () => expect(await rows.count()).toBe(1));
    await soon(async () => expect(await host.evaluate(ACTIVE_IN_CLIPS)).toMatch(/^Delete “Parliament”/));
    expect((await fetch(link)).status).toBe(404);
    await host.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await host.setViewportSize({ width: 1280, height: 720 });
    await server.api('POST', `/api/recordings/${recording.body.id}/stop`);
  });

  it('ban somebody, who is out at once and stays out until the ban is lifted', async () => {
    await deed('Ban');
    const question = host.getByRole('dialog', { name: 'Ban Gus?' });
    expect(await accessibilityProblems(host)).toEqual([]);
    const out = guest.getByRole('heading', { name: 'You are kept out of this room' });
    await question.getByRole('button', { name: 'Ban' }).click();
    await out.waitFor();
    await guest.goto('about:blank');
    await guest.goto(guestLink);
    await out.waitFor();
    await hostDeed('Banned people…');
    const list = host.getByRole('dialog', { name: 'Banned people' });
    expect(await accessibilityProblems(host)).toEqual([]);
    await list.getByRole('button', { name: 'Lift the ban of Gus' }).click();
    await list.getByText('Nobody is banned from this room.').waitFor();
    await list.getByRole('button', { name: 'Close' }).click();
    await guest.goto('about:blank');
    await join(guest, guestLink, 'Gus');
  });

  it('end for everybody, once that is confirmed', async () => {
    const question = host.getByRole('dialog', { name: 'End for everybody?' });
    await hostDeed('End for everybody…');
    await question.waitFor();
    await host.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    expect(server.server.rooms.room(ROOM)?.participants).toHaveLength(2);
    await hostDeed('End for everybody…');
    await question.getByRole('button', { name: 'End for' }).click();
    await guest.getByRole('heading', { name: 'This room has ended' }).waitFor();
    await soon(() => expect(server.server.rooms.room(ROOM)?.participants).toEqual([]));
    expect(server.server.rooms.find(ROOM)).toMatchObject({ id: ROOM });
  });
});
