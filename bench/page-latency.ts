/**
 * `npm run bench:latency`: how old the pictures are that a participant sees in a real browser, how far sound and picture are
 * apart there, and what the page itself says about it. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { launchChromium, openPage } from '../tests/helpers/browser.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { median, percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';
import { COLLECT, type Heard, preparePage, type Sighting, watchStamps } from './page/page-scripts.ts';
import { type Reading, beepOffsets, cameraReadings, loopReadings } from './page/readings.ts';
import { joinStamped } from './page/stamped-people.ts';

const ROOM = 'latency';
const OTHERS = 3;
const NAME = 'Browser';
/** Where tiles of 640x360 are in a grid of four. */
const CORNERS = [
  [0, 0],
  [640, 0],
  [0, 360],
  [640, 360],
] as const;
const CANVAS = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').canvas`;
const STATS = `document.querySelector('gridcast-room').shadowRoot.querySelector('gridcast-room-stage').session.stats`;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Row {
  readonly what: string;
  readonly values: readonly number[];
}

/** The page's own figures of a second. */
interface PageStats {
  readonly shownFps: number;
  /** From the camera of the slowest of the others to the canvas. */
  readonly glassToGlassMs?: number;
}

async function enter(page: Page, link: string): Promise<void> {
  await page.addInitScript(preparePage());
  await page.goto(link);
  await page.getByLabel('Your name').fill(NAME);
  await page.getByRole('button', { name: 'Camera', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText(/^Connected/).waitFor();
}

async function observe(
  page: Page,
  seconds: number,
): Promise<{ sightings: Sighting[]; heard: Heard; own: PageStats[] }> {
  await page.evaluate(watchStamps(CANVAS, CORNERS));
  const own: PageStats[] = [];
  for (let second = 0; second < seconds; second += 1) {
    await sleep(systemClock, 1000);
    own.push(await page.evaluate<PageStats>(STATS));
  }
  return { ...(await page.evaluate<{ sightings: Sighting[]; heard: Heard }>(COLLECT)), own };
}

function print(rows: readonly Row[]): void {
  const ms = (value: number): string => value.toFixed(0);
  const lines = rows.map(({ what, values }) => [
    what,
    String(values.length),
    ms(percentile(values, 0.05)),
    ms(percentile(values, 0.5)),
    ms(percentile(values, 0.95)),
    ms(Math.max(0, ...values)),
  ]);
  process.stdout.write(`\n${table([['Milliseconds', 'seen', 'p5', 'p50', 'p95', 'max'], ...lines])}\n`);
}

const ages = (readings: readonly Reading[]): readonly number[] => readings.map(({ ageMs }) => ageMs);

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['seconds', 'warmup', 'json'] as const);
  const seconds = Math.floor(positive('seconds', given.seconds, 30, 3600));
  const warmup = positive('warmup', given.warmup, 60, 600);
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const server = await ServerProcess.start();
  const browser = await launchChromium();
  try {
    const authorization = `Bearer ${server.token}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = JSON.stringify({ id: ROOM, title: 'Latency' });
    const answer = await fetch(`${server.url}/api/rooms`, { method: 'POST', headers, body });
    const { links } = (await answer.json()) as { links: { join: string } };
    const where = { url: server.url, room: ROOM, token: server.token };
    const people = await joinStamped(ffmpeg.path, where, OTHERS);
    const { page, errors } = await openPage(browser, { viewport: { width: 1400, height: 900 }, bypassCSP: true });
    await enter(page, new URL(links.join, server.url).href);
    await sleep(systemClock, warmup * 1000);
    const { sightings, heard, own } = await observe(page, seconds);
    const sound = new Float32Array(Uint8Array.from(Buffer.from(heard.samples, 'base64')).buffer);
    const others = people.map(({ originMs }, tile) => loopReadings(sightings, tile, originMs));
    const camera = cameraReadings(sightings, OTHERS);
    const offsets = people.flatMap(({ beepHz }, tile) =>
      beepOffsets(others[tile] ?? [], { startMs: heard.startMs, samples: sound }, beepHz),
    );
    const said = own.flatMap(({ glassToGlassMs }) => (glassToGlassMs === undefined ? [] : [glassToGlassMs]));
    const rows: Row[] = [
      ...others.map((readings, index) => ({ what: `picture of somebody else, ${index + 1}`, values: ages(readings) })),
      { what: 'own camera, painted to seen', values: ages(camera) },
      { what: 'all four', values: [...others.flat(), ...camera].map(({ ageMs }) => ageMs) },
      { what: 'picture after its sound', values: offsets },
      { what: 'what the page says, of the slowest', values: said },
    ];
    print(rows);
    const all = rows[OTHERS + 1]?.values ?? [];
    const apart = percentile(offsets.map(Math.abs), 0.95);
    const slowest = Math.max(...others.map((readings) => median(ages(readings))));
    const off = Math.abs(median(said) - slowest);
    const fps = median(own.map(({ shownFps }) => shownFps));
    say(
      `glass to glass p95 ${percentile(all, 0.95).toFixed(0)} ms, sound and picture apart p95 ${apart.toFixed(0)} ms,`,
    );
    say(`the page's figure ${off.toFixed(0)} ms from the pixels', ${fps.toFixed(1)} pictures a second`);
    for (const error of errors) say(`the page: ${error}`);
    if (given.json !== undefined)
      writeFileSync(given.json, `${JSON.stringify({ machine, rows, own }, undefined, 2)}\n`);
    for (const { participant } of people) await participant.leave();
  } finally {
    await browser.close();
    await server.close();
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
