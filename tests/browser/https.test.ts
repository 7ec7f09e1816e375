import { createHash, X509Certificate } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../helpers/browser.ts';
import { inFiles, makeLocal } from '../helpers/local-certificate.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, seeMovement, soon } from './room-steps.ts';
import { openWatched } from './watched-pages.ts';

let browser: Browser;
let server: TestServer;
let files: Awaited<ReturnType<typeof inFiles>>;

beforeAll(async () => {
  const local = await makeLocal();
  files = await inFiles(local.server);
  server = await TestServer.start({
    tls: { cert: files.cert, key: files.key },
    program: { width: 640, height: 360, framerate: 15, preset: 'ultrafast' },
  });
  // As if it had been told to trust the authority, for this one key.
  const spki = new X509Certificate(local.server.cert).publicKey.export({ type: 'spki', format: 'der' });
  const pin = createHash('sha256').update(spki).digest('base64');
  browser = await launchChromium([`--ignore-certificate-errors-spki-list=${pin}`]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await files.remove();
});

/** Resolves when all of the page's requests for addresses with `part` in them travelled by HTTP/2; what is told of one may come after its answer. */
async function byHttp2(page: Page, part: string): Promise<void> {
  await soon(async () => {
    const protocols = await page.evaluate<string[]>(
      `performance.getEntriesByType('resource').filter(({ name }) => name.includes('${part}')).map(({ nextHopProtocol }) => nextHopProtocol)`,
    );
    expect(new Set(protocols)).toEqual(new Set(['h2']));
  });
}

describe('a page over https', () => {
  it('is secure, gets a camera, and asks by HTTP/2 while its sockets go their own way', async () => {
    const { page } = await openWatched(browser);
    await page.goto(server.url);
    expect(page.url()).toMatch(/^https:/);
    expect(await page.evaluate<[boolean, boolean]>("[isSecureContext, 'mediaDevices' in navigator]")).toEqual([
      true,
      true,
    ]);
    await page.getByLabel('Title').fill('Over TLS');
    await page.getByRole('button', { name: 'Create room' }).click();
    const link = (await page.getByRole('link', { name: 'Join now as host' }).getAttribute('href')) ?? '';
    expect(new URL(link, server.url).origin).toBe(server.url);
    await byHttp2(page, '/api/rooms');
    await byHttp2(page, '/assets/');

    await page.goto('about:blank');
    await join(page, link, 'Aiko');
    await seeMovement(page);
    const room = new URL(link, server.url).pathname.split('/')[2] ?? '';
    // An entry of its timing is made when the whole answer is there.
    const load = `fetch('/hls/${room}/index.m3u8').then((answer) => answer.text().then(() => answer.status))`;
    await soon(async () => {
      expect(await page.evaluate<number>(load)).toBe(200);
    });
    await byHttp2(page, '/hls/');
  });
});
