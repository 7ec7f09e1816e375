import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchShell } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { paintMedia } from './painted-media.ts';
import { join, MEDIA, seeMovement, soon } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const TOLD = 'The camera gives no pictures';

let browser: Browser;
let server: PageServer;
let page: Page;

beforeAll(async () => {
  browser = await launchShell();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
});

/** Joins with painted media; `script` runs first. */
async function enter(search = '', script = ''): Promise<void> {
  const watched = await openWatched(browser);
  ({ page } = watched);
  await paintMedia(page);
  await page.addInitScript(script);
  const { token } = await server.tokens.invite({ room: 'monday', role: 'host' });
  await join(page, `${server.url}/r/monday${search}#token=${token}`, 'Aiko');
  await seeMovement(page);
}

/** How often the camera was opened. */
function opened(): Promise<number> {
  return page.evaluate<number>('painted.cameras');
}

/** Resolves when so many more pictures of the camera have reached the server. */
async function sends(count = 10): Promise<void> {
  const sent = (): number => server.echo.frames.filter(({ track }) => track === 1).length;
  const before = sent();
  await soon(() => expect(sent()).toBeGreaterThan(before + count));
}

describe('a camera that stops giving pictures', () => {
  it('is taken again; when that does not help, its owner reads so until it is back', async () => {
    await enter();
    await page.evaluate('painted.stopped = true');
    const notice = page.getByText(TOLD);
    await notice.waitFor({ timeout: 60_000 });
    expect(await opened()).toBeGreaterThan(1);
    await page.evaluate('painted.stopped = false');
    await seeMovement(page);
    await notice.waitFor({ state: 'detached' });
    expect(server.echo.heard.filter(({ type }) => type === 'unpublish')).toEqual([]);
  });

  it('is taken again when the browser itself says that another has it', async () => {
    await enter(
      '?engine=page&capture=worker',
      `{
        const clones = [];
        const { clone } = MediaStreamTrack.prototype;
        MediaStreamTrack.prototype.clone = function () {
          clones.push(clone.call(this));
          return clones.at(-1);
        };
        const { mediaDevices } = navigator;
        const open = mediaDevices.getUserMedia;
        mediaDevices.getUserMedia = (wish) => {
          if (wish.video) painted.held = clones.filter(({ readyState }) => readyState === 'live').length;
          return open(wish);
        };
      }`,
    );
    // With another camera everything begins anew, whatever a busy machine made of the first.
    const before = await page.evaluate<number>(`(async () => {
      await ${MEDIA}.open('camera', 'other');
      ${MEDIA}.camera.track.dispatchEvent(new Event('mute'));
      return painted.cameras;
    })()`);
    await soon(async () => expect(await opened()).toBe(before + 1));
    // Nothing of the page held the device any more.
    expect(await page.evaluate('painted.held')).toBe(0);
    await soon(() => {
      const states = server.echo.heard.flatMap((message) => (message.type === 'state' ? [message.state] : []));
      expect([states[0], states.at(-1)]).toEqual(['paused', 'live']);
    });
    await sends();
  });

  it('is read anew when only its stream hangs', async () => {
    await enter(
      '?engine=page&capture=mstp',
      `{
        const Real = MediaStreamTrackProcessor;
        window.streams = { made: 0, hang: () => { hung = streams.made; } };
        let hung = 0;
        window.MediaStreamTrackProcessor = class {
          constructor(init) {
            const number = (streams.made += 1);
            const transform = (frame, controller) => (number <= hung ? frame.close() : controller.enqueue(frame));
            this.readable = new Real(init).readable.pipeThrough(new TransformStream({ transform }));
          }
        };
      }`,
    );
    const made = await page.evaluate<number>('streams.hang(), streams.made');
    await soon(async () => expect(await page.evaluate<number>('streams.made')).toBeGreaterThan(made));
    await sends();
  });

  it('is coded by another encoder when its own takes pictures and gives none', async () => {
    await enter(
      '?engine=page',
      `{
        const Real = VideoEncoder;
        window.encoders = [];
        window.VideoEncoder = class extends Real {
          constructor({ output, error }) {
            super({ error, output: (...given) => (this.jammed ? undefined : output(...given)) });
            encoders.push(this);
          }
        };
      }`,
    );
    const made = await page.evaluate<number>(
      'encoders.forEach((encoder) => { encoder.jammed = true; }), encoders.length',
    );
    await soon(async () => expect(await page.evaluate<number>('encoders.length')).toBeGreaterThan(made));
    await sends();
    expect(await page.getByText(/not being sent/).count()).toBe(0);
  });
});
