/**
 * `npm run soak:mixer`: joins, leaves, layouts, screens and everything else that can happen, by chance; after each of them the
 * decoded program must show everybody in their place. See docs/benchmarks.md.
 */
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { systemClock } from '../src/util/clock.ts';
import { isEven } from './check/cadence.ts';
import { PatternShelf } from './check/coloured-people.ts';
import { runSeries } from './check/mixer-series.ts';
import { printReport } from './check/print-report.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { parseGiven, positive } from './options.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['events', 'seed'] as const);
  const events = Math.floor(positive('events', given.events, 200, 100_000));
  const seed = Math.floor(positive('seed', given.seed, systemClock.wallMs() % 1e6, 2 ** 31));
  const { path: ffmpeg, version } = await locateFfmpeg({});
  say(`${describeMachine(machineFacts(version))}, seed ${seed}`);
  const interrupted = new AbortController();
  // Not once: a second one, which npm sends on, would end it before it has cleaned up.
  process.on('SIGINT', () => interrupted.abort());
  const shelf = new PatternShelf(ffmpeg);
  const report = await runSeries({ ffmpeg, shelf, events, seed, say, signal: interrupted.signal });
  printReport(`${events} events, seed ${seed}`, report);
  if (!isEven(report) || report.skippedFrames > 0 || report.restarts > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
