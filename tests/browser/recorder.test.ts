import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { percentile } from '../../bench/measure/statistics.ts';
import { preparePage, type Sighting, watchStamps } from '../../bench/page/page-scripts.ts';
import { cameraReadings } from '../../bench/page/readings.ts';
import { OpusDecoder } from '../../src/mixer/opus-codec.ts';
import { PROGRAM_TRACK } from '../../src/protocol/messages.ts';
import { launchChromium, openPage, type WatchedPage } from '../helpers/browser.ts';
import { toneAmplitude } from '../helpers/decoded-program.ts';
import { TestParticipant } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';
import { join, seeMovement, soon } from './room-steps.ts';

const HZ = 1300;
const STAGE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage')`;
const SECOND = 50;
/** Where the second of two people is in a program of 1280x720. */
const TILE = [640, 180] as const;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page that sends files, with a stamp for a picture and a tone for a voice, in a room with somebody who listens. */
async function enter(room: string): Promise<WatchedPage & { ana: TestParticipant }> {
  await server.api('POST', '/api/rooms', { id: room, title: room });
  const wanted = { role: 'host', name: 'Page' };
  const { body } = await server.api<{ link: string }>('POST', `/api/rooms/${room}/tokens`, wanted);
  const receive = { video: false, audio: true };
  const ana = await TestParticipant.join({ url: server.url, room, token: server.token, name: 'Ana', receive });
  const watched = await openPage(browser, { bypassCSP: true });
  await watched.page.addInitScript(preparePage(HZ));
  const link = new URL(body.link);
  link.searchParams.set('capture', 'recorder');
  await join(watched.page, link.href, 'Page');
  return { ...watched, ana };
}

/** How loud the page's tone is in the newest second that somebody got back. */
function toneHeardBy(participant: TestParticipant): number {
  const packets = participant.received(PROGRAM_TRACK.audio).slice(-SECOND);
  const decoder = new OpusDecoder();
  const samples = packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0));
  return toneAmplitude(Float32Array.from(samples), HZ);
}

/** Ages of the page's own pictures in the program that it is shown, milliseconds. */
async function agesOf(page: Page): Promise<readonly number[]> {
  await page.evaluate(watchStamps(`${STAGE}.canvas`, [TILE]));
  return soon(async () => {
    const sightings = await page.evaluate<Sighting[]>('bench.sightings');
    const ages = cameraReadings(sightings, 0).map(({ ageMs }) => ageMs);
    if (ages.length < 60) throw new Error(`Only ${ages.length} stamps were read.`);
    return ages;
  });
}

describe('a page that sends the files of a recorder', () => {
  it('is seen and heard in the program, and says so of itself', async () => {
    const { page, ana, errors } = await enter('files');
    await seeMovement(page);
    await soon(() => expect(toneHeardBy(ana)).toBeGreaterThan(0.01));
    const ages = await agesOf(page);
    process.stdout.write(
      `recorder, painted to seen: p50 ${percentile(ages, 0.5).toFixed(0)} ms, p95 ${percentile(ages, 0.95).toFixed(0)} ms\n`,
    );
    expect(Math.max(...ages)).toBeLessThan(5000);
    expect(errors).toEqual([]);
    await ana.leave();
  });
});
