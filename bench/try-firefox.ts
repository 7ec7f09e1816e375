/**
 * `npm run try:firefox`: whether a real Firefox joins a room, is seen and heard there, and sees and hears the room, by each of the ways that
 * media can take. Not one of the tests, because a machine need not have a Firefox. Without a sound device (a null sink of PulseAudio is one)
 * Firefox starts no audio context, and then only recorders have sound.
 */
import { writeFileSync } from 'node:fs';
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
import { parseGiven, positive } from './options.ts';
import { preparePage, type Sighting, watchStamps } from './page/page-scripts.ts';
import { cameraReadings } from './page/readings.ts';

const HZ = { page: FAKE_TONE_HZ, other: 500 } as const;
const HEARD = 0.01;
const ROOM = `document.querySelector('gridcast-room').shadowRoot`;
const STAGE = `${ROOM}.querySelector('gridcast-room-stage')`;
/** Where the second of two people is in a program of 1280x720. */
const TILE = [640, 180] as const;
const WAYS = ['', 'capture=recorder', 'playback=mse', 'capture=recorder&playback=mse'] as const;

/** What goes to a speaker goes to an analyser as well: the page's policy lets no script of ours listen. */
const EARS = `const ears = (window.ears = new WeakMap());
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (target, ...rest) {
  if (target instanceof AudioDestinationNode) {
    if (!ears.has(this.context)) ears.set(this.context, new AnalyserNode(this.context, { fftSize: 32768 }));
    connect.call(this, ears.get(this.context));
  }
  return connect.call(this, target, ...rest);
};`;
const HEAR = `(() => {
  const samples = new Float32Array(32768);
  ears.get(${STAGE}.context)?.getFloatTimeDomainData(samples);
  return [...samples];
})()`;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Asks until the page says yes, or gives up. */
async function until(firefox: Firefox, expression: string, seconds: number): Promise<boolean> {
  for (let left = seconds * 5; left > 0; left -= 1) {
    if (await firefox.evaluate<boolean>(`Boolean(${expression})`)) return true;
    await sleep(systemClock, 200);
  }
  return false;
}

async function enter(firefox: Firefox, link: string): Promise<string | undefined> {
  await firefox.open('about:blank');
  await firefox.open(link);
  const prejoin = `${ROOM}.querySelector('gridcast-room-prejoin')?.shadowRoot`;
  const over = `${ROOM}.querySelector('gridcast-room-over')?.shadowRoot?.textContent`;
  if (!(await until(firefox, `${prejoin}?.querySelector('input[name=name]')`, 20))) {
    return (await firefox.evaluate<string | undefined>(over)) ?? 'The page did not show its form.';
  }
  await until(
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
  const inside = await until(firefox, `${STAGE}?.session.connection.kind === 'joined'`, 20);
  return inside ? undefined : ((await firefox.evaluate<string | undefined>(over)) ?? 'The page did not get in.');
}

function toneOf(participant: TestParticipant): number {
  const packets = participant.received(PROGRAM_TRACK.audio).slice(-50);
  const decoder = new OpusDecoder();
  const samples = packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0));
  return toneAmplitude(Float32Array.from(samples), HZ.page);
}

async function tryWay(server: ServerProcess, firefox: Firefox, way: string, seconds: number): Promise<string[]> {
  const room = `firefox-${WAYS.indexOf(way as (typeof WAYS)[number])}`;
  const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ id: room, title: room });
  const answer = await fetch(`${server.url}/api/rooms`, { method: 'POST', headers, body });
  const { links } = (await answer.json()) as { links: { join: string } };
  const where = { url: server.url, room, token: server.token, receive: { video: false, audio: true } };
  const other = await TestParticipant.join({ ...where, name: 'Other' }, { sound: toneAndBeep(HZ.other, 3000) });
  const link = new URL(links.join, server.url);
  link.search = way;
  const refused = await enter(firefox, link.href);
  if (refused !== undefined) return [way || 'as it likes', refused.trim().slice(0, 60), '', '', ''];
  await until(firefox, `${STAGE}.session.picture`, 20);
  await firefox.evaluate(watchStamps(`${STAGE}.canvas`, [TILE]));
  await sleep(systemClock, seconds * 1000);
  const ages = cameraReadings(await firefox.evaluate<Sighting[]>('bench.sightings'), 0).map(({ ageMs }) => ageMs);
  const heard = toneAmplitude(Float32Array.from(await firefox.evaluate<number[]>(HEAR)), HZ.other);
  const shown = await firefox.evaluate<number>(`${STAGE}.session.stats?.shownFps ?? 0`);
  const seen = ages.length > 0 ? `${ages.length} stamps, ${median(ages).toFixed(0)} ms old` : 'no';
  const row = [
    way || 'as it likes',
    seen,
    toneOf(other) > HEARD ? 'yes' : 'no',
    `${shown.toFixed(1)} pictures a second`,
    heard > HEARD ? 'yes' : 'no',
  ];
  await other.leave();
  return row;
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['command', 'seconds', 'picture'] as const);
  const seconds = positive('seconds', given.seconds, 10, 600);
  const server = await ServerProcess.start();
  let firefox: Firefox | undefined;
  try {
    firefox = await Firefox.launch(given.command ?? 'firefox-esr');
    await firefox.prepare(`if (navigator.mediaDevices) { ${EARS} ${preparePage()} }`);
    const rows: string[][] = [];
    for (const way of WAYS) {
      rows.push(await tryWay(server, firefox, way, seconds));
      say(rows.at(-1)?.join(' | ') ?? '');
      if (given.picture !== undefined) writeFileSync(`${given.picture}-${rows.length}.png`, await firefox.screenshot());
    }
    process.stdout.write(`${table([['Firefox', 'seen', 'heard', 'sees', 'hears'], ...rows])}\n`);
    for (const error of new Set(firefox.errors)) say(`the page: ${error}`);
  } finally {
    await firefox?.close();
    await server.close();
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 2;
});
