/** Makes the pictures of rooms that people live in: a real server with accounts, painted people, and real browsers. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { openPage } from '../../tests/helpers/browser.ts';
import { TestServer } from '../../tests/helpers/test-server.ts';
import { DEVICE_NAMES } from './device-names.ts';
import { launchPaintedBrowser } from './painted-browser.ts';
import { PaintedPeople } from './painted-people.ts';
import type { PeopleShot } from './people-shots.ts';
import { writePicture } from './write-picture.ts';

/** Until short news are gone. */
const SETTLE_MS = 4000;
const ROOM = { id: 'monday', title: 'Monday stand-up' };

/** Serves any number of shots until `close`. */
export class PeopleStudio {
  readonly #people: PaintedPeople;
  readonly #folder: string;
  readonly #work: string;
  readonly #browser: Browser;

  private constructor(ffmpeg: string, folder: string, work: string, browser: Browser) {
    this.#people = new PaintedPeople(ffmpeg);
    this.#folder = folder;
    this.#work = work;
    this.#browser = browser;
  }

  /** @param folder where the pictures are written, as `NAME.jpg`; made when it is not there. */
  static async open(ffmpeg: string, folder: string): Promise<PeopleStudio> {
    await mkdir(folder, { recursive: true });
    const work = await mkdtemp(join(tmpdir(), 'gridcast-screenshots-'));
    try {
      return new PeopleStudio(ffmpeg, folder, work, await launchPaintedBrowser(ffmpeg, work));
    } catch (error) {
      await rm(work, { recursive: true, force: true });
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#work, { recursive: true, force: true });
  }

  /** Returns the path. @throws Error when the picture is too large for a page of documentation. */
  async make(shot: PeopleShot): Promise<string> {
    const { width, height, theme, touch = false, door } = shot;
    const server = await TestServer.start({ accounts: { mode: 'on' } });
    const contexts: BrowserContext[] = [];
    const form = { viewport: { width, height }, colorScheme: theme, hasTouch: touch, isMobile: touch };
    const open = async () => {
      const { page, context } = await openPage(this.#browser, { ...form, locale: 'en-GB', timezoneId: 'UTC' });
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
      const path = await writePicture(page, shot.name, this.#folder, this.#work);
      await Promise.all(others.map((other) => other.leave()));
      return path;
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
      await server.close();
    }
  }
}
