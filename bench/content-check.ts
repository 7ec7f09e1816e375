/**
 * `npm run bench:mixer:content`: how like their sources cells are, and how far sound and picture are apart. See
 * docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { systemClock } from '../src/util/clock.ts';
import { type Similarity, measureFidelity } from './check/fidelity.ts';
import { paintedLoop } from './check/painted.ts';
import { type SyncResult, WAYS, apartOf, measureSync } from './check/sync.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, tileCounts } from './options.ts';
import { PROGRAM } from './program.ts';

const LEAST_SIMILARITY = 0.93;
const MOST_APART_MS = 40;
const SCENES = 6;
/** Frames of each way there and back. */
const SCENE_FRAMES = 90;
const PEOPLE_EACH = 3;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Fidelity {
  readonly tiles: number;
  readonly cells: readonly Similarity[];
}

function printFidelity(results: readonly Fidelity[]): void {
  const head = [`SSIM of cells at ${PROGRAM.kbit} kbit/s, ${PROGRAM.preset}`, 'luma', 'all', 'worst cell (all)'];
  const mean = (values: readonly number[]): string =>
    (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
  const rows = results.map(({ tiles, cells }) => [
    `${tiles} tiles`,
    mean(cells.map(({ luma }) => luma)),
    mean(cells.map(({ all }) => all)),
    Math.min(...cells.map(({ all }) => all)).toFixed(3),
  ]);
  process.stdout.write(`\n${table([head, ...rows])}\n`);
}

function printSync(results: readonly SyncResult[], seed: number): void {
  const ms = (value: number): string => value.toFixed(0);
  const head = [
    `Milliseconds that pictures come after sound, seed ${seed}`,
    'flashes',
    'p5',
    'p50',
    'p95',
    'apart, p95',
  ];
  const rows = results.flatMap(({ way, inProgram, inReturn }) =>
    [inProgram, inReturn].map((offsets, index) => [
      `${way.name}, ${index === 0 ? 'program' : 'return sound'}`,
      String(offsets.length),
      ...[0.05, 0.5, 0.95].map((share) => ms(percentile(offsets, share))),
      ms(apartOf(offsets)),
    ]),
  );
  process.stdout.write(`\n${table([head, ...rows])}\n`);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['tiles', 'flashes', 'seed', 'json'] as const);
  const tiles = tileCounts(given.tiles, [4, 9]);
  const flashes = Math.floor(positive('flashes', given.flashes, 30, 10_000));
  const seed = Math.floor(positive('seed', given.seed, systemClock.wallMs() % 1e6, 2 ** 31));
  const { path: ffmpeg, version } = await locateFfmpeg({});
  const machine = machineFacts(version);
  say(describeMachine(machine));
  const loops = [];
  for (let scene = 0; scene < SCENES; scene += 1) loops.push(await paintedLoop(ffmpeg, scene, SCENE_FRAMES));
  const fidelity: Fidelity[] = [];
  for (const count of tiles) {
    say(`${count} tiles`);
    fidelity.push({ tiles: count, cells: await measureFidelity({ ffmpeg, loops, tiles: count, samples: 24 }) });
  }
  say(`${flashes} flashes of ${PEOPLE_EACH * WAYS.length} people`);
  const { results: sync } = await measureSync({ ffmpeg, ways: WAYS, peopleEach: PEOPLE_EACH, flashes, seed });
  printFidelity(fidelity);
  printSync(sync, seed);
  if (given.json !== undefined)
    writeFileSync(given.json, `${JSON.stringify({ machine, seed, fidelity, sync }, undefined, 2)}\n`);
  const faithful = fidelity.every(({ cells }) => cells.every(({ all }) => all >= LEAST_SIMILARITY));
  const inStep = sync.every(
    ({ inProgram, inReturn, alone }) =>
      alone === 0 && [inProgram, inReturn].every((offsets) => apartOf(offsets) <= MOST_APART_MS),
  );
  if (!faithful || !inStep) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
