import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { launchShell, openPage, type WatchedPage } from '../helpers/browser.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';
import { hueAt, join, seeMovement, soon } from './room-steps.ts';

const ROOM = 'studio';
/** In the grid of three this is the host's place, with a pinned speaker it is theirs. */
const LARGE = [0.1, 0.3] as const;
/** In the grid of three nobody stands here. */
const EMPTY = [0.03, 0.9] as const;

let browser: Browser;
let server: TestServer;
let samples: MediaSamples;
let ana: TestParticipant;
let bo: TestParticipant;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  browser = await launchShell();
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
  const { url } = server;
  const invite = await server.api<{ token: string }>('POST', `/api/rooms/${ROOM}/tokens`, {
    role: 'participant',
    invite: true,
  });
  const { token } = invite.body;
  const [red, blue] = [await samples.h264({ colour: 'red' }), await samples.h264({ colour: 'blue' })];
  const host = await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role: 'host', name: 'Hana' });
  watched = await openPage(browser);
  ({ page } = watched);
  await join(page, host.body.link, 'Hana');
  ana = await TestParticipant.join(
    { url, room: ROOM, token, name: 'Ana' },
    { picture: red, sound: toneAndBeep(400, 2000) },
  );
  bo = await TestParticipant.join({ url, room: ROOM, token, name: 'Bo' }, { picture: blue });
  await seeMovement(page);
});
afterAll(async () => {
  await Promise.all([ana?.leave(), bo?.leave()]);
  await browser?.close();
  await server?.close();
  await samples?.close();
});

/** Resolves when the program shows a colour at a place. */
function seen(place: readonly [number, number], hue: Awaited<ReturnType<typeof hueAt>>): Promise<void> {
  return soon(async () => expect(await hueAt(page, ...place)).toBe(hue));
}

function toldBo(test: (entry: RosterEntry) => boolean): Promise<unknown> {
  return bo.control.heard('roster', ({ participants }) => participants.some(test));
}

