/** What every maker of pictures needs: a browser, a folder for the pictures, and one for what is not finished. */
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

const QUALITY = 82;
const MOST_BYTES = 150 * 1024;

/** How a page is seen in a picture. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
  /** A finger instead of a mouse. */
  readonly touch?: boolean;
}

/** Options of a browser's page. */
export function pageOptions({ width, height, theme, touch = false }: View): BrowserContextOptions {
  return { viewport: { width, height }, colorScheme: theme, hasTouch: touch, isMobile: touch };
}

/** Serves any number of pictures until `close`. */
export class Darkroom {
  readonly browser: Browser;
  readonly #folder: string;
  readonly #work: string;

  private constructor(folder: string, work: string, browser: Browser) {
    this.#folder = folder;
    this.#work = work;
    this.browser = browser;
  }

  /**
   * @param folder where the pictures are written, as `NAME.jpg`; made when it is not there.
   * @param launch starts the browser; what it is given is a folder that lasts until `close`.
   */
  static async open(folder: string, launch: (work: string) => Promise<Browser>): Promise<Darkroom> {
    await mkdir(folder, { recursive: true });
    const work = await mkdtemp(join(tmpdir(), 'gridcast-screenshots-'));
    try {
      return new Darkroom(folder, work, await launch(work));
    } catch (error) {
      await rm(work, { recursive: true, force: true });
      throw error;
    }
  }

  /**
   * Puts what a page shows into a file, which is there only when it is whole. Returns the path.
   * @throws Error when the picture is too large for a page of documentation.
   */
  async write(page: Page, name: string): Promise<string> {
    const path = join(this.#folder, `${name}.jpg`);
    const unfinished = join(this.#work, `${name}.jpg`);
    await page.screenshot({ path: unfinished, type: 'jpeg', quality: QUALITY });
    const { size } = await stat(unfinished);
    if (size > MOST_BYTES) throw new Error(`${name} has ${size} bytes; ${MOST_BYTES} are the most`);
    await rename(unfinished, path);
    return path;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await rm(this.#work, { recursive: true, force: true });
  }
}
