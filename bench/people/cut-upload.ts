/** A large file and a chat from a page whose line is cut again and again. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Page } from 'playwright-core';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { TcpProxy } from '../../tests/helpers/tcp-proxy.ts';
import type { Caller } from './caller-pages.ts';

const MEGABYTE = 1_000_000;
const LOOK_MS = 20;
/** Messages of each of the two for each cut, half of them while the line is away. */
const SAID_PER_CUT = 4;
const QUEUE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session.files.queue`;

interface Upload {
  readonly state: string;
  readonly sent: number;
  readonly problem?: string;
}

/** What came of it. */
export interface CutResult {
  readonly seconds: number;
  /** Fewer than were asked for when the file was there before. */
  readonly cuts: number;
  /** How often the progress that the page shows was lower than before. */
  readonly backwards: number;
  /** What both wrote, in any order. */
  readonly said: readonly string[];
}

/** Writes a file of `bytes` that cannot be pressed together. */
export async function writeNoise(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let at = 0; at < bytes; at += MEGABYTE) {
      const seed = createHash('shake256', { outputLength: Math.min(MEGABYTE, bytes - at) });
      await file.write(seed.update(String(at)).digest());
    }
  } finally {
    await file.close();
  }
}

/** SHA-256 in hexadecimal. */
export async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** `from` sends the file over `line`, which is cut `cuts` times at equal shares of it, while both write. */
export async function shareOverCuts(
  [from, to]: readonly [Caller, Caller],
  file: { readonly path: string; readonly bytes: number },
  line: TcpProxy,
  cuts: number,
): Promise<CutResult> {
  for (const { page } of [from, to]) await page.getByRole('button', { name: /^Chat/ }).click();
  await show(from.page, 'Files');
  const began = systemClock.monotonicMs();
  await from.page.locator('input[type=file][multiple]').setInputFiles(file.path);
  const said: string[] = [];
  let [done, backwards, last] = [0, 0, 0];
  for (;;) {
    const upload = await from.page.evaluate<Upload | undefined>(`${QUEUE}.uploads[0]`);
    if (upload?.state === 'failed') throw new Error(upload.problem);
    if (upload && upload.sent < last) backwards += 1;
    last = upload?.sent ?? last;
    if (upload?.state === 'done') break;
    if (done < cuts && last > ((done + 1) * file.bytes) / (cuts + 1)) {
      done += 1;
      said.push(...(await sayAround(line, done, from, to)));
    }
    await sleep(systemClock, LOOK_MS);
  }
  return { seconds: (systemClock.monotonicMs() - began) / 1000, cuts: done, backwards, said };
}

/** Both write; the line is cut in the middle of it. */
async function sayAround(line: TcpProxy, cut: number, ...people: readonly Caller[]): Promise<string[]> {
  const said: string[] = [];
  for (const { page } of people) await show(page, 'Messages');
  for (let at = 1; at <= SAID_PER_CUT; at += 1) {
    if (at > SAID_PER_CUT / 2) line.cut();
    for (const { name, page } of people) {
      const text = `${name} ${cut}.${at}`;
      await page.getByLabel('Write a message').fill(text);
      await page.getByLabel('Write a message').press('Enter');
      said.push(text);
    }
  }
  return said;
}

/** Shows one half of the chat's panel, unless it stands there. */
export async function show(page: Page, half: 'Messages' | 'Files'): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${half}`) }).click();
}

/** What stands in somebody's chat, once it is as much as `count` and nothing is on its way. @throws when it does not become so. */
export async function readChat({ name, page }: Caller, count: number): Promise<string[]> {
  await show(page, 'Messages');
  const texts = page.locator('gridcast-chat .text');
  const until = systemClock.monotonicMs() + 60_000;
  for (;;) {
    const found = (await texts.allTextContents()).map((text) => text.trim());
    const waiting = await page.getByText('Sending…').count();
    if (found.length >= count && waiting === 0) return found;
    if (systemClock.monotonicMs() > until) throw new Error(`${name} reads ${found.length} of ${count} messages`);
    await sleep(systemClock, LOOK_MS);
  }
}