describe('a host in a living room', () => {
  it('tries a layout in the preview, applies it for everybody, and takes it back', async () => {
    await seen(LARGE, 'green');
    await page.keyboard.press('Alt+l');
    await page.getByRole('img', { name: /^Preview\. Grid, largest first: Hana.*Ana.*Bo/ }).waitFor();
    await page.getByText('Speaker', { exact: true }).click();
    await page.getByRole('button', { name: 'Pin Ana' }).click();
    await page.getByRole('img', { name: /^Preview\. Speaker, largest first: Ana/ }).waitFor();
    expect(await hueAt(page, ...LARGE)).toBe('green');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await seen(LARGE, 'red');
    const { body } = await server.api<{ policy: string; pinned: string[] }>('GET', `/api/rooms/${ROOM}/layout`);
    expect(body).toMatchObject({ policy: 'speaker', pinned: [ana.id] });
    await page.getByRole('button', { name: 'Undo' }).click();
    await seen(LARGE, 'green');
  });

  it('sees a layout that was set elsewhere', async () => {
    await server.api('PUT', `/api/rooms/${ROOM}/layout`, { policy: 'single', pinned: [bo.id] });
    await page.getByRole('img', { name: /^Preview\. One person, largest first: Bo/ }).waitFor();
    await seen(LARGE, 'blue');
    await server.api('PUT', `/api/rooms/${ROOM}/layout`, {});
    await seen(LARGE, 'green');
  });

  it('draws places of their own', async () => {
    await page.getByText('Custom', { exact: true }).click();
    await page.getByRole('button', { name: 'Remove place 3' }).click();
    await page.getByRole('button', { name: 'Remove place 2' }).click();
    for (const [edge, value] of Object.entries({ Left: '0', Top: '0', Width: '100', Height: '120' })) {
      await page.getByLabel(`${edge} %`).fill(value);
      await page.keyboard.press('Tab');
    }
    await page.getByLabel('Shows').selectOption('Bo');
    await page.getByText('Height: the place must end inside the picture').waitFor();
    expect(await page.getByRole('button', { name: 'Apply', exact: true }).isDisabled()).toBe(true);
    await page.getByLabel('Height %').fill('100');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await seen(LARGE, 'blue');
    await server.api('PUT', `/api/rooms/${ROOM}/layout`, {});
    await seen(LARGE, 'green');
  });

  it('writes over the picture at once', async () => {
    await page.getByRole('tab', { name: 'On screen' }).click();
    await seen(EMPTY, 'none');
    await page.getByLabel('Background colour').fill('#c01818');
    await seen(EMPTY, 'red');
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Ana');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('It is shown now.').waitFor();
    await page.getByRole('switch', { name: 'Clock' }).uncheck();
    await soon(async () => {
      const { body } = await server.api('GET', `/api/rooms/${ROOM}/annotation`);
      expect(body).toMatchObject({ background: '#c01818', clock: false, lowerThird: { title: 'Ana', text: '' } });
    });
    await page.getByRole('button', { name: 'Hide', exact: true }).click();
  });

  it('has the picture speak another language', async () => {
    await page.getByLabel('Language in the picture').selectOption('Deutsch');
    await soon(() => expect(server.server.rooms.room(ROOM)?.annotation.language).toBe('de'));
    await page.getByLabel('Language in the picture').selectOption('English');
    await soon(() => expect(server.server.rooms.room(ROOM)?.annotation.language).toBe('en'));
  });

  it('sets a background picture, sees it, and removes it; what is no picture is refused in words', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==',
      'base64',
    );
    const choose = page.getByLabel('File for Background');
    await choose.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await page.getByText('This is no PNG, JPEG or WebP picture').waitFor();
    await choose.setInputFiles({ name: 'lie.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText('This is not a complete PNG, JPEG or WebP image').waitFor();
    await choose.setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: png });
    await page.getByRole('img', { name: 'Background as it is set' }).waitFor();
    await page.getByRole('button', { name: 'Remove Background' }).click();
    await page.getByRole('img', { name: 'Background as it is set' }).waitFor({ state: 'detached' });
  });

  it('mutes, renames and measures people, who hear of it', async () => {
    await page.keyboard.press('Alt+p');
    await page.getByRole('button', { name: 'Mute Ana for everybody' }).click();
    await page.getByText('Muted by host').waitFor();
    await toldBo(({ id, muted }) => id === ana.id && muted);
    await page.getByRole('button', { name: 'Unmute Ana' }).click();
    await page.getByText('Muted by host').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More about Ana' }).click();
    await page.getByLabel('Loudness').fill('-12');
    await soon(async () => {
      const { body } = await server.api<{ items: { id: string; gain: number }[] }>(
        'GET',
        `/api/rooms/${ROOM}/participants`,
      );
      expect(body.items.find(({ id }) => id === ana.id)?.gain).toBe(-12);
    });
    await page.getByLabel('Name', { exact: true }).fill('Ana Ivanović');
    await page.getByRole('button', { name: 'Rename' }).click();
    await toldBo(({ name }) => name === 'Ana Ivanović');
    await page.getByText('Ana Ivanović', { exact: true }).waitFor();
  });

  it('tells the others that the own microphone is off', async () => {
    await page.keyboard.press('Alt+m');
    await toldBo(({ name, tracks }) => name === 'Hana' && tracks.some(({ state }) => state === 'muted'));
    await page.keyboard.press('Alt+m');
    await soon(() =>
      expect(bo.control.messages.findLast(({ type }) => type === 'roster')).toMatchObject({
        participants: expect.arrayContaining([
          expect.objectContaining({
            name: 'Hana',
            tracks: expect.arrayContaining([expect.objectContaining({ source: 'mic', state: 'live' })]),
          }),
        ]),
      }),
    );
    expect(watched.errors).toEqual([]);
  });
});
