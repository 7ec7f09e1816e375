/**
 * `npm run bench:events`: what an event log with many events in it does to the server's loop, which media share with it: storing,
 * reading by pages and as a stream, forgetting. Less than a minute. See docs/benchmarks.md.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../src/errors.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { EventsProcess, type LoopDelay } from './events/events-process.ts';
import { type LogPlace, readPages, readStream } from './events/readers.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const IDLE_MS = 2000;
const LIVE_SECONDS = 4;
const LIVE_PER_SECOND = 250;
/** Fewer than the 50 that the server holds. */
const FOLLOWERS = 20;
/** At the same time. */
const READERS = 4;

/** One kind of work. */
interface Row {
  readonly name: string;
  /** Events that were stored, read or deleted. */
  readonly events: number;
  readonly seconds: number;
  readonly delay: LoopDelay;
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['events', 'json'] as const);
  const count = Math.floor(positive('events', given.events, 100_000, 1_000_000));
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-bench-'));
  const token = randomBytes(24).toString('base64url');
  const log = await EventsProcess.start(folder, token);
  try {
    const facts = machineFacts('not used');
    const rows = await measure(log, { url: log.url, token }, count);
    const { size } = await stat(join(folder, 'gridcast.db'));
    process.stdout.write(
      `${describeMachine(facts)}\n${count} events, ${(size / 1e6).toFixed(0)} MB\n\n${print(rows)}\n`,
    );
    if (given.json !== undefined) await writeFile(given.json, JSON.stringify({ facts, rows }, undefined, 2));
  } finally {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(log: EventsProcess, place: LogPlace, count: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const row = async (name: string, events: number, work: () => Promise<unknown>): Promise<void> => {
    process.stderr.write(`${name}…\n`);
    const { seconds, delay } = await log.watch(work, () => systemClock.monotonicMs());
    rows.push({ name, events, seconds, delay });
  };
  const all = (readers: number, work: () => Promise<unknown>): Promise<unknown> =>
    Promise.all(Array.from({ length: readers }, work));
  await row('nothing', 0, () => sleep(systemClock, IDLE_MS));
  await row('stored, as fast as it goes', count, () => log.record(count));
  await row('read, 1000 a page', count, () => readPages(place, {}));
  await row(`the same by ${READERS} at once`, READERS * count, () => all(READERS, () => readPages(place, {})));
  await row('read, one room of twenty', count, () => readPages(place, { room: 'room-7' }));
  await row('read, a type that there is not', count, () => readPages(place, { type: 'recording.*' }));
  await row('stream from the beginning', count, () => readStream(place, 0, count));
  const part = Math.floor(count / READERS);
  await row(`the same by ${READERS} at once, the newest quarter`, READERS * part, () =>
    all(READERS, () => readStream(place, count - part, part)),
  );
  const live = LIVE_SECONDS * LIVE_PER_SECOND;
  await row(`stored, ${LIVE_PER_SECOND} a second, with ${FOLLOWERS} who follow`, live, () =>
    Promise.all([all(FOLLOWERS, () => readStream(place, count, live)), log.record(live, LIVE_PER_SECOND)]),
  );
  await row('looked for what is too old, in vain', 0, () => log.prune(2 * count));
  await row('deleted, the older half', count / 2 + live, () => log.prune(count / 2));
  return rows;
}

function print(rows: readonly Row[]): string {
  const ms = (value: number): string => value.toFixed(1);
  return table([
    ['', 'events', 'seconds', 'events a second', 'loop late, p50 ms', 'p99', 'max'],
    ...rows.map(({ name, events, seconds, delay }) => [
      name,
      String(events),
      seconds.toFixed(2),
      events === 0 ? '' : (events / seconds).toFixed(0),
      ...[delay.p50, delay.p99, delay.max].map(ms),
    ]),
  ]);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
