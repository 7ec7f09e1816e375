/** A page that watches a room and tells how old the pictures are that it shows. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';

/** A picture that was on the screen. */
export interface SeenPicture {
  /** When it was shown, and when the program made it: milliseconds since 1970. */
  readonly shownMs: number;
  readonly madeMs: number;
  /** How old the player took it for, by the dates in the playlist, milliseconds; undefined when it did not know. */
  readonly byDateMs: number | undefined;
}

/** What a page saw since it was asked last. */
export interface Watched {
  readonly pictures: readonly SeenPicture[];
  /** Events of the video and of the player. */
  readonly events: readonly { readonly atMs: number; readonly what: string }[];
  /** Pictures that the browser left out. */
  readonly dropped: number;
}

const EMPTY: Watched = { pictures: [], events: [], dropped: 0 };
const POLL_MS = 50;

/** What is put into pages. */
export interface ViewerScripts {
  readonly players: string;
  readonly ownPage: string;
}

/** Made once for all pages. */
export async function viewerScripts(): Promise<ViewerScripts> {
  return { players: await scriptOf('players'), ownPage: await scriptOf('own-page') };
}

async function scriptOf(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`../browser/pages/${name}.ts`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'viewers' } },
  });
  const output = Array.isArray(built) ? built[0] : built;
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`The script ${name} was not built`);
  return chunk.code;
}

/** The page stays its owner's to close. */
export class ViewerPage {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** A bare page with hls.js in our player's settings, or with Shaka in low-latency mode. Its context has to bypass the policy of our pages. */
  static async play(page: Page, scripts: ViewerScripts, player: 'hls.js' | 'shaka', url: string): Promise<ViewerPage> {
    // The same origin, and secure: from elsewhere a browser does not let a page at a loopback address.
    await page.goto(new URL('/readyz', url).href);
    await page.evaluate(scripts.players);
    const name = player === 'shaka' ? 'playShaka' : 'playHlsJs';
    await page.evaluate(`viewer.${name}(${JSON.stringify(url)})`);
    return new ViewerPage(page);
  }

  /** Our own page of a room. */
  static async visit(page: Page, scripts: ViewerScripts, url: string): Promise<ViewerPage> {
    await page.goto(url);
    await page.locator('gridcast-player video').waitFor({ state: 'attached' });
    await page.evaluate(scripts.ownPage);
    return new ViewerPage(page);
  }

  /** What was seen since the last call. */
  async take(): Promise<Watched> {
    return (await this.#page.evaluate<Watched | undefined>('viewer.take()')) ?? EMPTY;
  }

  /** Resolves when a picture is shown that was made after `ms`, milliseconds since 1970. */
  async untilShown(ms: number): Promise<void> {
    await this.#page.waitForFunction(`viewer.newestMs() > ${ms}`, undefined, { timeout: 0, polling: POLL_MS });
  }

  /** Indexes of the qualities that hls.js has to choose from, the best first. */
  qualities(): Promise<readonly { readonly index: number; readonly height: number }[]> {
    return this.#page.evaluate('viewer.qualities()');
  }

  /** Goes to one of them, without a break; -1: as the line allows. */
  async choose(index: number): Promise<void> {
    await this.#page.evaluate(`viewer.choose(${index})`);
  }
}
