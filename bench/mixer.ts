/**
 * `npm run bench:mixer`: processor seconds of the whole process tree per second of program, ours beside the physical floor
 * and beside other programs, in turns. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { Content } from './content/content.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { type CpuTime, type Kind, timesOf, usedBetween } from './measure/processes.ts';
import { parseGiven, positive, someOf, tileCounts } from './options.ts';
import { type Sample, printReport } from './report.ts';
import { startFloor } from './rows/floor.ts';
import { missingForGstreamer, startGstreamer } from './rows/gstreamer.ts';
import { startOurs } from './rows/ours.ts';
import { ROWS, type RowName, type RowOptions, type RunningRow } from './rows/row.ts';
import { turnsOf } from './rows/turns.ts';
import { startXstack } from './rows/xstack.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
/**
 * Seconds before the window. FFmpeg and GStreamer are at their pace at once; the run time of the mixer compiles for half a minute
 * what it runs often, which at nine tiles is a fifth of what it costs, and rooms last longer.
 */
const WARMUP_SECONDS: Readonly<Record<RowName, number>> = { floor: 5, ours: 40, 'ours-clamped': 40, xstack: 5, gst: 5 };
/** Rows end by themselves this long after they should have been ended. */
const SPARE_SECONDS = 30;

const START: Readonly<Record<RowName, (options: RowOptions) => Promise<RunningRow>>> = {
  floor: startFloor,
  ours: (options) => startOurs(options, false),
  'ours-clamped': (options) => startOurs(options, true),
  xstack: startXstack,
  gst: startGstreamer,
};

/** The row that runs, so that a Ctrl-C ends it too. */
interface Current {
  row: RunningRow | undefined;
  readonly interrupted: AbortController;
}

async function measure(
  name: RowName,
  options: RowOptions,
  times: { warmupSeconds: number; seconds: number },
  current: Current,
): Promise<Omit<Sample, 'round'>> {
  const row = await START[name](options);
  current.row = row;
  const { signal } = current.interrupted;
  try {
    await sleep(systemClock, times.warmupSeconds * 1000, signal);
    await row.begin();
    const [fromMs, from] = [systemClock.monotonicMs(), timesOf(row.roots)];
    await sleep(systemClock, times.seconds * 1000, signal);
    const [toMs, to] = [systemClock.monotonicMs(), timesOf(row.roots)];
    const quality = await row.end();
    if (signal.aborted) throw new Error('Interrupted');
    const seconds = (toMs - fromMs) / 1000;
    const kinds: Partial<Record<Kind, CpuTime>> = {};
    let total = 0;
    for (const [kind, { user, system }] of usedBetween(from, to)) {
      kinds[kind] = { user: user / seconds, system: system / seconds };
      total += (user + system) / seconds;
    }
    return { row: name, tiles: options.tiles, perSecond: total, kinds, quality };
  } finally {
    current.row = undefined;
    await row.stop();
  }
}

async function main(): Promise<void> {
  const names = ['tiles', 'rounds', 'seconds', 'warmup', 'rows', 'json', 'media'] as const;
  const given = parseGiven(process.argv.slice(2), names);
  const options = {
    tiles: tileCounts(given.tiles, [1, 4, 9, 16]),
    rounds: Math.floor(positive('rounds', given.rounds, 3, 100)),
    seconds: positive('seconds', given.seconds, 20, 3600),
    warmupSeconds: given.warmup === undefined ? undefined : positive('warmup', given.warmup, 5, 600),
    rows: someOf('rows', given.rows, ROWS),
  };
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const content = new Content({ ffmpeg: ffmpeg.path, folder: given.media, say });
  const noGstreamer = options.rows.includes('gst') ? await missingForGstreamer() : undefined;
  if (noGstreamer !== undefined) say(`gst is left out: ${noGstreamer}`);
  const rows = options.rows.filter((row) => row !== 'gst' || noGstreamer === undefined);
  const current: Current = { row: undefined, interrupted: new AbortController() };
  // Not once: a second one, which npm sends on, would end the bench before it has cleaned up.
  process.on('SIGINT', () => current.interrupted.abort());
  const samples: Sample[] = [];
  for (const tiles of options.tiles) {
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const row of turnsOf(rows)) {
        if (current.interrupted.signal.aborted) break;
        try {
          const { seconds, warmupSeconds = WARMUP_SECONDS[row] } = options;
          const longestSeconds = Math.ceil(warmupSeconds + seconds + SPARE_SECONDS);
          const wanted = { ffmpeg: ffmpeg.path, content, tiles, longestSeconds };
          const sample = { ...(await measure(row, wanted, { warmupSeconds, seconds }, current)), round };
          samples.push(sample);
          say(`${tiles} tiles, round ${round}, ${row}: ${sample.perSecond.toFixed(3)} s per second`);
        } catch (error) {
          say(`${tiles} tiles, round ${round}, ${row}: failed: ${String(error)}`);
          process.exitCode = 1;
        }
      }
    }
  }
  printReport({ machine, options, samples, noGstreamer });
  if (given.json !== undefined) {
    writeFileSync(given.json, `${JSON.stringify({ machine, options, samples }, undefined, 2)}\n`);
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
