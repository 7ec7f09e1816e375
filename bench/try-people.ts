/**
 * `npm run try:people`: two people in a Chromium each. One calls, the other answers, they hear each other; one sends a large file
 * over a line that is cut, while both write; then the caller sends the other out. See docs/benchmarks.md.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../src/errors.ts';
import { TcpProxy } from '../tests/helpers/tcp-proxy.ts';
import { TestServer } from '../tests/helpers/test-server.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';
import { call, type Caller, hangUp, hears, openCaller, sendOut } from './people/caller-pages.ts';
import { readChat, shareOverCuts, show, sumOf, writeNoise } from './people/cut-upload.ts';

const MEGABYTE = 1_000_000;
const CUTS = 3;
const TONES = { Ana: 500, Ben: 900 } as const;
/** Lines that are cut, and the camera's last picture, which Chromium throws away itself when a page is left. */
const EXPECTED = /WebSocket|VideoFrame was garbage collected/;
/** A goal: whoever is sent out is out within a second. */
const OUT_WITHIN_MS = 1000;

/** What the whole of it has to be judged by. */
interface Verdict {
  readonly what: string;
  readonly holds: boolean;
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['mb', 'calls'] as const);
  const bytes = Math.floor(positive('mb', given.mb, 200, 2000) * MEGABYTE);
  const calls = Math.floor(positive('calls', given.calls, 5, 100));
  const dir = await mkdtemp(join(tmpdir(), 'gridcast-people-'));
  const server = await TestServer.start({ accounts: { mode: 'on' }, calls: { ringsPerMinute: 100 } });
  const line = await TcpProxy.open(server.url);
  const people: Caller[] = [];
  try {
    for (const [name, hz, base] of [
      ['Ana', TONES.Ana, line.url],
      ['Ben', TONES.Ben, server.url],
    ] as const) {
      people.push(await openCaller(server, name, hz, base));
    }
    const [ana, ben] = people as [Caller, Caller];
    print(describeMachine(machineFacts(server.server.ffmpegVersion)));
    const times = [await call(ana, ben)];
    const verdicts = [...(await talk(ana, ben)), ...(await transfer([ana, ben], dir, bytes, line))];
    const outs = [await sendOut(ana, ben)];
    for (let at = 1; at < calls; at += 1) {
      await hangUp(ana);
      times.push(await call(ana, ben));
      outs.push(await sendOut(ana, ben));
    }
    const row = (what: string, values: readonly number[]): string[] => [
      what,
      ...[0.5, 1].map((share) => percentile(values, share).toFixed(0)),
    ];
    const rows = [
      row(
        'called until it rings there',
        times.map(({ rang }) => rang),
      ),
      row(
        'answered until both are connected',
        times.map(({ connected }) => connected),
      ),
      row('sent out until it is read and all is closed', outs),
    ];
    print(`\n${calls} calls, ms\n\n${table([['', 'p50', 'max'], ...rows])}\n`);
    verdicts.push({ what: 'out within a second', holds: Math.max(...outs) < OUT_WITHIN_MS });
    const errors = people.flatMap(({ errors: of }) => of).filter((error) => !EXPECTED.test(error));
    verdicts.push({
      what: `no error in a page${errors.map((error) => `: ${error}`).join('')}`,
      holds: errors.length === 0,
    });
    for (const { what, holds } of verdicts) print(`${holds ? 'yes' : 'NO '}  ${what}`);
    if (verdicts.some(({ holds }) => !holds)) process.exitCode = 1;
  } finally {
    for (const { browser } of people) await browser.close();
    await line.close();
    await server.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function talk(ana: Caller, ben: Caller): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const [listener, other] of [
    [ana, ben],
    [ben, ana],
  ] as const) {
    const { other: heard, own } = await hears(listener, other);
    const levels = `${other.toneHz} Hz at ${heard.toFixed(3)}, their own ${listener.toneHz} Hz at ${own.toFixed(4)}`;
    verdicts.push({ what: `${listener.name} hears ${other.name}: ${levels}`, holds: true });
  }
  return verdicts;
}

async function transfer(
  pair: readonly [Caller, Caller],
  dir: string,
  bytes: number,
  line: TcpProxy,
): Promise<Verdict[]> {
  const path = join(dir, 'large.bin');
  await writeNoise(path, bytes);
  const sum = await sumOf(path);
  const { seconds, cuts, backwards, said } = await shareOverCuts(pair, { path, bytes }, line, CUTS);
  const megabytes = bytes / MEGABYTE;
  print(`${megabytes} MB, ${CUTS} cuts: ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(1)} MB/s`);
  const wanted = said.toSorted().join();
  const chats: Verdict[] = [];
  for (const caller of pair) {
    const read = await readChat(caller, said.length);
    const holds = read.toSorted().join() === wanted;
    chats.push({ what: `${caller.name} reads each of ${said.length} messages once: ${read.length}`, holds });
  }
  const [, { page }] = pair;
  await show(page, 'Files');
  const button = page.getByRole('button', { name: 'Download large.bin' });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const got = await sumOf(await download.path());
  return [
    ...chats,
    { what: `the line was cut ${cuts} times`, holds: cuts === CUTS },
    { what: `progress never went back: ${backwards} times`, holds: backwards === 0 },
    { what: `the same file arrived: SHA-256 ${got}`, holds: got === sum },
  ];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
