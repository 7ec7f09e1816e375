/** Makes the pictures of the player: the real pages and a real browser, and a program that was made before. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UnauthorizedError } from '../../src/errors.ts';
import { type Clock, sleep, systemClock } from '../../src/util/clock.ts';
import { launchChromium, openPage } from '../../tests/helpers/browser.ts';
import { LiveHls, type LiveMedia, makeLiveMedia } from '../../tests/helpers/live-hls.ts';
import { PageServer } from '../../tests/helpers/page-server.ts';
import type { PlayerShot } from './player-shots.ts';
import { Darkroom, pageOptions } from './darkroom.ts';

/** Until what moves has come to rest, and before the controls go. */
const SETTLE_MS = 1500;
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;
const ALREADY_S = 130;
const SECONDS = 240;
/** What the clock in the picture says. */
const PICTURE_MS = Date.UTC(2027, 0, 15, 9, 30, 0);
const CHAPTERS = { 0: 'Good morning', 45: 'The numbers of May', 95: 'Questions' };
/** Pictures of the gallery of layouts, with the seconds that each is seen. */
const PICTURES = [
  ['grid-4', 45],
  ['presentation-5', 50],
  ['annotation-5', SECONDS],
] as const;
const STATE = `(document.querySelector('gridcast-watch')?.shadowRoot ?? document).querySelector('gridcast-player')?.state`;

/** Serves any number of shots until `close`. */
export class PlayerStudio {
  readonly #darkroom: Darkroom;
  readonly #media: LiveMedia;

  private constructor(darkroom: Darkroom, media: LiveMedia) {
    this.#darkroom = darkroom;
    this.#media = media;
  }

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  static async open(folder: string): Promise<PlayerStudio> {
    const made = Promise.withResolvers<LiveMedia>();
    const darkroom = await Darkroom.open(folder, async (work) => {
      made.resolve(await makeLiveMedia(work, SECONDS, program()));
      return launchChromium();
    });
    return new PlayerStudio(darkroom, await made.promise);
  }

  close(): Promise<void> {
    return this.#darkroom.close();
  }

  /** Returns the path. @throws Error when the picture is too large for a page of documentation. */
  async make(shot: PlayerShot): Promise<string> {
    const aheadMs = PICTURE_MS - systemClock.wallMs();
    const clock: Clock = { ...systemClock, wallMs: () => systemClock.wallMs() + aheadMs };
    const server = await PageServer.start({ clock });
    server.addRoom('monday', { title: 'Shore station, morning round', live: true });
    const { page, context } = await openPage(this.#darkroom.browser, {
      ...pageOptions(shot),
      locale: 'en-GB',
      timezoneId: 'UTC',
    });
    try {
      const hls = new LiveHls(this.#media, { already: ALREADY_S, clock, qualities: true, chapters: CHAPTERS });
      for (let viewer = 0; viewer < 214; viewer += 1) server.viewers.seen('monday', `viewer-${viewer}`);
      await shot.act({
        page,
        link: `${server.url}/watch/monday`,
        live: () => {
          server.state.hls = (path, query) => hls.get(path, query);
        },
        end: () => hls.end(),
        lock: () => {
          server.state.hls = () => {
            throw new UnauthorizedError('Ask the host for a watch link.');
          };
        },
        reach: async (state) => {
          for (let waited = 0; (await page.evaluate<unknown>(STATE)) !== state; waited += LOOK_EVERY_MS) {
            if (waited > PATIENCE_MS) throw new Error(`${shot.name}: the player does not become ${state}.`);
            await sleep(systemClock, LOOK_EVERY_MS);
          }
        },
      });
      await sleep(systemClock, SETTLE_MS);
      return await this.#darkroom.write(page, shot.name);
    } finally {
      await context.close();
      await server.close();
    }
  }
}

/** Still pictures one after the other, as a source for FFmpeg. */
function program(): string {
  const folder = fileURLToPath(new URL('../../docs/images/layouts', import.meta.url));
  const parts = PICTURES.map(([name, seconds], index) => {
    const still = `movie=filename='${join(folder, name)}.jpg',loop=loop=-1:size=1`;
    return `${still},setpts=N/30/TB,trim=duration=${seconds},scale=1280:720,setsar=1,format=yuv420p[p${index}]`;
  });
  const all = PICTURES.map((_, index) => `[p${index}]`).join('');
  return `${parts.join(';')};${all}concat=n=${PICTURES.length}`;
}
