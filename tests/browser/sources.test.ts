/** What a person shares, as their page sends it; what the program makes of it is seen in live-sources. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { ClientMessage } from '../../src/protocol/messages.ts';
import { accessibilityProblems, launchShell, openPage } from '../helpers/browser.ts';
import { PageServer } from '../helpers/page-server.ts';
import { forgetLength, makeTone, makeTwoPartFilm } from '../helpers/two-part-film.ts';
import { join, MEDIA, soon } from './room-steps.ts';

let browser: Browser;
let folder: string;
let server: PageServer;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'gridcast-sources-'));
  browser = await launchShell();
  const silent = { path: joinPath(folder, 'silent.webm'), colours: ['blue', 'red'], toneHz: undefined } as const;
  await makeTwoPartFilm({ ...silent, seconds: 20 });
  await forgetLength(silent.path, joinPath(folder, 'recording.webm'));
  await makeTone({ path: joinPath(folder, 'song.mp3'), seconds: 30, toneHz: 1600 });
  await writeFile(joinPath(folder, 'letter.mp4'), 'This is no film.');
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  server = await PageServer.start();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

/** Opens a page, in which `script` runs first, and joins; nothing may fail in it until the test ends. */
async function enter(script = '', options: BrowserContextOptions = {}): Promise<void> {
  const watched = await openPage(browser, options);
  onTestFinished(async () => {
    await watched.context.close();
    await server.close();
    expect(watched.errors).toEqual([]);
  });
  ({ page } = watched);
  await page.addInitScript(script);
  const { token } = await server.tokens.invite({ room: 'monday', role: 'host' });
  await join(page, `${server.url}/r/monday#token=${token}`, 'Aiko');
  await soon(() => expect(tracks('publish')).toEqual(expect.arrayContaining([0, 1])));
}

function heard<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
  return server.echo.heard.filter((message): message is Extract<ClientMessage, { type: T }> => message.type === type);
}

/** The tracks that messages of a kind were about, in their order. */
function tracks(type: 'publish' | 'unpublish' | 'config'): number[] {
  return heard(type).map(({ track }) => track);
}

function button(name: string) {
  return page.getByRole('button', { name, exact: true });
}

async function playFile(name: string): Promise<void> {
  await page.locator('input[type=file][accept^=video]').setInputFiles(joinPath(folder, name));
}

