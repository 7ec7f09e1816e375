/** Makes the pictures of rooms that people live in: a real server with accounts, painted people, and real browsers. */
import type { BrowserContext } from 'playwright-core';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { openPage } from '../../tests/helpers/browser.ts';
import { TestServer } from '../../tests/helpers/test-server.ts';
import { Darkroom, pageOptions } from './darkroom.ts';
import { DEVICE_NAMES } from './device-names.ts';
import { launchPaintedBrowser } from './painted-browser.ts';
import { PaintedPeople } from './painted-people.ts';
import type { PeopleShot } from './people-shots.ts';

/** Until short news are gone. */
const SETTLE_MS = 4000;
const ROOM = { id: 'monday', title: 'Monday stand-up' };

/** Serves any number of shots until `close`. */
export class PeopleStudio {
  readonly #people: PaintedPeople;
  readonly #darkroom: Darkroom;

  private constructor(people: PaintedPeople, darkroom: Darkroom) {
    this.#people = people;
    this.#darkroom = darkroom;
  }

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  static async open(ffmpeg: string, folder: string): Promise<PeopleStudio> {
    const darkroom = await Darkroom.open(folder, (work) => launchPaintedBrowser(ffmpeg, work));
    return new PeopleStudio(new PaintedPeople(ffmpeg), darkroom);
  }

  close(): Promise<void> {
    return this.#darkroom.close();
  }

  /** Returns the path. @throws Error when the picture is too large for a page of documentation. */
  async make(shot: PeopleShot): Promise<string> {
    const { door } = shot;
    const server = await TestServer.start({ accounts: { mode: 'on' } });
    const contexts: BrowserContext[] = [];
    const form = { ...pageOptions(shot), locale: 'en-GB', timezoneId: 'UTC' };
    const open = async () => {
      const { page, context } = await openPage(this.#darkroom.browser, form);
      contexts.push(context);
      await page.addInitScript(DEVICE_NAMES);
      return page;
    };
    const token = async (role: 'host' | 'participant'): Promise<string> => {
      const path = `/api/rooms/${ROOM.id}/tokens`;
      return (await server.api<{ token: string }>('POST', path, { role, invite: true })).body.token;
    };
    try {
      await server.api('POST', '/api/rooms', ROOM);
      const others = await this.#people.join(
        { url: server.url, room: ROOM.id, token: await token('participant') },
        shot.others,
      );
      // Who is in already has not stood before it.
      if (door) await server.api('PATCH', `/api/rooms/${ROOM.id}`, { door });
      const page = await open();
      const link = async (role: 'host' | 'participant') => `${server.url}/r/${ROOM.id}#token=${await token(role)}`;
      await shot.act({ page, server, person: open, link });
      await sleep(systemClock, SETTLE_MS);
      const path = await this.#darkroom.write(page, shot.name);
      await Promise.all(others.map((other) => other.leave()));
      return path;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await server.close();
    }
  }
}
