/** A person in a real browser whose line is slow, stands still, breaks and is restless; and everybody else meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LOOP } from '../../../bench/page/readings.ts';
import { joinStamped } from '../../../bench/page/stamped-people.ts';
import type { ParticipantView } from '../../../src/api/ports.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import type { FrameHeader } from '../../../src/protocol/frame.ts';
import { PROGRAM_TRACK } from '../../../src/protocol/messages.ts';
import { launchShell, openPage, QUICK_CAMERA } from '../../helpers/browser.ts';
import { readStamps } from '../../helpers/stamped-program.ts';
import { TcpProxy } from '../../helpers/tcp-proxy.ts';
import { TestParticipant } from '../../helpers/test-participant.ts';
import { TestServer } from '../../helpers/test-server.ts';
import { type Carried, WireTap } from '../../helpers/wire-tap.ts';
import { join, soon } from '../room-steps.ts';

const ROOM = 'far';
const PROGRAM = { width: 640, height: 360, framerate: 15 } as const;
/** The tile of who came first, of three. */
const FIRST = { x: 0, y: 0, width: 320, height: 180 } as const;
const UPLINK = 300_000;
const [MICROPHONE, CAMERA] = [0, 1];
/** Pictures are held back for at least so long before a standstill is one. */
const GAP_US = 400_000;
/** After so long nothing more is sent into a line that stands still, milliseconds. */
const SHUT_MS = 1200;
/** Key frames come by themselves after four seconds. */
const REGULAR_US = 3_900_000;
const MOST_NEEDLESS = 3;
const STATS = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session.stats`;

interface Figures {
  readonly sentFps: number;
  readonly sentBitrate: number;
  readonly shownFps: number;
  readonly soundMs?: number;
}

let browser: Browser;
let server: TestServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'gridcast-slow-line-'));
  server = await TestServer.start({ program: PROGRAM });
  browser = await launchShell([QUICK_CAMERA]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The page's own figures of a second, once they are such. */
function figures(page: Page, enough: (figures: Figures) => boolean): Promise<Figures> {
  return soon(async () => {
    const now = await page.evaluate<Figures | undefined>(STATS);
    if (!now || !enough(now)) throw new Error(`Not enough: ${JSON.stringify(now)}`);
    return now;
  });
}

/** Nothing moves, on the connections there are or, when `cut`, on none there will be. */
interface Fault {
  readonly seconds: number;
  readonly cut: boolean;
}

const FAULTS: readonly Fault[] = [
  { seconds: 1, cut: false },
  { seconds: 5, cut: false },
  { seconds: 5, cut: true },
];

/** Resolves when sound that arrives from now on is young again: beyond the line's own delay, whatever the clocks. */
async function heardAgain(wire: WireTap): Promise<void> {
  const sounds = (): number[] => wire.up(MICROPHONE).map(({ atMs, header }) => atMs - header.captureUs / 1000);
  const known = sounds().length;
  await soon(() => {
    const least = sounds().reduce((smallest, each) => Math.min(smallest, each));
    const newest = sounds().slice(Math.max(known, sounds().length - 25));
    expect(newest).toHaveLength(25);
    expect((newest.toSorted((a, b) => a - b)[12] ?? Number.NaN) - least).toBeLessThan(300);
  });
}

/** Key frames with no reason: neither is it their time, nor had the pictures stood still, nor is their size a new one. */
function needlessKeyframes(pictures: readonly Carried[]): FrameHeader[] {
  let keyUs = Number.NEGATIVE_INFINITY;
  return pictures.flatMap(({ header }, index) => {
    if (!header.keyframe) return [];
    const { captureUs, configId } = header;
    const before = pictures[index - 1]?.header;
    const stoodUs = captureUs - (before?.captureUs ?? Number.NEGATIVE_INFINITY);
    const regular = captureUs - keyUs > REGULAR_US;
    keyUs = captureUs;
    return regular || stoodUs > GAP_US || before?.configId !== configId ? [] : [header];
  });
}

/** The first picture that was captured after a moment of our clock. */
function firstAfter(pictures: readonly Carried[], ms: number): FrameHeader | undefined {
  const offsets = pictures.map(({ atMs, header }) => atMs - header.captureUs / 1000);
  const least = offsets.reduce((smallest, each) => Math.min(smallest, each));
  return pictures.find(({ header }) => header.captureUs / 1000 + least > ms)?.header;
}

it('sends what its line carries and is back after each fault with one key frame; no other tile stands still', async () => {
  const { body } = await server.api<{ links: { join: string } }>('POST', '/api/rooms', { id: ROOM, title: 'Far' });
  const ffmpeg = (await locateFfmpeg({})).path;
  const wire = new WireTap();
  const proxy = await TcpProxy.open(server.url, wire.tap);
  onTestFinished(() => proxy.close());
  proxy.up.bytesPerSecond = UPLINK / 8;
  proxy.up.delayMs = 10;
  const where = { url: server.url, room: ROOM, token: server.token };
  const [stamped] = await joinStamped(ffmpeg, where, 1);
  onTestFinished(() => stamped?.participant.stopSending());
  const witness = await TestParticipant.join({ ...where, name: 'Witness', receive: { video: true, audio: true } });
  // Without acknowledgements it gets whatever its socket takes, however busy the machine is.
  witness.stopSending();
  const { page, context, errors } = await openPage(browser);
  onTestFinished(() => context.close());
  const { pathname, hash } = new URL(body.links.join);
  await join(page, new URL(pathname + hash, proxy.url).href, 'Faraway');
  const moves = ({ sentFps, sentBitrate, shownFps, soundMs }: Figures): boolean =>
    sentFps > 4 && sentBitrate < UPLINK && shownFps > 4 && soundMs !== undefined && soundMs < 300;
  await figures(page, moves);
  await heardAgain(wire);

  for (const { seconds, cut } of FAULTS) {
    const asked = wire.said.length;
    const fault = proxy.standStill(1000 * seconds);
    if (cut) proxy.cut();
    const beganMs = await fault;
    await figures(page, moves);
    await heardAgain(wire);
    // The gate shut long before; a key frame on its way may excuse a second of silence.
    if (seconds > 1) expect(firstAfter(wire.up(CAMERA), beganMs + SHUT_MS)?.keyframe).toBe(true);
    // The sender begins anew by itself; whoever is asked is asked once.
    const requests = wire.said.slice(asked).filter(({ type }) => type === 'keyframe');
    for (const way of ['up', 'down']) expect(requests.filter((one) => one.way === way).length).toBeLessThanOrEqual(1);
  }

  proxy.up.bytesPerSecond = Number.POSITIVE_INFINITY;
  for (const rules of [proxy.up, proxy.down]) rules.jitterMs = 200;
  const asked = wire.said.length;
  await witness.programFrames(2 * PROGRAM.framerate);
  await heardAgain(wire);
  await figures(page, ({ sentFps, shownFps }) => sentFps > 4 && shownFps > 4);
  expect(wire.said.slice(asked).filter(({ type }) => type === 'keyframe')).toEqual([]);

  // An encoder may begin anew by itself where it takes a leap for another scene.
  expect(needlessKeyframes(wire.up(CAMERA)).length).toBeLessThanOrEqual(MOST_NEEDLESS);
  // What comes down never goes on in the middle of a group, and what goes up leaves no number out.
  const shown = wire.down(PROGRAM_TRACK.video);
  expect(shown.filter((one, index) => !one.header.keyframe && !follows(shown[index - 1], one))).toEqual([]);
  const pictures = wire.up(CAMERA);
  expect(pictures.filter((one, index) => !one.header.keyframe && !follows(pictures[index - 1], one))).toEqual([]);

  const { body: people } = await server.api<{ items: ParticipantView[] }>('GET', `/api/rooms/${ROOM}/participants`);
  expect(people.items.map(({ name }) => name).toSorted()).toEqual(['Faraway', 'Stamp 1', 'Witness']);
  // Whoever has a good line got every frame of the program and every packet of its sound.
  for (const track of [PROGRAM_TRACK.video, PROGRAM_TRACK.audio]) {
    const numbers = witness.received(track).map(({ header }) => header.seq);
    expect(numbers.filter((seq, index) => index > 0 && seq !== (numbers[index - 1] ?? 0) + 1)).toEqual([]);
  }
  const frames = witness.received(PROGRAM_TRACK.video);
  const stamps = await readStamps(ffmpeg, joinPath(folder, 'program.h264'), frames, FIRST);
  expect(stamps).toHaveLength(frames.length);
  const steps = stepsOf(stamps.slice(stamps.findIndex((stamp) => stamp !== undefined)));
  // Each tick has a new picture where the machine keeps up. Nowhere is one shown for as long as a fault lasts, or an older one.
  expect(steps.filter((step) => !(step < LOOP.frames / 2))).toEqual([]);
  expect(longestRun(steps, 0)).toBeLessThan(PROGRAM.framerate);
  expect(errors.filter((error) => !error.includes('WebSocket'))).toEqual([]);
  await witness.leave();
});

function follows(before: Carried | undefined, after: Carried): boolean {
  return after.header.seq === ((before?.header.seq ?? Number.NaN) + 1) >>> 0;
}

/** By how much a number goes on from tick to tick, around the end of the loop; NaN where none was read. */
function stepsOf(stamps: readonly (number | undefined)[]): number[] {
  return stamps.slice(1).map((stamp, index) => {
    return ((stamp ?? Number.NaN) - (stamps[index] ?? Number.NaN) + LOOP.frames) % LOOP.frames;
  });
}

/** So often a value follows itself at most. */
function longestRun(values: readonly number[], value: number): number {
  let [run, longest] = [0, 0];
  for (const each of values) {
    run = each === value ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
