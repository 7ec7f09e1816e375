/**
 * `npm run try:firefox`: whether a real Firefox joins a room, is seen and heard there, and sees and hears the room, by each of the ways that
 * media can take. Not one of the tests, because a machine need not have a Firefox. Without a sound device (a null sink of PulseAudio is one)
 * Firefox starts no audio context, and then only recorders have sound. What is shown is read off the screen: Firefox hangs now and then when
 * a page reads a canvas that its worker draws on.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { messageOf } from '../src/errors.ts';
import { OpusDecoder } from '../src/mixer/opus-codec.ts';
import { PROGRAM_TRACK } from '../src/protocol/messages.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { toneAmplitude } from '../tests/helpers/decoded-program.ts';
import { FAKE_TONE_HZ, Firefox } from '../tests/helpers/firefox.ts';
import { TestParticipant, toneAndBeep } from '../tests/helpers/test-participant.ts';
import { median } from './measure/statistics.ts';
import { table } from './measure/table.ts';
import { parseGiven, positive, someOf } from './options.ts';
import { preparePage } from './page/page-scripts.ts';
import { cameraReadings, type Reading } from './page/readings.ts';
import { type Box, readShots, type RowShot, rowBox } from './page/shown-stamps.ts';

const HZ = { page: FAKE_TONE_HZ, other: 500 } as const;
const HEARD = 0.01;
const ROOM = `document.querySelector('gridcast-room').shadowRoot`;
const STAGE = `${ROOM}.querySelector('gridcast-room-stage')`;
/** Where the second of two people is in a program of 1280x720. */
const TILE = [640, 180] as const;
const WAYS = ['', 'playback=mse', 'capture=recorder', 'capture=recorder&playback=mse'] as const;
/** So many different stamps on the screen are a picture that moves. */
const MOVING = 10;
const SHOTS = 6;

/** What one try gave. */
interface Found {
  readonly way: string;
  /** Undefined when it got in. */
  readonly refused?: string;
  /** Ages of its own picture on its screen, milliseconds. */
  readonly agesMs: readonly number[];
  readonly shownFps: number;
  readonly heard: boolean;
  readonly hears: boolean;
  /** Load of the machine meanwhile. */
  readonly load: number;
}

/**
 * Before any script of the page: painted pictures, and an analyser for what goes to a speaker, because the page's policy lets no script of
 * ours listen.
 */
const PREPARE = `if (navigator.mediaDevices) {
  const connect = AudioNode.prototype.connect;
  ${preparePage()}
  const ears = (window.ears = new WeakMap());
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      if (!ears.has(this.context)) ears.set(this.context, new AnalyserNode(this.context, { fftSize: 32768 }));
      connect.call(this, ears.get(this.context));
    }
    return connect.call(this, target, ...rest);
  };
}`;
const HEAR = `(() => {
  const samples = new Float32Array(32768);
  ears.get(${STAGE}.context)?.getFloatTimeDomainData(samples);
  return [...samples];
})()`;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const NOTHING = { agesMs: [], shownFps: 0, heard: false, hears: false } as const;

const loadOfMachine = (): number => loadavg()[0] ?? 0;

/** Asks until it is so, or gives up. */
async function until(ask: () => Promise<boolean>, seconds: number): Promise<boolean> {
  const endMs = systemClock.monotonicMs() + seconds * 1000;
  do {
    if (await ask()) return true;
    await sleep(systemClock, 200);
  } while (systemClock.monotonicMs() < endMs);
  return false;
}

function untilTrue(firefox: Firefox, expression: string, seconds: number): Promise<boolean> {
  return until(() => firefox.evaluate<boolean>(`Boolean(${expression})`), seconds);
}

async function enter(firefox: Firefox, link: string): Promise<string | undefined> {
  await firefox.open(link);
  const prejoin = `${ROOM}.querySelector('gridcast-room-prejoin')?.shadowRoot`;
  const over = `${ROOM}.querySelector('gridcast-room-over')?.shadowRoot?.textContent`;
  if (!(await untilTrue(firefox, `${prejoin}?.querySelector('input[name=name]')`, 20))) {
    return (await firefox.evaluate<string | undefined>(over)) ?? 'The page did not show its form.';
  }
  await untilTrue(
    firefox,
    `${ROOM}.host.shadowRoot && ${prejoin}?.querySelectorAll('[aria-pressed=true]').length >= 2`,
    20,
  );
  await firefox.evaluate(`(() => {
    const form = ${prejoin};
    const name = form.querySelector('input[name=name]');
    name.value = 'Firefox';
    name.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    [...form.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Join').click();
  })()`);
  const inside = await untilTrue(firefox, `${STAGE}?.session.connection.kind === 'joined'`, 20);
  return inside ? undefined : ((await firefox.evaluate<string | undefined>(over)) ?? 'The page did not get in.');
}

function toneOf(participant: TestParticipant): number {
  const packets = participant.received(PROGRAM_TRACK.audio).slice(-50);
  const decoder = new OpusDecoder();
  const samples = packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0));
  return toneAmplitude(Float32Array.from(samples), HZ.page);
}

