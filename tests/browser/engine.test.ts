import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ClientMessage } from '../../src/protocol/messages.ts';
import { launchShell, QUICK_CAMERA, type WatchedPage } from '../helpers/browser.ts';
import type { PageServer } from '../helpers/page-server.ts';
import { endWait, holdWaits, runInEngine } from './held-waits.ts';
import { hear, paintMedia } from './painted-media.ts';
import { hueAt, join, seeMovement, soon, statsOf } from './room-steps.ts';
import { openWatched, startPages } from './watched-pages.ts';

const STAGE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage')`;

let browser: Browser;
let server: PageServer;
let token: string;

beforeAll(async () => {
  browser = await launchShell([QUICK_CAMERA]);
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startPages();
  server.addRoom('monday', { title: 'Monday stand-up', live: true });
  ({ token } = await server.tokens.invite({ room: 'monday', role: 'host' }));
});

/** With painted media, or those that Chromium makes up outside of the page. */
async function open(options: Parameters<typeof paintMedia>[1] | 'made-up' = {}): Promise<WatchedPage> {
  const watched = await openWatched(browser);
  if (options !== 'made-up') await paintMedia(watched.page, options);
  return watched;
}

/** From the next load on, encoders of pictures have these methods instead of their own; `fail(NAME)` in them ends one with that error. */
async function failEncoders(page: Page, methods: string): Promise<void> {
  await page.addInitScript(`{
    const Real = window.VideoEncoder;
    window.VideoEncoder = class extends Real {
      constructor(init) {
        super(init);
        this.fail = (name) => {
          this.close();
          init.error(new DOMException('This encoder fails', name));
        };
      }
      ${methods}
    };
  }`);
}

function link(search: string): string {
  return `${server.url}/r/monday${search}#token=${token}`;
}

function heard<T extends ClientMessage['type']>(type: T): Extract<ClientMessage, { type: T }>[] {
  return server.echo.heard.filter((message): message is Extract<ClientMessage, { type: T }> => message.type === type);
}

