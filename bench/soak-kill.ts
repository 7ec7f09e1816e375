/**
 * `npm run soak:kill -- --rounds 100 --seed 1`: kills server, mixer, encoder, worker and Redis at random moments while recordings
 * are made and archived. Every recording has to end as a film that can be played, without more than a part and an fsync
 * interval lost, archived once, and with no process left behind. Ends with 1 when one does not.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingView } from '../src/api/ports.ts';
import { messageOf } from '../src/errors.ts';
import { systemClock } from '../src/util/clock.ts';
import { seededRandom } from './content/random.ts';
import { playRound, type RoundPlan, type RoundResult, VICTIMS, type Victim } from './kill/round.ts';
import { openStage } from './kill/stage.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, someOf } from './options.ts';

/** Seconds. */
const SHORTEST = 1.5;
const LONGEST = 4;
/** How long an archive may be struck. */
const ARCHIVE = 1.5;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Each victim comes equally often, in an order that nobody knows. */
function planRounds(rounds: number, seed: number, victims: readonly Victim[]): readonly RoundPlan[] {
  const random = seededRandom(seed);
  return Array.from({ length: rounds }, (_, round) => ({ round, luck: random() }))
    .toSorted((a, b) => a.luck - b.luck)
    .map(({ round }) => {
      const stopAt = SHORTEST + random() * (LONGEST - SHORTEST);
      return { victim: victims[round % victims.length] ?? 'server', stopAt, killAt: random() * (stopAt + ARCHIVE) };
    });
}

/** A round that did not come to its end; the next one finds the server as it is. */
function spoilt(error: unknown): RoundResult {
  const nothing = {
    recording: '',
    seconds: undefined,
    seen: undefined,
    lost: undefined,
    away: undefined,
    manifestMs: undefined,
  };
  return { ...nothing, attempts: '', faults: [messageOf(error)] };
}

/** Whatever was written after it was there: somebody archived it again. */
async function archivedTwice(dataDir: string, results: readonly RoundResult[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { recording, manifestMs } of results) {
    if (manifestMs === undefined) continue;
    const now = await stat(join(dataDir, 'recordings', recording, 'manifest.json')).catch(() => undefined);
    if (now?.mtimeMs !== manifestMs) faults.push(`${recording} was archived again, or is gone`);
  }
  return faults;
}

function summary(plans: readonly RoundPlan[], results: readonly RoundResult[]): string {
  const worst = (values: readonly (number | undefined)[]): string => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? '-' : Math.max(...known).toFixed(2);
  };
  const rows = VICTIMS.map((victim) => {
    const of = results.filter((_, round) => plans[round]?.victim === victim);
    const bad = of.filter(({ faults }) => faults.length > 0).length;
    const figures = [worst(of.map(({ lost }) => lost)), worst(of.map(({ away }) => away))];
    return [victim, String(of.length), ...figures, String(bad)];
  });
  return table([['killed', 'times', 'worst loss, s', 'longest away, s', 'faulty rounds'], ...rows]);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['rounds', 'seed', 'victims', 'log'] as const);
  const rounds = Math.floor(positive('rounds', given.rounds, 100, 10_000));
  const seed = Math.floor(positive('seed', given.seed, 1 + Math.floor(Math.random() * 1e6), 2 ** 31));
  const plans = planRounds(rounds, seed, someOf('victims', given.victims, VICTIMS));
  say(`${rounds} rounds, seed ${seed}`);
  const startMs = systemClock.monotonicMs();
  const stage = await openStage(given.log === undefined ? undefined : (line) => say(`    ${line}`));
  const results: RoundResult[] = [];
  const faults: string[] = [];
  try {
    for (const [round, plan] of plans.entries()) {
      const { victim, stopAt, killAt } = plan;
      const result = await playRound(stage, plan).catch(spoilt);
      results.push(result);
      const { seconds, seen, lost, away, attempts } = result;
      const figures = [
        `stop ${stopAt.toFixed(2)} s`,
        `kill ${killAt.toFixed(2)} s`,
        `film ${seconds?.toFixed(2) ?? '-'} s`,
        ...(seen === undefined ? [] : [`${seen} pictures seen`]),
        ...(lost === undefined ? [] : [`lost ${lost.toFixed(2)} s`]),
        ...(away === undefined ? [] : [`away ${away.toFixed(2)} s`]),
        ...(attempts === '' ? [] : [attempts]),
      ];
      say(
        `${String(round + 1).padStart(4)} ${victim.padEnd(8)} ${figures.join(', ')}${result.faults.map((fault) => `\n     FAULT ${fault}`).join('')}`,
      );
      faults.push(...result.faults);
    }
    const unfinished = await stage.server.api<{ items: RecordingView[] }>('GET', '/api/recordings?state=archiving');
    faults.push(...unfinished.items.map(({ id }) => `the archive of ${id} was never made`));
    faults.push(...(await archivedTwice(stage.server.dataDir, results)));
  } catch (error) {
    faults.push(`the series ended: ${messageOf(error)}`);
  } finally {
    faults.push(...(await stage.close()));
  }
  const minutes = (systemClock.monotonicMs() - startMs) / 60_000;
  say(
    `\n${summary(plans, results)}\n\n${results.length} of ${rounds} rounds in ${minutes.toFixed(1)} minutes, seed ${seed}`,
  );
  say(faults.length === 0 ? 'Nothing was lost that may not be.' : `${faults.length} faults:\n${faults.join('\n')}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

void main();
