/** Makes the pictures: a real server, real people on sockets, and a real browser. */
import type { Page } from 'playwright-core';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { BreakableLine } from '../../tests/helpers/breakable-line.ts';
import { openPage } from '../../tests/helpers/browser.ts';
import { TestServer } from '../../tests/helpers/test-server.ts';
import { Darkroom, pageOptions } from './darkroom.ts';
import { DEVICE_NAMES } from './device-names.ts';
import { launchPaintedBrowser } from './painted-browser.ts';
import { PaintedPeople } from './painted-people.ts';
import type { Shot } from './shots.ts';

/** Until short news are gone and figures are measured. */
const SETTLE_MS = 5000;
const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 500;
/** Share of the tiles' area that is brighter than an avatar's ground once every camera is seen; more is a grid for fewer people. */
const BRIGHT = { least: 0.9, most: 1.1 } as const;
const ROOM = { id: 'monday', title: 'Monday stand-up' };

/** Serves any number of shots until `close`. */
export class Studio {
  readonly #people: PaintedPeople;
  readonly #darkroom: Darkroom;

  private constructor(people: PaintedPeople, darkroom: Darkroom) {
    this.#people = people;
    this.#darkroom = darkroom;
  }

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  static async open(ffmpeg: string, folder: string): Promise<Studio> {
    const darkroom = await Darkroom.open(folder, (work) => launchPaintedBrowser(ffmpeg, work));
    return new Studio(new PaintedPeople(ffmpeg), darkroom);
  }

  close(): Promise<void> {
    return this.#darkroom.close();
  }

  /** Returns the path. @throws Error when the picture is too large for a page of documentation. */
  async make(shot: Shot): Promise<string> {
    const server = await TestServer.start();
    const line = await BreakableLine.open(server.url);
    try {
      await server.api('POST', '/api/rooms', ROOM);
      const token = async (role: 'participant' | 'host'): Promise<string> => {
        const path = `/api/rooms/${ROOM.id}/tokens`;
        return (await server.api<{ token: string }>('POST', path, { role, invite: true })).body.token;
      };
      const where = { url: server.url, room: ROOM.id, token: await token('participant') };
      const others = await this.#people.join(where, shot.others);
      const own = shot.host ? await token('host') : where.token;
      const path = await this.#take(shot, line, `${line.url}/r/${ROOM.id}#token=${own}`);
      await Promise.all(others.map((other) => other.leave()));
      return path;
    } finally {
      await line.close();
      await server.close();
    }
  }

  async #take(shot: Shot, line: BreakableLine, link: string): Promise<string> {
    const { script } = shot;
    const { page, context } = await openPage(this.#darkroom.browser, pageOptions(shot));
    try {
      await page.addInitScript(DEVICE_NAMES);
      if (script !== undefined) await page.addInitScript(script);
      await shot.act({
        page,
        link,
        seen: () => everybodySeen(page, shot.others + 1),
        otherTab: () => context.newPage(),
        cut: () => line.break(),
      });
      await sleep(systemClock, SETTLE_MS);
      return await this.#darkroom.write(page, shot.name);
    } finally {
      await context.close();
    }
  }
}

/** A grid has as many rows as columns; what is not a camera's picture is dark. */
async function everybodySeen(page: Page, tiles: number): Promise<void> {
  const columns = Math.ceil(Math.sqrt(tiles));
  const whole = tiles / columns ** 2;
  const share = `(() => {
    const { canvas } = document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage');
    const small = new OffscreenCanvas(64, 36).getContext('2d');
    small.drawImage(canvas, 0, 0, 64, 36);
    const { data } = small.getImageData(0, 0, 64, 36);
    let bright = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.max(data[at], data[at + 1], data[at + 2]) > 60) bright += 1;
    return bright / (64 * 36);
  })()`;
  const seen = async (): Promise<boolean> => {
    const bright = (await page.evaluate<number>(share)) / whole;
    return bright >= BRIGHT.least && bright <= BRIGHT.most;
  };
  for (let waited = 0; !(await seen()); waited += LOOK_EVERY_MS) {
    if (waited > PATIENCE_MS) throw new Error('Somebody in the picture is not seen.');
    await sleep(systemClock, LOOK_EVERY_MS);
  }
}