describe('what a person shares', () => {
  it('is a film without sound, sent as a picture alone, and its state follows the player, on a telephone, too', async () => {
    await enter('', { viewport: { width: 390, height: 844 } });
    await playFile('silent.webm');
    await soon(() => expect(heard('config').find(({ track }) => track === 4)).toMatchObject({ width: 320 }));
    expect(heard('publish').find(({ track }) => track === 4)).toMatchObject({ kind: 'video', source: 'file' });
    expect(tracks('publish')).not.toContain(3);
    expect(await accessibilityProblems(page)).toEqual([]);
    await button('Pause the file').click();
    await soon(() => expect(heard('state').at(-1)).toEqual({ type: 'state', track: 4, state: 'paused' }));
    await button('Play the file').click();
    await soon(() => expect(heard('state').at(-1)).toEqual({ type: 'state', track: 4, state: 'live' }));
    await button('Remove the file').click();
    await soon(() => expect(tracks('unpublish')).toEqual([4]));
    expect(await page.evaluate(`${MEDIA}.film === undefined`)).toBe(true);
  });

  it('is a recording that does not tell its length, and can be searched all the same', async () => {
    await enter();
    await playFile('recording.webm');
    const bar = page.getByLabel('Position in the file');
    await bar.waitFor();
    expect(Number(await bar.getAttribute('max'))).toBeCloseTo(40, 0);
    await bar.fill('30');
    await soon(async () => expect(await page.evaluate<number>(`${MEDIA}.film.positionS`)).toBeGreaterThan(30));
    await page.getByText('Playing for everybody').waitFor();
    await soon(() => expect(tracks('config')).toContain(4));
  });

  it('is a file whose length the browser does not find: the page says that it cannot be searched', async () => {
    await enter(`Object.defineProperty(HTMLMediaElement.prototype, 'duration', { get: () => Infinity });`);
    await playFile('recording.webm');
    await page.getByText('Cannot be searched').waitFor();
    expect(await page.getByLabel('Position in the file').count()).toBe(0);
    await page.getByText('Playing for everybody').waitFor();
    await soon(() => expect(tracks('config')).toContain(4));
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('is a film where elements cannot be captured, and then a song instead of it', async () => {
    await enter(`delete HTMLMediaElement.prototype.captureStream`);
    await playFile('silent.webm');
    await soon(() => expect(tracks('config')).toContain(4));
    await playFile('song.mp3');
    await page.getByRole('region', { name: 'Your file: song.mp3' }).waitFor();
    await soon(() => expect(tracks('unpublish')).toContain(4));
    await soon(() => expect(heard('config').find(({ track }) => track === 3)).toMatchObject({ codec: 'opus' }));
  });

  it('is a film whose picture moves on where elements cannot be captured and the page is hidden', async () => {
    await enter(`delete HTMLMediaElement.prototype.captureStream`);
    await playFile('silent.webm');
    await soon(() => expect(tracks('config')).toContain(4));
    await page.evaluate(`{
      globalThis.eye = document.createElement('video');
      Object.assign(eye, { muted: true, srcObject: new MediaStream([${MEDIA}.film.picture]) });
      globalThis.playing = eye.play();
      globalThis.colour = () => {
        const spot = new OffscreenCanvas(1, 1).getContext('2d');
        spot.drawImage(eye, 0, 0, 1, 1);
        const [red, , blue] = spot.getImageData(0, 0, 1, 1).data;
        return red > blue + 60 ? 'red' : blue > red + 60 ? 'blue' : 'none';
      };
    }`);
    await soon(async () => expect(await page.evaluate('colour()')).toBe('blue'));
    // As browsers do with a hidden page: nothing is asked to draw any more.
    await page.evaluate(`{
      HTMLVideoElement.prototype.requestVideoFrameCallback = () => 0;
      Object.defineProperty(document, 'hidden', { get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    }`);
    await page.getByLabel('Position in the file').fill('30');
    await soon(async () => expect(await page.evaluate('colour()')).toBe('red'));
  });

  it('is a film that was dropped on the page', async () => {
    await enter();
    const film = (await readFile(joinPath(folder, 'silent.webm'))).toString('base64');
    await page.evaluate(`(() => {
      globalThis.transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob('${film}'), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], 'dropped.webm', { type: 'video/webm' }));
      globalThis.drag = (type) => document.body.dispatchEvent(
        new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }),
      );
    })()`);
    expect(await page.evaluate(`drag('dragover')`)).toBe(false);
    await page.getByText('Drop it to play it for everybody').waitFor();
    await page.evaluate(`drag('drop')`);
    await page.getByText('Drop it to play it for everybody').waitFor({ state: 'detached' });
    await page.getByRole('region', { name: 'Your file: dropped.webm' }).waitFor();
    await soon(() => expect(tracks('config')).toContain(4));
  });

  it('is the camera again after it went away for a moment', async () => {
    await enter();
    await page.evaluate(`(() => {
      globalThis.lost = ${MEDIA}.camera.track;
      lost.stop();
      lost.dispatchEvent(new Event('ended'));
    })()`);
    const back = `${MEDIA}.camera.track?.readyState === 'live' && ${MEDIA}.camera.track !== lost`;
    await soon(async () => expect(await page.evaluate(back)).toBe(true));
    await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
  });

  it('is nothing when a file does not play: the page says what to do', async () => {
    await enter();
    await playFile('letter.mp4');
    await page.getByText('This file cannot be played').waitFor();
    await page.getByText('“letter.mp4” is in a format that this browser does not know.').waitFor();
    expect(tracks('publish').every((track) => track < 2)).toBe(true);
    await button('Dismiss').click();
    await page.getByText('This file cannot be played').waitFor({ state: 'detached' });
  });
});