/** Stamps on the screen, until there are enough different ones. */
async function look(firefox: Firefox, seconds: number): Promise<readonly Reading[]> {
  const box = `(({ x, y, width, height }) => ({ x, y, width, height }))(${STAGE}.canvas.getBoundingClientRect())`;
  const seen = new Map<number, Reading>();
  await until(async () => {
    const row = rowBox(await firefox.evaluate<Box>(box), TILE);
    const shots: RowShot[] = [];
    for (let count = 0; count < SHOTS; count += 1) {
      const beforeMs = systemClock.wallMs();
      const png = await firefox.screenshot(row);
      shots.push({ png, atMs: (beforeMs + systemClock.wallMs()) / 2 });
    }
    for (const one of cameraReadings(await readShots('ffmpeg', shots), 0))
      seen.set(one.number, seen.get(one.number) ?? one);
    return seen.size >= MOVING;
  }, seconds);
  return [...seen.values()];
}

async function tryWay(
  server: ServerProcess,
  firefox: Firefox,
  room: string,
  way: string,
  seconds: number,
): Promise<Found> {
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id: room, title: room });
  const answer = await fetch(`${server.url}/api/rooms`, { method: 'POST', headers, body });
  const { links } = (await answer.json()) as { links: { join: string } };
  const where = { url: server.url, room, token: server.token, receive: { video: false, audio: true } };
  const other = await TestParticipant.join({ ...where, name: 'Other' }, { sound: toneAndBeep(HZ.other, 3000) });
  try {
    const link = new URL(links.join, server.url);
    link.search = way;
    const refused = await enter(firefox, link.href);
    if (refused !== undefined) return { way, refused: refused.trim(), ...NOTHING, load: loadOfMachine() };
    const agesMs = (await look(firefox, seconds)).map(({ ageMs }) => ageMs);
    const heard = await until(() => Promise.resolve(toneOf(other) > HEARD), seconds);
    const hears = await until(async () => {
      return toneAmplitude(Float32Array.from(await firefox.evaluate<number[]>(HEAR)), HZ.other) > HEARD;
    }, seconds);
    const shownFps = await firefox.evaluate<number>(`${STAGE}.session.stats?.shownFps ?? 0`);
    return { way, agesMs, shownFps, heard, hears, load: loadOfMachine() };
  } finally {
    await other.leave();
  }
}

/** What did not work; nothing when all did. */
function faultsOf({ refused, agesMs, heard, hears }: Found): readonly string[] {
  if (refused !== undefined) return [refused];
  return [
    ...(agesMs.length === 0 ? ['its picture is not in the program that it shows'] : []),
    ...(agesMs.length > 0 && agesMs.length < MOVING ? [`only ${agesMs.length} of its pictures were seen`] : []),
    ...(heard ? [] : ['nobody hears it']),
    ...(hears ? [] : ['it does not hear the room']),
  ];
}

function verdict(way: string, tries: readonly Found[]): string {
  const faults = tries.map(faultsOf).filter((one) => one.length > 0);
  const name = way === '' ? 'as it likes' : `?${way}`;
  const ages = tries.flatMap(({ agesMs }) => agesMs);
  const figures = ages.length > 0 ? `; seen ${median(ages).toFixed(0)} ms old` : '';
  const why = faults.length > 0 ? `: ${[...new Set(faults.flat())].join('; ')}` : '';
  const how = faults.length === 0 ? 'worked' : 'did not work';
  return `${name}: ${how} (${tries.length - faults.length} of ${tries.length})${why}${figures}`;
}

function rowOf(found: Found): string[] {
  const { way, agesMs, shownFps, heard, hears } = found;
  return [
    way || 'as it likes',
    agesMs.length > 0 ? `${median(agesMs).toFixed(0)} ms old` : 'no',
    heard ? 'yes' : 'no',
    agesMs.length >= MOVING ? `${shownFps.toFixed(0)} a second` : 'no',
    hears ? 'yes' : 'no',
    found.load.toFixed(1),
  ];
}

async function tryOnce(
  server: ServerProcess,
  command: string,
  way: string,
  seconds: number,
  picture: string | undefined,
): Promise<Found> {
  const firefox = await Firefox.launch(command);
  try {
    await firefox.prepare(PREPARE);
    const found = await tryWay(server, firefox, randomUUID(), way, seconds);
    if (picture !== undefined) writeFileSync(picture, await firefox.screenshot());
    return found;
  } catch (error) {
    return { way, refused: messageOf(error), ...NOTHING, load: loadOfMachine() };
  } finally {
    for (const error of new Set(firefox.errors)) say(`the page: ${error}`);
    await firefox.close();
  }
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['command', 'seconds', 'picture', 'runs', 'ways'] as const);
  const seconds = positive('seconds', given.seconds, 30, 600);
  const runs = Math.ceil(positive('runs', given.runs, 1, 100));
  const ways = someOf('ways', given.ways, WAYS);
  const server = await ServerProcess.start();
  try {
    const found: Found[] = [];
    for (const way of ways) {
      for (let run = 1; run <= runs; run += 1) {
        const picture =
          given.picture === undefined ? undefined : `${given.picture}-${WAYS.indexOf(way) + 1}-${run}.png`;
        const one = await tryOnce(server, given.command ?? 'firefox-esr', way, seconds, picture);
        found.push(one);
        say([...rowOf(one), ...faultsOf(one)].join(' | '));
      }
    }
    process.stdout.write(`${table([['Firefox', 'seen', 'heard', 'sees', 'hears', 'load'], ...found.map(rowOf)])}\n\n`);
    for (const way of ways)
      process.stdout.write(
        `${verdict(
          way,
          found.filter((one) => one.way === way),
        )}\n`,
      );
  } finally {
    await server.close();
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
