/**
 * `npm run soak:network`: somebody sends and somebody watches over a line that is slow, far, restless and broken in turn, for as
 * long as wanted; a third has a good line all the while. Ends with 1 when the sound of anybody stays behind, or a line is overfilled.
 */
import { messageOf } from '../src/errors.ts';
import { decodeFrame } from '../src/protocol/frame.ts';
import { PROGRAM_TRACK } from '../src/protocol/messages.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { MediaSamples } from '../tests/helpers/media-samples.ts';
import { PacedSender } from '../tests/helpers/paced-sender.ts';
import { TcpProxy } from '../tests/helpers/tcp-proxy.ts';
import { TestParticipant } from '../tests/helpers/test-participant.ts';
import { percentile } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive } from './options.ts';

const ROOM = 'network';
const MOST_SOUND_MS = 300;
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

/** Ages of the program's sound as it comes, milliseconds; take what has gathered by calling it. */
function listen(person: TestParticipant): () => number[] {
  let ages: number[] = [];
  person.control.socket.on('message', (data: Buffer, binary) => {
    const frame = binary ? decodeFrame(data) : undefined;
    if (typeof frame !== 'object' || frame.header.track !== PROGRAM_TRACK.audio) return;
    ages.push(systemClock.wallMs() - frame.header.captureUs / 1000);
    // It listens for hours; nobody looks at what was.
    person.control.frames.splice(0, person.control.frames.length - 10);
    person.video.frames.splice(0, person.video.frames.length - 10);
  });
  return () => {
    const taken = ages;
    ages = [];
    return taken;
  };
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['minutes', 'phase'] as const);
  const minutes = positive('minutes', given.minutes, 10, 1440);
  const phaseMs = 1000 * positive('phase', given.phase, 20, 600);
  const samples = new MediaSamples();
  const server = await ServerProcess.start();
  const proxy = await TcpProxy.open(server.url);
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
    // Every picture stands by itself: what is left out breaks nothing.
    const picture = await samples.h264({ frames: 2, gopFrames: 1 });
    const sender = await PacedSender.join({ ...there, url: proxy.url, name: 'Sender' }, picture);
    const watcher = listen(await TestParticipant.join({ ...there, url: proxy.url, name: 'Watcher' }));
    const witness = listen(await TestParticipant.join({ ...there, url: server.url, name: 'Witness' }));
    const endMs = systemClock.monotonicMs() + minutes * 60_000;
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
      await sleep(systemClock, phaseMs / 2);
      const fps = (sender.pictures.length - before) / (phaseMs / 2000);
      const [far, near] = [watcher(), witness()].map((ages) => percentile(ages, 0.95)) as [number, number];
      const bitrate = sender.camera.flow.bitrate;
      const asked = sender.requests - requests;
      const figures = [bitrate / 1000, fps, far, near].map((value) => value.toFixed(0));
      rows.push([phase.name, ...figures, String(asked)]);
      say(`${phase.name}: ${figures.join(', ')}, ${asked}`);
      const limit = (phase.up?.bytesPerSecond ?? Number.POSITIVE_INFINITY) * 8;
      const distance = (phase.down?.delayMs ?? 0) + (phase.down?.jitterMs ?? 0);
      if (!(far < MOST_SOUND_MS + distance)) faults.push(`${phase.name}: sound is ${far.toFixed(0)} ms late`);
      if (!(near < MOST_SOUND_MS)) faults.push(`${phase.name}: sound of somebody else is ${near.toFixed(0)} ms late`);
      if (bitrate > limit * 1.1) faults.push(`${phase.name}: ${bitrate.toFixed(0)} bit/s are sent`);
      if (fps < 5) faults.push(`${phase.name}: ${fps.toFixed(1)} pictures a second`);
      if (asked > 1) faults.push(`${phase.name}: ${asked} key frames were asked for`);
      sender.pictures.length = 0;
      sender.sounds.length = 0;
    }
    sender.close();
    const head = ['Line', 'kbit/s', 'pictures/s', 'sound p95 ms', 'on a good line', 'key frames asked'];
    process.stdout.write(`${table([head, ...rows])}\n`);
  } finally {
    await proxy.close();
    await server.close();
    await samples.close();
  }
  for (const fault of faults) say(fault);
  if (faults.length > 0) process.exitCode = 1;
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
