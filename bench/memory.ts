/**
 * `npm run bench:mixer:memory`: what a room's processes hold, as proportional set size, from one tile to 25, and whether it
 * grows while nothing changes. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { Content } from './content/content.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { type Kind, pssOf, treeOf } from './measure/processes.ts';
import { slopeOf } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, tileCounts } from './options.ts';
import { startOurs } from './rows/ours.ts';
import type { RowOptions, RunningRow } from './rows/row.ts';

const KINDS = ['mixer', 'x264', 'AAC', 'decoders'] as const satisfies readonly Kind[];
type Part = (typeof KINDS)[number];
const SAMPLE_SECONDS = 1;
const SPARE_SECONDS = 60;

/** Megabytes at one moment. */
type Held = Readonly<Record<Part, number>>;

interface Room {
  readonly tiles: number;
  /** At the end. */
  readonly held: Held;
  /** Megabytes per minute over the whole time, by the slope of all samples. */
  readonly growth: Held;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function heldBy(row: RunningRow): Held {
  const held = { mixer: 0, x264: 0, AAC: 0, decoders: 0 };
  for (const { pid, kind } of treeOf(row.roots)) {
    const part = KINDS.find((one) => one === kind);
    if (part) held[part] += pssOf(pid) / 1024;
  }
  return held;
}

const each = (of: (part: Part) => number): Held => ({
  mixer: of('mixer'),
  x264: of('x264'),
  AAC: of('AAC'),
  decoders: of('decoders'),
});

async function watch(options: RowOptions, warmup: number, seconds: number, signal: AbortSignal): Promise<Room> {
  const row = await startOurs(options, false);
  try {
    await sleep(systemClock, warmup * 1000, signal);
    const samples: Held[] = [];
    for (let second = 0; second <= seconds && !signal.aborted; second += SAMPLE_SECONDS) {
      samples.push(heldBy(row));
      await sleep(systemClock, SAMPLE_SECONDS * 1000, signal);
    }
    if (signal.aborted) throw new Error('Interrupted');
    await row.end();
    const perMinute = 60 / SAMPLE_SECONDS;
    return {
      tiles: options.tiles,
      held: each((part) => samples.at(-1)?.[part] ?? 0),
      growth: each((part) => slopeOf(samples.map((held, index) => [index, held[part]])) * perMinute),
    };
  } finally {
    await row.stop();
  }
}

const total = (held: Held): number => KINDS.reduce((sum, part) => sum + held[part], 0);
const mb = (value: number): string => value.toFixed(1);

function print(rooms: readonly Room[], seconds: number): void {
  const lines = rooms.map(({ tiles, held, growth }) => [
    String(tiles),
    ...KINDS.map((part) => mb(held[part])),
    mb(held.decoders / tiles),
    mb(total(held)),
    mb(growth.mixer),
    mb(total(growth)),
  ]);
  const head = ['Tiles', ...KINDS, 'one decoder', 'all', 'mixer, a minute', 'all, a minute'];
  process.stdout.write(`\nMegabytes (PSS), and their growth over ${seconds} s\n\n${table([head, ...lines])}\n`);
  if (rooms.length < 2) return;
  const fit = (of: (room: Room) => number): string => {
    const points = rooms.map((room) => [room.tiles, of(room)] as const);
    const slope = slopeOf(points);
    const mean = points.reduce((sum, [, value]) => sum + value, 0) / points.length;
    const tiles = points.reduce((sum, [count]) => sum + count, 0) / points.length;
    return `${mb(mean - slope * tiles)} MB a room + ${mb(slope)} MB a tile`;
  };
  process.stdout.write(`\nAll processes: ${fit(({ held }) => total(held))}\n`);
  process.stdout.write(`The mixer process alone: ${fit(({ held }) => held.mixer)}\n`);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['tiles', 'seconds', 'warmup', 'json', 'media'] as const);
  const tiles = tileCounts(given.tiles, [1, 4, 9, 16, 25]);
  const seconds = positive('seconds', given.seconds, 30, 3600);
  const warmup = positive('warmup', given.warmup, 10, 600);
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const content = new Content({ ffmpeg: ffmpeg.path, folder: given.media, say });
  const interrupted = new AbortController();
  // Not once: a second one, which npm sends on, would end the bench before it has cleaned up.
  process.on('SIGINT', () => interrupted.abort());
  const rooms: Room[] = [];
  for (const count of tiles) {
    if (interrupted.signal.aborted) break;
    const longestSeconds = Math.ceil(warmup + seconds + SPARE_SECONDS);
    const room = await watch(
      { ffmpeg: ffmpeg.path, content, tiles: count, longestSeconds },
      warmup,
      seconds,
      interrupted.signal,
    );
    say(`${count} tiles: ${mb(total(room.held))} MB`);
    rooms.push(room);
  }
  print(rooms, seconds);
  if (given.json !== undefined)
    writeFileSync(given.json, `${JSON.stringify({ machine, seconds, rooms }, undefined, 2)}\n`);
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
