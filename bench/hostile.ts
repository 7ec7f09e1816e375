/**
 * `npm run bench:hostile`: how late the frames of a program are begun while somebody misbehaves, beside the same room when it is calm.
 * See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { systemClock } from '../src/util/clock.ts';
import { type Offence, misbehave, prepare } from '../tests/e2e/hostile/offence.ts';
import { PROCESSES, SOCKETS } from '../tests/e2e/hostile/peer-offences.ts';
import { GARBAGE, SIZES, UNDECODABLES } from '../tests/e2e/hostile/picture-offences.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { Stage } from '../tests/e2e/hostile/stage.ts';
import { BURDENS, FLAPPING, PERSISTENT, REPEATED, SOUNDS, TIMES } from '../tests/e2e/hostile/stream-offences.ts';
import { CROWD } from './hostile/crowd.ts';
import { IdleTicks } from './hostile/idle-ticks.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { pssOf, treeOf } from './measure/processes.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

/** One case. */
interface Row {
  readonly name: string;
  readonly seconds: number;
  /** Milliseconds after it was due, of each frame of the program. */
  readonly latenessMs: readonly number[];
  /** The same of a process that only looks at the time. */
  readonly idleMs: readonly number[];
  /** Frames that residents missed because the line to them was too slow. */
  readonly skipped: number;
  /** At the end, megabytes. */
  readonly serverMb: number;
  readonly mixerMb: number;
  /** What was not as it should be. */
  readonly wrong: readonly string[];
}

const ALL: readonly Offence[] = [
  ...SIZES,
  ...GARBAGE,
  ...SOUNDS,
  ...TIMES,
  ...SOCKETS,
  ...UNDECODABLES,
  ...PERSISTENT,
  REPEATED,
  ...PROCESSES,
  ...BURDENS,
  ...FLAPPING,
  CROWD,
];
const CALM = 'calm';
const FPS = 30;
const MB = 1024 * 1024;
/** The mixer reports once a second. */
const REPORT_FRAMES = 35;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function observe(
  server: ServerProcess,
  idle: IdleTicks,
  stage: Stage,
  name: string,
  act: () => Promise<readonly string[]>,
): Promise<Row> {
  await stage.frames(REPORT_FRAMES);
  server.takeLateness();
  idle.takeLateness();
  const mark = stage.mark();
  const startMs = systemClock.monotonicMs();
  const wrong = [...(await act())];
  await stage.residentsShown().catch((error: unknown) => wrong.push(messageOf(error)));
  await stage.frames(REPORT_FRAMES);
  const seconds = (systemClock.monotonicMs() - startMs) / 1000;
  const [mixer] = treeOf([{ pid: server.pid, kind: 'other' }]).filter(({ kind }) => kind === 'mixer');
  await stage.settled().catch((error: unknown) => wrong.push(messageOf(error)));
  const row = {
    name,
    seconds,
    latenessMs: server.takeLateness(),
    idleMs: idle.takeLateness(),
    skipped: stage.skipped(mark),
    serverMb: server.residentBytes / MB,
    mixerMb: mixer ? pssOf(mixer.pid) / 1024 : 0,
    wrong: [...wrong, ...stage.disturbances(mark)],
  };
  say(line(row).join('  '));
  for (const problem of row.wrong) say(`  ${problem}`);
  return row;
}

function line({ name, seconds, latenessMs, idleMs, skipped, serverMb, mixerMb, wrong }: Row): string[] {
  const late = (ms: readonly number[]): string[] =>
    [percentile(ms, 0.5), percentile(ms, 0.99), Math.max(0, ...ms)].map((one) => one.toFixed(1));
  const figures = [seconds.toFixed(0), ...late(latenessMs), late(idleMs).join(', ')];
  return [name, ...figures, String(skipped), serverMb.toFixed(0), mixerMb.toFixed(0), wrong.length === 0 ? '' : 'no'];
}

/** All frames of these as one case. */
function sum(rows: readonly Row[]): Omit<Row, 'name'> {
  const all = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    seconds: all(({ seconds }) => seconds),
    latenessMs: rows.flatMap(({ latenessMs }) => latenessMs),
    idleMs: rows.flatMap(({ idleMs }) => idleMs),
    skipped: all(({ skipped }) => skipped),
    serverMb: Math.max(0, ...rows.map(({ serverMb }) => serverMb)),
    mixerMb: Math.max(0, ...rows.map(({ mixerMb }) => mixerMb)),
    wrong: rows.flatMap(({ wrong }) => wrong),
  };
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['cases', 'calm', 'repeat', 'json'] as const);
  const calm = positive('calm', given.calm, 20, 600);
  const repeat = positive('repeat', given.repeat, 1, 100);
  const chosen = ALL.filter(({ name }) => given.cases === undefined || name.includes(given.cases));
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const server = await ServerProcess.start();
  const idle = new IdleTicks();
  const stage = await Stage.open(server, ffmpeg.path);
  let interrupted = false;
  // Not once: a second one, which npm sends on, would end the bench before it has cleaned up.
  process.on('SIGINT', () => {
    interrupted = true;
  });
  const rows: Row[] = [];
  try {
    await prepare(stage, chosen);
    const quiet = async (): Promise<readonly string[]> => {
      await stage.frames(Math.round(calm * FPS));
      return [];
    };
    rows.push(await observe(server, idle, stage, `${CALM}, before`, quiet));
    for (const offence of Array.from({ length: repeat }, () => chosen).flat()) {
      if (interrupted) break;
      rows.push(await observe(server, idle, stage, offence.name, () => misbehave(stage, [offence])));
    }
    rows.push(await observe(server, idle, stage, `${CALM}, after`, quiet));
  } finally {
    await stage.close();
    await server.close();
    await idle.close();
  }
  const cases = rows.filter(({ name }) => !name.startsWith(CALM));
  const together = { ...sum(cases), name: `any of these ${cases.length}` };
  const head = [
    'Somebody …',
    's',
    'p50 ms',
    'p99 ms',
    'max ms',
    'an idle process',
    'skipped',
    'server MB',
    'mixer MB',
    'as it should be',
  ];
  process.stdout.write(`\n${describeMachine(machine)}\n\n${table([head, ...[...rows, together].map(line)])}\n`);
  if (given.json !== undefined) writeFileSync(given.json, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
  if (rows.some(({ wrong }) => wrong.length > 0)) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
