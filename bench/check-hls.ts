/**
 * `npm run check:hls`: follows a live stream over HTTP and tells every rule of Low-Latency HLS that it breaks. Without `--url` it
 * is the stream of a server of its own, whose encoder is killed in the middle; `--through` puts a real proxy before it. See docs/benchmarks.md.
 */
import { readFileSync } from 'node:fs';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { Findings } from '../tests/helpers/hls-check/findings.ts';
import { follow } from '../tests/helpers/hls-check/follow.ts';
import { HttpClient } from '../tests/helpers/hls-check/http-client.ts';
import { LiveRoom } from '../tests/helpers/hls-check/live-room.ts';
import { PROXIES, startProxy } from '../tests/helpers/hls-check/proxies.ts';
import { describeMachine, machineFacts } from './measure/machine.ts';
import { percentile } from './measure/statistics.ts';
import { parseGiven, positive, someOf } from './options.ts';

const PROFILES = ['standard', 'fast', 'safe'] as const;
const NAMES = ['url', 'seconds', 'ca', 'profile', 'abr', 'framerate', 'decode-every', 'through'] as const;
const SECONDS = 60;
const MOST_SECONDS = 24 * 60 * 60;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function print(findings: Findings, seconds: number): void {
  const { tally, all } = findings;
  const ms = (values: readonly number[]): string =>
    [0.5, 0.95, 0.99, 1].map((share) => percentile(values, share).toFixed(0)).join(' / ');
  const lines = [
    `${seconds.toFixed(0)} s: ${tally.revisions} revisions, ${tally.deltas} of them delta updates; ${tally.parts} parts, ${tally.segments} segments`,
    `${tally.breaks} breaks of the program, ${tally.unavailable} requests that ended in 503`,
    `between parts, ms, p50 / p95 / p99 / max: ${ms(tally.gapsMs)}`,
    `from a part's end to its listing, ms: ${ms(tally.lagsMs)}`,
    `from a part's first byte to its last, ms: ${ms(tally.trickleMs)}`,
    `looks: ${Object.entries(tally.oracles)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    `findings: ${all.length}`,
    ...all.map(({ rule, what, where }) => `  ${rule}: ${what} (${where})`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), NAMES);
  const seconds = positive('seconds', given.seconds, SECONDS, MOST_SECONDS);
  const decodeEvery = Math.floor(positive('decode-every', given['decode-every'], 5, 1000));
  const [profile = 'standard'] = someOf('profile', given.profile ?? 'standard', PROFILES);
  const { version } = await locateFfmpeg({});
  say(describeMachine(machineFacts(version)));
  const enough = new AbortController();
  // Not once: a second one, which npm sends on, would end it before it has cleaned up.
  process.on('SIGINT', () => enough.abort());
  const framerate = positive('framerate', given.framerate, 30, 60);
  const room =
    given.url === undefined ? await LiveRoom.open({ profile, abr: given.abr === 'yes', framerate }) : undefined;
  const [kind] = given.through === undefined ? [] : someOf('through', given.through, PROXIES);
  const proxy = kind && room ? await startProxy(kind, room.origin) : undefined;
  const ca = given.ca === undefined ? proxy?.ca : readFileSync(given.ca, 'utf8');
  const [client, leaving] = [new HttpClient({ ca }), new HttpClient({ ca })];
  const findings = new Findings();
  const url = given.url ?? room?.playlistUrl(proxy?.origin) ?? '';
  const startMs = systemClock.monotonicMs();
  try {
    const { ask } = client;
    const options = {
      url,
      ask,
      crowd: leaving.ask,
      signal: enough.signal,
      decodeEvery,
      ...(room && { dvrQuery: 'dvr=1' }),
    };
    const following = follow(options, findings);
    const middle = sleep(systemClock, (seconds * 1000) / 2, enough.signal).then(() => room?.killEncoder());
    void sleep(systemClock, seconds * 1000, enough.signal).then(() => enough.abort());
    await Promise.all([following, middle]);
  } finally {
    await Promise.all([client.close(), leaving.close()]);
    await proxy?.close();
    await room?.close();
  }
  print(findings, (systemClock.monotonicMs() - startMs) / 1000);
  if (findings.all.length > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
