import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { percentile } from '../../../bench/measure/statistics.ts';
import { LISTEN, preparePage, type Sighting, watchStamps } from '../../../bench/page/page-scripts.ts';
import { cameraReadings } from '../../../bench/page/readings.ts';
import { OpusDecoder } from '../../../src/mixer/opus-codec.ts';
import { PROGRAM_TRACK } from '../../../src/protocol/messages.ts';
import { launchShell, openPage } from '../../helpers/browser.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { TestParticipant, toneAndBeep } from '../../helpers/test-participant.ts';
import { TestServer } from '../../helpers/test-server.ts';
import { endWait, holdPageWaits } from '../held-waits.ts';
import { colourAt, join, seeMovement, soon } from '../room-steps.ts';

const HZ = { page: 1300, ana: 500 } as const;
const STAGE = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage')`;
const SECOND = 50;
/** Where the second of two people is in a program of 1280x720. */
const TILE = [640, 180] as const;
const PROGRAM_WIDTH = 1280;
/** The ground of its stamped picture. */
const CAMERA = [0x28, 0x64, 0x78] as const;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await TestServer.start();
  browser = await launchShell();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** A page with a stamp for a picture and a tone for a voice, in a room with somebody who has a tone and listens. */
async function enter(room: string, wishes: Readonly<Record<string, string>>) {
  await server.api('POST', '/api/rooms', { id: room, title: room });
  const wanted = { role: 'host', name: 'Page' };
  const { body } = await server.api<{ link: string }>('POST', `/api/rooms/${room}/tokens`, wanted);
  const where = { url: server.url, room, token: server.token, receive: { video: false, audio: true } };
  const ana = await TestParticipant.join({ ...where, name: 'Ana' }, { sound: toneAndBeep(HZ.ana, 3000) });
  const watched = await openPage(browser, { bypassCSP: true });
  await watched.page.addInitScript(preparePage(HZ.page));
  await holdPageWaits(watched.page);
  const link = new URL(body.link);
  for (const [name, value] of Object.entries(wishes)) link.searchParams.set(name, value);
  await join(watched.page, link.href, 'Page');
  return { ...watched, ana };
}

/** How loud the page's tone is in the newest second that somebody got back. */
function toneHeardBy(participant: TestParticipant): number {
  const packets = participant.received(PROGRAM_TRACK.audio).slice(-SECOND);
  const decoder = new OpusDecoder();
  const samples = packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0));
  return toneAmplitude(Float32Array.from(samples), HZ.page);
}

/** How loud the other's tone is in what goes to the speaker of the page's computer. */
async function toneHeardByPage(page: Page): Promise<number> {
  const bytes = Buffer.from(await page.evaluate<string>(LISTEN), 'base64');
  return toneAmplitude(new Float32Array(Uint8Array.from(bytes).buffer), HZ.ana);
}

/** Ages of the page's own pictures in the program that it is shown, milliseconds; none when it is shown the small rendition. */
async function agesOf(page: Page): Promise<readonly number[]> {
  await page.evaluate(watchStamps(`${STAGE}.canvas`, [TILE]));
  return soon(async () => {
    const width = await page.evaluate<number>(`${STAGE}.canvas.width`);
    const sightings = await page.evaluate<Sighting[]>('bench.sightings');
    const ages = cameraReadings(sightings, 0).map(({ ageMs }) => ageMs);
    if (ages.length < 30 && width === PROGRAM_WIDTH) throw new Error(`Only ${ages.length} stamps were read.`);
    return ages;
  });
}

/** Whether the page's own picture is where its tile is. */
async function seeOwn(page: Page): Promise<void> {
  await soon(async () => {
    const colour = await colourAt(page, 0.9, 0.68);
    const far = colour.map((value, index) => Math.abs(value - (CAMERA[index] ?? 0)));
    expect(Math.max(...far), colour.join()).toBeLessThan(30);
  });
}

/** Seen, heard, and hearing; prints how old its own picture is when it comes back. */
async function prove(room: string, wishes: Readonly<Record<string, string>>): Promise<void> {
  const { page, context, ana, errors } = await enter(room, wishes);
  await seeMovement(page);
  await seeOwn(page);
  await soon(() => expect(toneHeardBy(ana)).toBeGreaterThan(0.01));
  await soon(async () => expect(await toneHeardByPage(page)).toBeGreaterThan(0.01));
  const ages = await agesOf(page);
  const [p50, p95] = [0.5, 0.95].map((part) => percentile(ages, part).toFixed(0));
  process.stdout.write(`${room}: painted to seen p50 ${p50} ms, p95 ${p95} ms\n`);
  expect(errors).toEqual([]);
  await Promise.all([ana.leave(), context.close()]);
}

describe('a page in a browser without WebCodecs', () => {
  it('is seen and heard by the files of a recorder', () => prove('recorder', { capture: 'recorder' }));

  it('sees and hears by a video element', () => prove('element', { playback: 'mse' }));

  it('sends its picture again after the server gave it up, and is seen again', async () => {
    const { page, context, ana, errors } = await enter('again', { capture: 'recorder' });
    await seeOwn(page);
    const camera = () => {
      const people = server.server.rooms.pipeline('again')?.room.participants ?? [];
      const found = people.find(({ name }) => name === 'Page')?.tracks.get(1);
      if (!found) throw new Error('It is not published');
      return found;
    };
    const first = camera();
    first.events.emit('refused', { code: 'decode_failed', message: 'It cannot be decoded.' });
    await page.getByText('Your picture is not being sent: trying again').waitFor();
    expect(camera).toThrow('It is not published');
    await endWait(page, 10_000);
    await soon(() => expect(camera()).not.toBe(first));
    await seeOwn(page);
    expect(errors).toEqual([]);
    await Promise.all([ana.leave(), context.close()]);
  });

  it('does both', () => prove('both', { capture: 'recorder', playback: 'mse' }));
});
