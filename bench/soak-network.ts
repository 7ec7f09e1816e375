/**
 * `npm run soak:network`: somebody sends and somebody watches over a line that is slow, far, restless and broken in turn, for as
 * long as wanted; two others have a good line all the while, and the tile of one is read by the other. Ends with 1 when the sound
 * of anybody stays behind, a line is overfilled, or that tile stands still.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { type Frame, decodeFrame } from '../src/protocol/frame.ts';
import { PROGRAM_TRACK } from '../src/protocol/messages.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { MediaSamples } from '../tests/helpers/media-samples.ts';
import { PacedSender } from '../tests/helpers/paced-sender.ts';
import { readStamps } from '../tests/helpers/stamped-program.ts';
import { TcpProxy } from '../tests/helpers/tcp-proxy.ts';
import { TestParticipant } from '../tests/helpers/test-participant.ts';
import { WireTap } from '../tests/helpers/wire-tap.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';
import { joinStamped } from './page/stamped-people.ts';

const ROOM = 'network';
const MOST_SOUND_MS = 300;
/** Pictures of somebody who has nothing to do with the bad line: so many are seen for each that is seen while it is free. */
const LEAST_NEW = 0.9;
/** The stamped tile: the first of four in a program of 1280x720. */
const FIRST = { x: 0, y: 0, width: 640, height: 360 };
const FREE = { bytesPerSecond: Number.POSITIVE_INFINITY, delayMs: 0, jitterMs: 0 };

interface Phase {
  readonly name: string;
  readonly up?: Partial<typeof FREE>;
  readonly down?: Partial<typeof FREE>;
  /** Seconds for which nothing moves at its beginning. */
  readonly stall?: number;
}

const PHASES: readonly Phase[] = [
  { name: 'free' },
  { name: '300 kbit/s up', up: { bytesPerSecond: 37_500, delayMs: 20 } },
  { name: 'standstill of 1 s', stall: 1 },
  { name: 'standstill of 5 s', stall: 5 },
  { name: 'jitter of 200 ms', up: { jitterMs: 200 }, down: { jitterMs: 200 } },
  { name: '150 ms each way', up: { delayMs: 150 }, down: { delayMs: 150 } },
];

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Heard {
  /** Ages of the program's sound as it came, milliseconds. */
  readonly ages: readonly number[];
  /** Pictures of the program. */
  readonly pictures: readonly Frame[];
}

/** Take what has gathered by calling it. */
function listen(person: TestParticipant): () => Heard {
  let ages: number[] = [];
  person.control.socket.on('message', (data: Buffer, binary) => {
    const frame = binary ? decodeFrame(data) : undefined;
    if (typeof frame !== 'object' || frame.header.track !== PROGRAM_TRACK.audio) return;
    ages.push(systemClock.wallMs() - frame.header.captureUs / 1000);
  });
  return () => {
    const heard = { ages, pictures: person.received(PROGRAM_TRACK.video) };
    // It listens for hours; nobody looks at what was. The newest is acknowledged.
    person.control.frames.splice(0, person.control.frames.length - 1);
    person.video.frames.splice(0, person.video.frames.length - 1);
    ages = [];
    return heard;
  };
}

/** How much later than at best the sound of a sender arrives, milliseconds; take what has gathered by calling it. */
function arrivals(wire: WireTap): () => number[] {
  let least = Number.POSITIVE_INFINITY;
  return () => {
    const late = wire.up(0).map(({ atMs, header }) => atMs - header.captureUs / 1000);
    wire.carried.length = 0;
    wire.said.length = 0;
    for (const one of late) least = Math.min(least, one);
    return late.map((one) => one - least);
  };
}

