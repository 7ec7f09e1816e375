import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { ParticipantView } from '../../src/api/ports.ts';
import { PROGRAM_TRACK } from '../../src/protocol/messages.ts';
import { launchChromium, openPage } from '../helpers/browser.ts';
import { TcpProxy } from '../helpers/tcp-proxy.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, soon } from './room-steps.ts';

const ROOM = 'far';
const FPS = 30;
const UPLINK = 300_000;
const STATS = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session.stats`;

interface Figures {
  readonly sentFps: number;
  readonly sentBitrate: number;
  readonly shownFps: number;
  readonly soundMs?: number;
}

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** The page's own figures of a second, once they are such. */
function figures(page: Page, enough: (figures: Figures) => boolean): Promise<Figures> {
  return soon(async () => {
    const now = await page.evaluate<Figures | undefined>(STATS);
    if (!now || !enough(now)) throw new Error(`Not enough: ${JSON.stringify(now)}`);
    return now;
  });
}

/** Resolves when so many more seconds of the program have reached somebody. */
async function watch(witness: TestParticipant, seconds: number): Promise<void> {
  const until = witness.received(PROGRAM_TRACK.video).length + seconds * FPS;
  await witness.video.until(() => (witness.received(PROGRAM_TRACK.video).length >= until ? true : undefined));
}

it('sends what a line of 300 kbit/s carries, and is back after standstills of one and five seconds', async () => {
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id: ROOM, title: 'Far' });
  const proxy = await TcpProxy.open(server.url);
  onTestFinished(() => proxy.close());
  proxy.up.bytesPerSecond = UPLINK / 8;
  proxy.up.delayMs = 10;
  const where = { url: server.url, room: ROOM, token: server.token, receive: { video: true, audio: true } };
  const witness = await TestParticipant.join({ ...where, name: 'Witness' });
  // Without acknowledgements it gets whatever its socket takes, however busy the machine is.
  witness.stopSending();
  const { page, context, errors } = await openPage(browser);
  onTestFinished(() => context.close());
  const { pathname, hash } = new URL(body.links.join);
  await join(page, new URL(pathname + hash, proxy.url).href, 'Faraway');
  const moves = ({ sentFps, sentBitrate, shownFps, soundMs }: Figures): boolean =>
    sentFps > 4 && sentBitrate < UPLINK && shownFps > 4 && soundMs !== undefined && soundMs < 300;
  await figures(page, moves);

  for (const seconds of [1, 5]) {
    proxy.stall();
    await watch(witness, seconds);
    proxy.resume();
    await figures(page, moves);
  }

  const { body: people } = await server.api<{ items: ParticipantView[] }>('GET', `/api/rooms/${ROOM}/participants`);
  expect(people.items.map(({ name }) => name).toSorted()).toEqual(['Faraway', 'Witness']);
  // Whoever has a good line got every frame of the program and every packet of its sound.
  for (const track of [PROGRAM_TRACK.video, PROGRAM_TRACK.audio]) {
    const numbers = witness.received(track).map(({ header }) => header.seq);
    expect(numbers.filter((seq, index) => index > 0 && seq !== (numbers[index - 1] ?? 0) + 1)).toEqual([]);
  }
  expect(errors).toEqual([]);
  await witness.leave();
});
