/** Viewers who come while the small picture cannot be had: it is theirs when there is one, and nothing they play begins anew. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { ServerProcess } from '../e2e/hostile/server-process.ts';
import { launchChromium, openPage } from '../helpers/browser.ts';
import { fakeFfmpeg } from '../helpers/fake-ffmpeg.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { ViewedRoom } from '../helpers/viewed-room.ts';
import { soon } from './room-steps.ts';

const PLAYER = `document.querySelector('gridcast-watch').shadowRoot.querySelector('gridcast-player')`;
const VIDEO = `${PLAYER}.shadowRoot.querySelector('video')`;
const PROGRAM = {
  width: 960,
  height: 540,
  framerate: 15,
  videoKbit: 800,
  preset: 'ultrafast',
  degrade: false,
} as const;
const SMALL = { width: 640, height: 360 } as const;

it('can be chosen once there is one, without another beginning', async () => {
  const folder = await tempDir();
  const works = join(folder, 'works');
  const { path } = await locateFfmpeg({});
  const small = `case "$*" in *scale=${SMALL.width}:${SMALL.height}*) [ -e '${works}' ] || exit 1;; esac`;
  const server = await ServerProcess.start({
    program: PROGRAM,
    ffmpeg: { path: await fakeFfmpeg(folder, `${small}\nexec '${path}' "$@"`) },
  });
  onTestFinished(() => server.close());
  const room = await ViewedRoom.open(server, 'viewed', { abr: true }, 1);
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const { page, errors } = await openPage(browser, { viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  await page.goto(room.pageUrl);
  await soon(async () => expect(await page.evaluate(`${VIDEO}.videoWidth`)).toBe(PROGRAM.width));
  await page.evaluate(`{
    globalThis.begun = 0;
    for (const name of ['emptied', 'loadstart']) ${VIDEO}.addEventListener(name, () => { globalThis.begun += 1; });
  }`);
  await page.mouse.move(400, 300);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '2×' }).waitFor({ state: 'attached' });
  expect(await page.getByRole('radio', { name: '540p' }).count()).toBe(0);
  await writeFile(works, '');
  await page.getByRole('radio', { name: '360p' }).waitFor({ state: 'attached', timeout: 60_000 });
  const fromS = await page.evaluate<number>(`${VIDEO}.currentTime`);
  await page.getByRole('radio', { name: '360p' }).check({ force: true });
  await soon(async () => expect(await page.evaluate(`${VIDEO}.videoWidth`)).toBe(SMALL.width));
  await soon(async () => expect(await page.evaluate<number>(`${VIDEO}.currentTime`)).toBeGreaterThan(fromS));
  expect(await page.evaluate('globalThis.begun')).toBe(0);
  expect(errors).toEqual([]);
  await page.close();
  await room.close();
});