describe('the media engine', () => {
  it.each([
    ['in a worker, with pictures from the track’s stream', '?capture=mstp', 'worker', 'h264'],
    ['in a worker, with pictures from a video element', '?capture=rvfc', 'worker', 'h264'],
    ['in a worker, with VP8', '?codec=vp8', 'worker', 'vp8'],
    ['on the page’s own thread', '?engine=page', 'page', 'h264'],
    ['on the page’s own thread, with pictures from a video element', '?engine=page&capture=rvfc', 'page', 'h264'],
  ])('%s, sends what it sees and hears, and plays the program', async (_, search, host, codec) => {
    const { page } = await open();
    await join(page, link(search), 'Aiko');
    await seeMovement(page);
    expect(await hueAt(page, 0.2, 0.2)).toBe('red');
    expect(await hueAt(page, 0.8, 0.2)).toBe('blue');
    await hear(page, 1000);
    const stats = await statsOf(page, ({ shownFps, sentFps }) => shownFps > 10 && sentFps > 10);
    expect(stats.host).toBe(host);
    // A busy machine may have made them smaller since.
    expect(heard('config').find(({ track }) => track === 1)).toMatchObject({ codec, width: 640, height: 360 });
  });

  it('leaves an encoder alone that keeps pictures back', async () => {
    const { page } = await open();
    await page.addInitScript(`(() => {
      const Real = window.VideoEncoder;
      window.VideoEncoder = class extends Real {
        constructor({ output, error }) {
          const kept = [];
          super({ error, output: (...given) => (this.keeps ? kept.push(given) : output(...given)) });
          this.giveAll = () => kept.splice(0).forEach((given) => output(...given));
        }
        configure(config) {
          this.keeps = config.codec.startsWith('avc');
          super.configure(config);
        }
        flush() {
          return super.flush().then(this.giveAll);
        }
      };
    })()`);
    await join(page, link('?engine=page'), 'Aiko');
    await seeMovement(page);
    expect(heard('config').find(({ track }) => track === 1)).toMatchObject({ codec: 'vp8' });
  });

  it('draws pictures in the size of an encoder that fails at others', async () => {
    const { page } = await open();
    await failEncoders(
      page,
      `configure(config) {
        this.size = config.width + 'x' + config.height;
        super.configure(config);
      }
      encode(frame, options) {
        if (frame.displayWidth + 'x' + frame.displayHeight === this.size) return super.encode(frame, options);
        this.fail('EncodingError');
      }`,
    );
    server.echo.rules.target = { width: 320, height: 180 };
    await join(page, link('?engine=page'), 'Aiko');
    await seeMovement(page);
    expect(await hueAt(page, 0.2, 0.2)).toBe('red');
    expect(await hueAt(page, 0.8, 0.2)).toBe('blue');
  });

  it.each([
    ['takes no others', '() => true'],
    ['takes others when it is tried, but not the camera’s', 'width => width === 640'],
  ])('encodes whole blocks where the encoder %s', async (_, refused) => {
    const { page } = await open();
    await failEncoders(
      page,
      `configure(config) {
        super.configure(config);
        const { width, height } = config;
        if ((width % 16 === 0 && height % 16 === 0) || !(${refused})(width)) return;
        queueMicrotask(() => {
          if (this.state !== 'closed') this.fail('NotSupportedError');
        });
      }`,
    );
    await join(page, link('?engine=page'), 'Aiko');
    await seeMovement(page);
    expect(heard('config').filter(({ track }) => track === 1)[0]).toMatchObject({
      codec: 'h264',
      width: 640,
      height: 352,
    });
  });

  it('takes another encoder for another size where one gives no key frame with it', async () => {
    const { page } = await open();
    await page.addInitScript(`(() => {
      const Real = window.VideoEncoder;
      window.VideoEncoder = class extends Real {
        constructor({ output, error }) {
          const delta = (chunk) => {
            const data = new Uint8Array(chunk.byteLength);
            chunk.copyTo(data);
            return new EncodedVideoChunk({ type: 'delta', timestamp: chunk.timestamp, data });
          };
          super({ error, output: (chunk, about) => output(this.sizes > 1 ? delta(chunk) : chunk, about) });
          this.sizes = 0;
        }
        configure(config) {
          if (config.width !== this.width) this.sizes += 1;
          this.width = config.width;
          super.configure(config);
        }
      };
    })()`);
    await join(page, link('?engine=page'), 'Aiko');
    await seeMovement(page);
    server.echo.say({ type: 'target', track: 1, width: 320, height: 180, framerate: 30, maxBitrate: 1_000_000 });
    await soon(() => expect(heard('config').at(-1)).toMatchObject({ width: 320, height: 180 }));
    await seeMovement(page);
    await statsOf(page, ({ sending, sentFps }) => sending?.width === 320 && sentFps > 5);
  });

  it('turns pictures upright before it encodes them', async () => {
    const { page } = await open({ turned: true });
    await join(page, link(''), 'Aiko');
    await seeMovement(page);
    expect(await hueAt(page, 0.2, 0.2)).toBe('red');
    expect(await hueAt(page, 0.8, 0.2)).toBe('blue');
    expect(heard('config').find(({ track }) => track === 1)).toMatchObject({ width: 640, height: 360 });
  });

  it('sends silence while the microphone is off, and says so', async () => {
    const { page } = await open();
    await join(page, link(''), 'Aiko');
    await hear(page, 1000);
    await page.evaluate(`${STAGE}.media.microphoneOn = false`);
    await hear(page, 0);
    await soon(() => expect(heard('state')).toEqual([{ type: 'state', track: 0, state: 'muted' }]));
    const before = server.echo.frames.filter(({ track }) => track === 0).length;
    await soon(() => expect(server.echo.frames.filter(({ track }) => track === 0).length).toBeGreaterThan(before + 5));
    await page.evaluate(`${STAGE}.media.microphoneOn = true`);
    await hear(page, 1000);
  });

  it('says a screen that stands still again every second, and ends it with its sharing', async () => {
    const { page } = await open();
    await join(page, link(''), 'Aiko');
    await page.evaluate(`${STAGE}.media.shareScreen()`);
    const times = (): number[] =>
      server.echo.frames.filter(({ track }) => track === 2).map(({ captureUs }) => captureUs / 1e6);
    await soon(async () => {
      await page.evaluate('painted.show()');
      expect(times().length).toBeGreaterThan(0);
    });
    const shown = times().length;
    // What was painted until the first of them came may come after it, all at once.
    await soon(() => {
      expect(times().length).toBeGreaterThan(shown + 2);
      const [last = 0, before = 0] = times().toReversed();
      expect(last - before).toBeGreaterThan(0.9);
    });
    expect(heard('publish')).toContainEqual({ type: 'publish', track: 2, kind: 'video', source: 'screen' });
    expect(heard('config').find(({ track }) => track === 2)).toMatchObject({ framerate: 15 });
    await page.evaluate(`${STAGE}.media.stopScreen()`);
    await soon(() => expect(heard('unpublish')).toEqual([{ type: 'unpublish', track: 2 }]));
  });

  it('goes on with another camera on the same track', async () => {
    const { page } = await open();
    await join(page, link(''), 'Aiko');
    await seeMovement(page, 3);
    const configs = heard('config').filter(({ track }) => track === 1).length;
    await page.evaluate(`${STAGE}.media.open('camera', 'other')`);
    await soon(() => expect(heard('config').filter(({ track }) => track === 1).length).toBe(configs + 1));
    await seeMovement(page, 3);
    expect(heard('unpublish')).toEqual([]);
    expect(heard('publish').filter(({ track }) => track === 1)).toHaveLength(1);
  });

  it('shows every picture while the page is busy', async () => {
    const { page } = await open('made-up');
    await join(page, link('?capture=mstp'), 'Aiko');
    await seeMovement(page);
    await page.evaluate(`setInterval(() => {
      const end = performance.now() + 200;
      while (performance.now() < end);
    }, 0)`);
    // The page turns at most five times a second: what is beyond comes without it. How many are sent is the machine's affair.
    const stats = await statsOf(page, ({ shownFps, receivedFps }) => receivedFps > 10 && shownFps > receivedFps - 2);
    expect(stats.host).toBe('worker');
  });

  it('shows the program although the browser never ends its conversion of a picture', async () => {
    const { page } = await open('made-up');
    // As it does while the page's thread is taken, on which it converts for a worker without a GPU.
    await runInEngine(
      page,
      `const { copyTo } = VideoFrame.prototype;
      VideoFrame.prototype.copyTo = function (to, options) {
        return options?.format === undefined ? copyTo.call(this, to, options) : new Promise(() => {});
      };`,
    );
    await join(page, link(''), 'Aiko');
    await seeMovement(page);
  });

  it('records a microphone and a camera that come back after they were gone', async () => {
    const { page } = await open();
    // With a device all tracks of it end.
    await page.addInitScript(`{
      window.clones = [];
      const { clone } = MediaStreamTrack.prototype;
      MediaStreamTrack.prototype.clone = function () {
        clones.push(clone.call(this));
        return clones.at(-1);
      };
    }`);
    await join(page, link('?capture=recorder'), 'Aiko');
    const files = (track: number): number => heard('config').filter((config) => config.track === track).length;
    for (const track of [0, 1]) await soon(() => expect(files(track)).toBe(1));
    await page.evaluate(`{
      const { microphone, camera } = ${STAGE}.media;
      for (const track of [...clones, microphone.track, camera.track]) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    }`);
    for (const track of [0, 1]) {
      await soon(() => expect(files(track)).toBeGreaterThan(1));
      const before = server.echo.frames.length;
      await soon(() => expect(server.echo.frames.slice(before).map((frame) => frame.track)).toContain(track));
    }
    expect(heard('unpublish')).toEqual([]);
  });

  it('tells the server that the page goes away', async () => {
    const { page } = await open();
    await join(page, link(''), 'Aiko');
    await page.goto('about:blank');
    await soon(() => expect(server.echo.closings).toHaveLength(1));
    // A goodbye, whose answer the page may be too far gone to take, or what a browser says for it: either ends the stay.
    if (heard('bye').length === 0) expect(server.echo.closings).toEqual([1001]);
  });

  it('finds another way to a camera whose stream gives nothing', async () => {
    const { page } = await open();
    await page.addInitScript(`window.MediaStreamTrackProcessor = class {
      readable = new ReadableStream();
    };`);
    await join(page, link(''), 'Aiko');
    await seeMovement(page);
    expect(await hueAt(page, 0.2, 0.2)).toBe('red');
    expect(heard('publish').filter(({ track }) => track === 1)).toHaveLength(1);
  });

  it('sends a camera again that the server gave up, and says so until it is switched off', async () => {
    const { page } = await open();
    await holdWaits(page);
    await join(page, link(''), 'Aiko');
    await seeMovement(page);
    const announced = (): number => heard('publish').filter(({ track }) => track === 1).length;
    server.echo.giveUp(1, 'decode_failed');
    const notice = page.getByText('Your camera is not being sent: trying again');
    await notice.waitFor();
    expect(await page.getByText(/It is sent again by itself in 10 s \(try 1 of 6\)/).count()).toBe(1);
    expect(announced()).toBe(1);
    /** Resolves when it was announced so often, and pictures come after that. */
    const comes = async (times: number): Promise<void> => {
      await soon(() => expect(announced()).toBe(times));
      const before = server.echo.frames.length;
      await soon(() => {
        const pictures = server.echo.frames.slice(before).filter(({ track }) => track === 1);
        expect(pictures.length).toBeGreaterThan(10);
      });
    };
    await endWait(page, 10_000);
    await comes(2);
    // The second time its media are opened anew, too.
    server.echo.giveUp(1, 'decode_failed');
    await page.getByText(/by itself in 20 s \(try 2 of 6\)/).waitFor();
    expect(announced()).toBe(2);
    await endWait(page, 20_000);
    await comes(3);
    expect(await notice.count()).toBe(1);
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    await notice.waitFor({ state: 'detached' });
  });

  it('does not send a camera again that a host has stopped', async () => {
    const { page } = await open();
    await join(page, link(''), 'Aiko');
    await seeMovement(page);
    server.echo.giveUp(1, 'video_stopped');
    await page.getByText('Your camera is not being sent', { exact: true }).waitFor();
    expect(await page.getByText(/trying again/).count()).toBe(0);
  });
});
