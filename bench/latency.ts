/**
 * `npm run bench:mixer:latency`: from somebody's first key frame to their picture in the decoded program, and from a new
 * layout to the decoded program that shows it. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { systemClock } from '../src/util/clock.ts';
import { Content } from './content/content.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import type { LatencyResult } from './measure/latency-result.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';
import { measureChanges } from './room/layout-changes.ts';
import { measureJoins } from './room/joins.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function print(results: readonly LatencyResult[], seed: number): void {
  const ms = (value: number): string => value.toFixed(0);
  const lines = results.map(({ what, times, never, missingFrames }) => [
    what,
    String(times.length),
    ms(percentile(times, 0.5)),
    ms(percentile(times, 0.95)),
    ms(Math.max(0, ...times)),
    String(never),
    String(missingFrames),
  ]);
  const head = ['Milliseconds', 'tries', 'p50', 'p95', 'max', 'never seen', 'missing frames'];
  process.stdout.write(`\nSeed ${seed}\n\n${table([head, ...lines])}\n`);
}

async function main(): Promise<void> {
  const names = ['joins', 'changes', 'residents', 'seed', 'json', 'media'] as const;
  const given = parseGiven(process.argv.slice(2), names);
  const joins = Math.floor(positive('joins', given.joins, 40, 10_000));
  const changes = Math.floor(positive('changes', given.changes, 40, 10_000));
  const residents = Math.floor(positive('residents', given.residents, 3, 15));
  const seed = Math.floor(positive('seed', given.seed, systemClock.wallMs() % 1e6, 2 ** 31));
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(`${describeMachine(machine)}, seed ${seed}`);
  const interrupted = new AbortController();
  // Not once: a second one, which npm sends on, would end the bench before it has cleaned up.
  process.on('SIGINT', () => interrupted.abort());
  const content = new Content({ ffmpeg: ffmpeg.path, folder: given.media, say });
  const common = { ffmpeg: ffmpeg.path, content, seed, say, signal: interrupted.signal };
  const results = [
    ...(await measureJoins({ ...common, joins, residents })),
    ...(await measureChanges({ ...common, changes })),
  ];
  print(results, seed);
  if (given.json !== undefined)
    writeFileSync(given.json, `${JSON.stringify({ machine, seed, results }, undefined, 2)}\n`);
  if (results.some(({ never, missingFrames }) => never + missingFrames > 0)) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
