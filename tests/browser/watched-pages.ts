/** Pages and servers of one test alone, which end with it. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { openPage, type WatchedPage } from '../helpers/browser.ts';
import { PageServer, type PageServerOptions } from '../helpers/page-server.ts';

/** A page that is closed when the test ends; nothing in it may have failed by then. */
export async function openWatched(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  onTestFinished(async () => {
    await watched.context.close();
    expect(watched.errors).toEqual([]);
  });
  return watched;
}

/** Started before the pages of a test, a server ends after them: a page without its server would try to come back, and complain. */
export async function startPages(options: PageServerOptions = {}): Promise<PageServer> {
  const server = await PageServer.start(options);
  onTestFinished(() => server.close());
  return server;
}
