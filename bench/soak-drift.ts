/**
 * `npm run soak:drift`: an hour, simulated, of people whose clocks are off by 300 millionths or more, heard on sound cards that are off
 * as well. See docs/benchmarks.md.
 */
import { messageOf } from '../src/errors.ts';
import { systemClock } from '../src/util/clock.ts';
import { type DriftResult, simulateDrift } from './check/drift.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const MOST_APART_MS = 40;
const LEAST_PEAK_SHARE = 0.9;
/** What the page's sound buffer follows. */
const MOST_LISTENER_PPM = 1000;
const DIRECTIONS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

function wrongIn({ offsetsMs, sent, peaks, holes, underruns, skips }: DriftResult): string[] {
  const wrong: string[] = [];
  // The last one may still be on its way.
  if (offsetsMs.length < sent - 1) wrong.push(`${sent - offsetsMs.length} beeps without a flash`);
  if (Math.max(...offsetsMs.map(Math.abs)) > MOST_APART_MS) wrong.push('sound and picture too far apart');
  if (Math.min(...peaks) < LEAST_PEAK_SHARE * Math.max(...peaks)) wrong.push('the level is not stable');
  if (holes + underruns + skips > 0) wrong.push('sound was interrupted');
  return wrong;
}

function main(): void {
  const given = parseGiven(process.argv.slice(2), ['minutes', 'ppm', 'seed'] as const);
  const minutes = positive('minutes', given.minutes, 60, 24 * 60);
  const ppm = positive('ppm', given.ppm, 300, 12_000);
  const seed = Math.floor(positive('seed', given.seed, systemClock.wallMs() % 1e6, 2 ** 31));
  const wrong: string[] = [];
  const lines = DIRECTIONS.map(([sender, listener]) => {
    const listenerPpm = listener * Math.min(ppm, MOST_LISTENER_PPM);
    const options = { seconds: minutes * 60, senderPpm: sender * ppm, listenerPpm, seed };
    const result = simulateDrift(options);
    wrong.push(...wrongIn(result));
    const apart = result.offsetsMs.map(Math.abs);
    return [
      `${options.senderPpm} / ${options.listenerPpm}`,
      `${apart.length} of ${result.sent}`,
      percentile(apart, 0.95).toFixed(1),
      Math.max(...apart).toFixed(1),
      `${Math.min(...result.peaks).toFixed(3)} to ${Math.max(...result.peaks).toFixed(3)}`,
      `${result.stockMs.least.toFixed(0)} to ${result.stockMs.most.toFixed(0)}`,
      `${result.holes} + ${result.underruns} + ${result.skips}`,
    ];
  });
  const head = ['millionths', 'beeps', 'apart ms p95', 'max', 'peak', 'stock ms', 'breaks'];
  process.stdout.write(`${minutes} minutes, seed ${seed}\n\n${table([head, ...lines])}\n`);
  for (const one of wrong) process.stderr.write(`${one}\n`);
  if (wrong.length > 0) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
