/**
 * `npm run bench:viewers`: what hundreds of low-latency viewers cost a server and how they fare, and what a thousand requests leave
 * behind that are given up. See docs/benchmarks.md.
 */
import { writeFileSync } from 'node:fs';
import { setDefaultCACertificates } from 'node:tls';
import { formatReport, type LoadReport, summarize } from '../src/cli/viewers/load-report.ts';
import { type LoadPlan, ViewerThreads } from '../src/cli/viewers/viewer-threads.ts';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { inFiles, makeLocal } from '../tests/helpers/local-certificate.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, someOf } from './options.ts';
import { joinStamped } from './page/stamped-people.ts';
import { type AbortRound, abortRounds } from './viewers/aborted-requests.ts';
import { BenchServer, type LoopDelay } from './viewers/server-process.ts';

const ROOM = 'viewers';
const PEOPLE = 4;
const RAMP_SECONDS = 5;
const POLL_MS = 200;
const ABORTED = 1000;
const ROUNDS = 10;
/** Rounds after which the heap has grown to its size in use. */
const WARM_ROUNDS = 3;
const GROWTH_MB = 1;
const GOALS = { deliveryMs: 500, cores: 0.5, delayMs: 20 } as const;

interface Load {
  readonly report: LoadReport;
  /** Cores of the server process alone. */
  readonly cores: number;
  readonly delay: LoopDelay;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function openRoom(server: BenchServer, profile: string): Promise<void> {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id: ROOM, title: 'Viewers', viewing: { profile } });
  const { status } = await fetch(`${server.url}/api/rooms`, { method: 'POST', headers, body });
  if (status !== 201) throw new Error(`The room was answered with ${status}`);
}

async function untilLive(url: string): Promise<void> {
  while (!(await fetch(url)).ok) await sleep(systemClock, POLL_MS);
}

/** The server is looked at from the last join to the last viewer's going. */
async function load(server: BenchServer, plan: LoadPlan): Promise<Load> {
  const threads = new ViewerThreads(plan, systemClock);
  const running = threads.run();
  await sleep(systemClock, (plan.rampSeconds + 1) * 1000);
  server.beginWatch();
  const [before, beforeMs] = [server.processorTime, systemClock.monotonicMs()];
  // Over before they go: what it costs to let hundreds go at once is not what it costs to serve them.
  await Promise.race([running, sleep(systemClock, (plan.seconds - 2) * 1000)]);
  const [after, afterMs] = [server.processorTime, systemClock.monotonicMs()];
  const delay = await server.endWatch();
  const report = summarize(plan, await running);
  const used = after.user + after.system - before.user - before.system;
  return { report, delay, cores: (used * 1000) / (afterMs - beforeMs) };
}

/** Against the goals; whether all of them are met. */
function judge({ report, cores, delay }: Load, rounds: readonly AbortRound[]): readonly (readonly string[])[] {
  const delivery = report.deliveryMs?.p99 ?? Number.POSITIVE_INFINITY;
  const steady = rounds.slice(WARM_ROUNDS).map(({ heapMb }) => heapMb);
  const growth = (steady.at(-1) ?? 0) - (steady[0] ?? 0);
  const left = Math.max(0, ...rounds.map((round) => round.left));
  const line = (what: string, value: string, goal: string, met: boolean): readonly string[] => {
    return [what, value, goal, met ? 'yes' : 'NO'];
  };
  return [
    line('errors', String(report.errorCount), '0', report.errorCount === 0 && report.played === report.viewers),
    line(
      'delivery of a part, p99',
      `${delivery.toFixed(0)} ms`,
      `< ${GOALS.deliveryMs} ms`,
      delivery < GOALS.deliveryMs,
    ),
    line('server process', `${cores.toFixed(2)} cores`, `<= ${GOALS.cores}`, cores <= GOALS.cores),
    line('event loop late, p99', `${delay.p99.toFixed(1)} ms`, `<= ${GOALS.delayMs} ms`, delay.p99 <= GOALS.delayMs),
    line('left of aborted requests', String(left), '0', left === 0),
    line('heap grows by', `${growth.toFixed(2)} MB`, `< ${GROWTH_MB} MB`, growth < GROWTH_MB),
  ];
}

async function main(): Promise<void> {
  const names = ['n', 'seconds', 'warmup', 'workers', 'profile', 'http', 'rounds', 'cpu-prof', 'json'] as const;
  const given = parseGiven(process.argv.slice(2), names);
  const viewers = Math.floor(positive('n', given.n, 300, 5000));
  const seconds = positive('seconds', given.seconds, 60, 3600);
  const warmup = positive('warmup', given.warmup, 20, 600);
  const ffmpeg = await locateFfmpeg({});
  const machine = machineFacts(ffmpeg.version);
  say(describeMachine(machine));
  const folder = given['cpu-prof'];
  const profiling = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const [http] = someOf('http', given.http ?? '1', ['1', '1-tls', '2'] as const);
  const certificate = http === '1' ? undefined : await trustedCertificate();
  const server = await BenchServer.start(profiling, certificate);
  try {
    await openRoom(server, given.profile ?? 'standard');
    const people = await joinStamped(ffmpeg.path, { url: server.url, room: ROOM, token: server.token }, PEOPLE);
    const url = `${server.url}/hls/${ROOM}/index.m3u8`;
    await untilLive(url);
    await sleep(systemClock, warmup * 1000);
    const idle = await idleCores(server);
    say(`the server without viewers: ${idle.toFixed(2)} cores`);
    const result = await load(server, {
      url,
      viewers,
      seconds,
      rampSeconds: RAMP_SECONDS,
      threads: Math.floor(positive('workers', given.workers, 1, 64)),
      h2: http === '2',
      // Threads do not share what this one trusts.
      insecure: certificate !== undefined,
      wallOffsetMs: systemClock.wallMs() - systemClock.monotonicMs(),
    });
    process.stdout.write(`\n${formatReport(result.report)}\n`);
    const { p50, p99, max } = result.delay;
    say(`event loop of the server late by p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`);
    const rounds = await abortRounds(server, ROOM, ABORTED, Math.floor(positive('rounds', given.rounds, ROUNDS, 1000)));
    const lines = rounds.map(({ held, left, heapMb }, index) => [
      String(index + 1),
      String(held),
      String(left),
      heapMb.toFixed(2),
    ]);
    process.stdout.write(`\n${table([['aborted, round', 'held', 'left', 'heap MB'], ...lines])}\n`);
    const verdict = judge(result, rounds);
    process.stdout.write(`\n${describeMachine(machine)}\n\n${table([['', 'measured', 'goal', 'met'], ...verdict])}\n`);
    if (given.json !== undefined) {
      writeFileSync(given.json, `${JSON.stringify({ machine, idle, ...result, rounds }, undefined, 2)}\n`);
    }
    for (const { participant } of people) await participant.leave();
    if (verdict.some((line) => line.at(-1) === 'NO')) process.exitCode = 1;
  } finally {
    await server.close();
    await certificate?.remove();
  }
}

/** A new one, which this thread trusts. */
async function trustedCertificate() {
  const local = await makeLocal();
  setDefaultCACertificates([local.authority.cert]);
  return inFiles(local.server);
}

/** What the room itself costs the server: people in, the program out. */
async function idleCores(server: BenchServer): Promise<number> {
  const seconds = 5;
  const before = server.processorTime;
  await sleep(systemClock, seconds * 1000);
  const after = server.processorTime;
  return (after.user + after.system - before.user - before.system) / seconds;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
