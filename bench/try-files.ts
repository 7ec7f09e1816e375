/** Sends a large file from a page through a line that is cut three times, and says how long it took and whether it is the same. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { sleep, systemClock } from '../src/util/clock.ts';
import { launchChromium, openPage } from '../tests/helpers/browser.ts';
import { TcpProxy } from '../tests/helpers/tcp-proxy.ts';
import { TestServer } from '../tests/helpers/test-server.ts';

const MEGABYTE = 1_000_000;
const CUTS = 3;
const LOOK_MS = 20;
const QUEUE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session.files.queue`;

interface Upload {
  readonly state: string;
  readonly sent: number;
  readonly problem?: string;
}

const { values } = parseArgs({ options: { mb: { type: 'string', default: '200' } } });
const bytes = Number(values.mb) * MEGABYTE;
const dir = await mkdtemp(join(tmpdir(), 'gridcast-files-'));
const server = await TestServer.start({ program: { width: 320, height: 180, framerate: 5 } });
const line = await TcpProxy.open(server.url);
const browser = await launchChromium();
try {
  const path = join(dir, 'large.bin');
  await writeNoise(path, bytes);
  const sum = await sumOf(createReadStream(path));
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id: 'large' });
  const { pathname, hash } = new URL(body.links.join);
  const { page } = await openPage(browser);
  await enter(page, new URL(pathname + hash, line.url).href);
  const beganMs = systemClock.monotonicMs();
  await page.locator('input[type=file][multiple]').setInputFiles(path);
  const backwards = await cutAndWait(page);
  const tookS = (systemClock.monotonicMs() - beganMs) / 1000;
  const { body: listed } = await server.api<{ items: { id: string; sha256: string }[] }>(
    'GET',
    '/api/rooms/large/files',
  );
  const file = listed.items[0];
  const response = await fetch(`${server.url}/api/rooms/large/files/${file?.id}/content`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  const got = await sumOf(response.body ?? []);
  print(`${values.mb} MB, ${CUTS} cuts: ${tookS.toFixed(1)} s, ${(bytes / MEGABYTE / tookS).toFixed(1)} MB/s`);
  print(`progress that went back: ${backwards}`);
  print(`SHA-256 sent     ${sum}\nSHA-256 told     ${file?.sha256}\nSHA-256 received ${got}`);
  if (sum !== got || sum !== file?.sha256 || backwards > 0) process.exitCode = 1;
} finally {
  await browser.close();
  await line.close();
  await server.close();
  await rm(dir, { recursive: true, force: true });
}

async function enter(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Your name').fill('Ana');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByRole('button', { name: /^Chat/ }).click();
  await page.getByRole('button', { name: /^Files/ }).click();
}

/** How often the progress went back. */
async function cutAndWait(page: Page): Promise<number> {
  let cuts = 0;
  let backwards = 0;
  let last = 0;
  for (;;) {
    const upload = await page.evaluate<Upload | undefined>(`${QUEUE}.uploads[0]`);
    if (upload?.state === 'failed') throw new Error(upload.problem);
    if (upload && upload.sent < last) backwards += 1;
    last = upload?.sent ?? last;
    if (upload?.state === 'done') return backwards;
    if (cuts < CUTS && last > ((cuts + 1) * bytes) / (CUTS + 1)) {
      line.cut();
      cuts += 1;
      print(`cut at ${(last / MEGABYTE).toFixed(1)} MB`);
    }
    await sleep(systemClock, LOOK_MS);
  }
}

async function writeNoise(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let at = 0; at < size; at += MEGABYTE) {
      const seed = createHash('shake256', { outputLength: Math.min(MEGABYTE, size - at) });
      await file.write(seed.update(String(at)).digest());
    }
  } finally {
    await file.close();
  }
}

async function sumOf(bytesOf: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytesOf, hash);
  return hash.digest('hex');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
