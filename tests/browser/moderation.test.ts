import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

const ROOM = 'parliament';

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
