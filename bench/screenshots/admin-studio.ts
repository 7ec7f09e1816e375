/** Makes the pictures of the admin page: the real pages and a real browser, and recordings that were made up before. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { launchChromium, openPage } from '../../tests/helpers/browser.ts';
import { ADMIN_TOKEN, PageServer } from '../../tests/helpers/page-server.ts';
import { makeRecordingMedia, type RecordingMedia } from '../../tests/helpers/recording-answers.ts';
import { addScenes, answerScenes, FILM_SECONDS } from './admin-scenes.ts';
import type { AdminShot } from './admin-shots.ts';
import { Darkroom, pageOptions } from './darkroom.ts';

/** Until what moves has come to rest. */
const SETTLE_MS = 1500;
/** Pictures of the gallery of layouts, with the seconds that each is seen. */
const PICTURES = [
  ['grid-4', 30],
  ['presentation-5', 40],
  ['annotation-5', FILM_SECONDS],
] as const;

/** Serves any number of shots until `close`. */
export class AdminStudio {
  readonly #darkroom: Darkroom;
  readonly #media: RecordingMedia;

  private constructor(darkroom: Darkroom, media: RecordingMedia) {
    this.#darkroom = darkroom;
    this.#media = media;
  }

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  static async open(folder: string): Promise<AdminStudio> {
    const made = Promise.withResolvers<RecordingMedia>();
    const darkroom = await Darkroom.open(folder, async (work) => {
      made.resolve(await makeRecordingMedia(work, FILM_SECONDS, film()));
      return launchChromium();
    });
    return new AdminStudio(darkroom, await made.promise);
  }

  close(): Promise<void> {
    return this.#darkroom.close();
  }

  /** Returns the path. @throws Error when the picture is too large for a page of documentation. */
  async make(shot: AdminShot): Promise<string> {
    const { name, empty = false } = shot;
    const server = await PageServer.start({ accounts: true });
    if (!empty) await addScenes(server, this.#media);
    const { page, context } = await openPage(this.#darkroom.browser, {
      ...pageOptions(shot),
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    try {
      await answerScenes(page, this.#media);
      await shot.act({
        page,
        view: async (hash) => {
          await page.goto(`${server.url}/admin#token=${ADMIN_TOKEN}`);
          await page.getByRole('navigation').waitFor();
          await page.goto(`${server.url}/admin${hash}`);
        },
        shared: async (token) => {
          await page.goto(`${server.url}/shared/${token}`);
        },
      });
      await sleep(systemClock, SETTLE_MS);
      return await this.#darkroom.write(page, name);
    } finally {
      await context.close();
      await server.close();
    }
  }
}

/** Still pictures one after the other, as a source for FFmpeg. */
function film(): string {
  const folder = fileURLToPath(new URL('../../docs/images/layouts', import.meta.url));
  const parts = PICTURES.map(([name, seconds], index) => {
    const still = `movie=filename='${join(folder, name)}.jpg',loop=loop=-1:size=1`;
    return `${still},setpts=N/5/TB,trim=duration=${seconds},scale=960:540,setsar=1,format=yuv420p[p${index}]`;
  });
  const all = PICTURES.map((_, index) => `[p${index}]`).join('');
  return `${parts.join(';')};${all}concat=n=${PICTURES.length},fps=5`;
}
