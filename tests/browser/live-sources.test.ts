/** A person shares a film and a screen, and the room sees and hears both. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { accessibilityProblems, launchChromium, openPage, type WatchedPage } from '../helpers/browser.ts';
import { decodeSound, toneAmplitude } from '../helpers/decoded-program.ts';
import { fetchProgram, TestServer } from '../helpers/test-server.ts';
import { makeTwoPartFilm } from '../helpers/two-part-film.ts';
import { huesOf, join, soon } from './room-steps.ts';

const ROOM = 'studio';
const FILM_HZ = 1000;
const SCREEN_HZ = 600;
const SCREEN = `<title>Slides</title><body style="background: #e00000"><script>
  let count = 0;
  setInterval(() => { document.body.textContent = String(count += 1); }, 50);
  const context = new AudioContext();
  const gain = new GainNode(context, { gain: 0.25 });
  const tone = new OscillatorNode(context, { frequency: ${SCREEN_HZ} });
  tone.connect(gain).connect(context.destination);
  tone.start();
</script>`;
/** Chosen without a question, as a person would in the browser's own window. */
const CHOOSE_SLIDES = '--auto-select-tab-capture-source-by-title=Slides';

/** Else the screen is a made-up one, and tabs that are captured are silent. */
const REAL_SCREEN = ['--use-fake-ui-for-media-stream', '--mute-audio'];

let browser: Browser;
let server: TestServer;
let folder: string;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'gridcast-sources-'));
  // Small, so that a busy machine keeps up: colours and tones are all that is looked at.
  server = await TestServer.start({ program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' } });
  browser = await launchChromium([CHOOSE_SLIDES], REAL_SCREEN);
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
  const host = await server.api<{ link: string }>('POST', `/api/rooms/${ROOM}/tokens`, { role: 'host', name: 'Hana' });
  watched = await openPage(browser);
  const slides = await watched.context.newPage();
  await slides.setContent(SCREEN);
  ({ page } = watched);
  await page.bringToFront();
  await join(page, host.body.link, 'Hana');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

function button(name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function playFile(name: string): Promise<void> {
  await page.locator('input[type=file][accept^=video]').setInputFiles(joinPath(folder, name));
}

type Hues = Awaited<ReturnType<typeof huesOf>>;

/** Resolves with the program's colours once they are as expected. */
function seen(check: (hues: Hues) => boolean): Promise<Hues> {
  return soon(async () => {
    const hues = await huesOf(page);
    if (!check(hues)) throw new Error(`The program shows ${JSON.stringify(hues)}`);
    return hues;
  });
}

/** How loud a tone is in the last second that viewers got. */
async function loudness(hz: number): Promise<number> {
  const path = joinPath(folder, 'program.mp4');
  await writeFile(path, (await fetchProgram(server, ROOM)).data);
  const samples = await decodeSound((await locateFfmpeg({})).path, path);
  return toneAmplitude(samples.subarray(-48_000), hz);
}

/** Track, source and state of what the server knows of this person, by rising number. */
async function sent(): Promise<unknown[]> {
  const { body } = await server.api<{ items: RosterEntry[] }>('GET', `/api/rooms/${ROOM}/participants`);
  const tracks = [...(body.items[0]?.tracks ?? [])].sort((a, b) => a.track - b.track);
  return tracks.map(({ track, source, state }) => [track, source, state]);
}

const DEVICES = [
  [0, 'mic', 'live'],
  [1, 'camera', 'live'],
];

describe('a person who shares', () => {
  it('plays a film: seen beside the camera, heard, paused, sought and repeated', async () => {
    const film = { path: joinPath(folder, 'holiday.mp4'), colours: ['blue', 'red'], seconds: 12 } as const;
    await makeTwoPartFilm({ ...film, toneHz: FILM_HZ });
    await playFile('holiday.mp4');
    await page.getByRole('region', { name: 'Your file: holiday.mp4' }).waitFor();
    await button('Repeat').click();
    await seen(({ blue, green }) => blue > 20 && green > 20);
    await page.getByLabel('Position in the file').fill('20');
    await seen(({ red, green }) => red > 20 && green > 20);
    await seen(({ blue, green }) => blue > 20 && green > 20);
    await soon(async () => expect(await loudness(FILM_HZ)).toBeGreaterThan(0.05));
    expect(await accessibilityProblems(page)).toEqual([]);

    // Eleven seconds are left to pause in.
    await page.getByLabel('Position in the file').fill('1');
    const { bluest } = await seen(({ blue }) => blue > 20);
    await button('Pause the file').click();
    await soon(async () => {
      expect(await sent()).toEqual([...DEVICES, [3, 'file', 'muted'], [4, 'file', 'paused']]);
    });
    await seen((hues) => hues.blue > 20 && hues.bluest < bluest * 0.8);

    await page.getByLabel('Position in the file').fill('22');
    await button('Play the file').click();
    await seen(({ red }) => red > 20);

    await button('Repeat').click();
    await page.getByText('Ended', { exact: true }).waitFor();
    await soon(async () => expect(await sent()).toEqual(DEVICES));
    await button('Repeat').click();
    await button('Play the file').click();
    await seen(({ blue }) => blue > 20);
    await button('Remove the file').click();
    await soon(async () => expect(await sent()).toEqual(DEVICES));
  });

  it('shares a screen: the layout gives it the most room, and its sound is heard', async () => {
    await button('Share screen').click();
    await button('Stop sharing the screen').waitFor();
    await seen(({ red, green }) => red > 60 && green > 0);
    await soon(async () => expect(await loudness(SCREEN_HZ)).toBeGreaterThan(0.05));
    expect(await sent()).toEqual([...DEVICES, [2, 'screen', 'live'], [5, 'screen', 'live']]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await button('Stop sharing the screen').click();
    await soon(async () => expect(await sent()).toEqual(DEVICES));
    await seen(({ red }) => red === 0);
    expect(watched.errors).toEqual([]);
  });
});