/** The share of pictures that show another number than the one before. */
async function newShare(ffmpeg: string, file: string, pictures: readonly Frame[]): Promise<number> {
  const group = pictures.slice(pictures.findIndex(({ header }) => header.keyframe));
  const stamps = await readStamps(ffmpeg, file, group, FIRST);
  const fresh = stamps.filter((stamp, index) => index > 0 && stamp !== undefined && stamp !== stamps[index - 1]);
  return fresh.length / Math.max(1, stamps.length - 1);
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['minutes', 'phase'] as const);
  const minutes = positive('minutes', given.minutes, 10, 1440);
  const phaseMs = 1000 * positive('phase', given.phase, 20, 600);
  const samples = new MediaSamples();
  const server = await ServerProcess.start();
  const wire = new WireTap();
  const proxy = await TcpProxy.open(server.url, wire.tap);
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-soak-network-'));
  const ffmpeg = (await locateFfmpeg({})).path;
  const rows: string[][] = [];
  const faults: string[] = [];
  try {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    await fetch(`${server.url}/api/rooms`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: ROOM, title: ROOM }),
    });
    const there = { room: ROOM, token: server.token, receive: { video: true, audio: true } };
    await joinStamped(ffmpeg, { room: ROOM, token: server.token, url: server.url }, 1);
    // Every picture stands by itself: what is left out breaks nothing.
    const picture = await samples.h264({ frames: 2, gopFrames: 1 });
    const sender = await PacedSender.join({ ...there, url: proxy.url, name: 'Sender' }, picture);
    const watcher = listen(await TestParticipant.join({ ...there, url: proxy.url, name: 'Watcher' }));
    const witness = listen(await TestParticipant.join({ ...there, url: server.url, name: 'Witness' }));
    const sending = arrivals(wire);
    const endMs = systemClock.monotonicMs() + minutes * 60_000;
    let best = 0;
    for (let turn = 0; systemClock.monotonicMs() < endMs; turn += 1) {
      const phase = PHASES[turn % PHASES.length] as Phase;
      Object.assign(proxy.up, FREE, phase.up);
      Object.assign(proxy.down, FREE, phase.down);
      const requests = sender.requests;
      if (phase.stall !== undefined) {
        proxy.stall();
        await sleep(systemClock, phase.stall * 1000);
        proxy.resume();
      }
      await sleep(systemClock, phaseMs / 2);
      const before = sender.pictures.length;
      watcher();
      witness();
      sending();
      await sleep(systemClock, phaseMs / 2);
      const fps = (sender.pictures.length - before) / (phaseMs / 2000);
      const [up, down, { ages, pictures }] = [percentile(sending(), 0.95), percentile(watcher().ages, 0.95), witness()];
      const near = percentile(ages, 0.95);
      const fresh = await newShare(ffmpeg, join(folder, 'program.h264'), pictures);
      if (turn % PHASES.length === 0) best = fresh;
      const bitrate = sender.camera.flow.bitrate;
      const asked = sender.requests - requests;
      const figures = [bitrate / 1000, fps, up, down, near, fresh * 100].map((value) => value.toFixed(0));
      rows.push([phase.name, ...figures, String(asked)]);
      say(`${phase.name}: ${figures.join(', ')}, ${asked}`);
      const limit = (phase.up?.bytesPerSecond ?? Number.POSITIVE_INFINITY) * 8;
      const distance = (phase.down?.delayMs ?? 0) + (phase.down?.jitterMs ?? 0);
      const wrong = [
        ...(up < MOST_SOUND_MS + distance ? [] : [`what is said arrives ${up.toFixed(0)} ms late`]),
        ...(down < MOST_SOUND_MS + distance ? [] : [`sound is ${down.toFixed(0)} ms late`]),
        ...(near < MOST_SOUND_MS ? [] : [`sound of somebody else is ${near.toFixed(0)} ms late`]),
        ...(fresh >= LEAST_NEW * best
          ? []
          : [`somebody else's tile is new in ${(fresh * 100).toFixed(0)} % of the pictures`]),
        ...(bitrate > limit * 1.1 ? [`${bitrate.toFixed(0)} bit/s are sent`] : []),
        ...(fps < 5 ? [`${fps.toFixed(1)} pictures a second`] : []),
        ...(asked > 1 ? [`${asked} key frames were asked for`] : []),
      ];
      faults.push(...wrong.map((one) => `${phase.name}: ${one}`));
      sender.pictures.length = 0;
      sender.sounds.length = 0;
    }
    sender.close();
    const sound = ['sound up p95 ms', 'down', 'on a good line'];
    const head = ['Line', 'kbit/s', 'pictures/s', ...sound, 'new pictures of another %', 'key frames asked'];
    process.stdout.write(`${table([head, ...rows])}\n`);
  } finally {
    await proxy.close();
    await server.close();
    await samples.close();
    await rm(folder, { recursive: true, force: true });
  }
  for (const fault of faults) say(fault);
  say(faults.length === 0 ? 'Every line was as it should be.' : `${faults.length} faults in ${rows.length} turns.`);
  if (faults.length > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
