/**
 * `npm run try:webkit`: whether a real WebKit can be in a room and watch one. Not one of the tests, because a machine need not have it. Without a
 * sound device (a null sink of PulseAudio is one) it starts no audio context. What it sends is looked at in the program that somebody else
 * gets; what it shows, on its screen. See docs/participant-page.md.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { messageOf } from '../src/errors.ts';
import { OpusDecoder } from '../src/mixer/opus-codec.ts';
import { PROGRAM_TRACK } from '../src/protocol/messages.ts';
import { sleep, systemClock } from '../src/util/clock.ts';
import { ServerProcess } from '../tests/e2e/hostile/server-process.ts';
import { decodePictures, toneAmplitude } from '../tests/helpers/decoded-program.ts';
import { MediaSamples } from '../tests/helpers/media-samples.ts';
import { TestParticipant, toneAndBeep } from '../tests/helpers/test-participant.ts';
import { WEBKIT_BEEP_HZ, WebKit } from '../tests/helpers/webkit.ts';
import { parseGiven, positive } from './options.ts';

const ROOM = 'webkit';
/** Share of full scale, over three seconds: its microphone beeps for a moment each second, above a hum. */
const HEARD = 0.002;
/** So many different pictures within some seconds move. */
const MOVING = 10;
const STAGE = `document.querySelector('gridcast-room')?.shadowRoot.querySelector('gridcast-room-stage')`;
/** Everything that matches in the page and in all of its elements, as a script. */
const ALL = `((selector) => {
  const found = [];
  const look = (root) => {
    found.push(...root.querySelectorAll(selector));
    for (const { shadowRoot } of root.querySelectorAll('*')) if (shadowRoot) look(shadowRoot);
  };
  look(document);
  return found;
})`;
const VIDEO = `${ALL}('video')[0]`;
/** Where the second of two people is, in the quarter of 1280x720 that pictures are decoded to. */
const TILE = { x: 170, y: 55, width: 140, height: 70 } as const;

interface Answers {
  /** A question, and what the answer rests on; undefined: no. */
  readonly [question: string]: string | undefined;
}

async function until<T>(ask: () => Promise<T | undefined>, seconds: number): Promise<T | undefined> {
  const endMs = systemClock.monotonicMs() + seconds * 1000;
  do {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(systemClock, 200);
  } while (systemClock.monotonicMs() < endMs);
  return undefined;
}

async function enter(webkit: WebKit, link: string, seconds: number): Promise<boolean> {
  await webkit.open(link);
  const ready = `${ALL}('[aria-pressed=true]').length >= 2`;
  if (!(await until(async () => (await webkit.evaluate<boolean>(ready)) || undefined, seconds))) return false;
  await webkit.evaluate(`(() => {
    const [name] = ${ALL}('input[name=name]');
    name.value = 'WebKit';
    name.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  })()`);
  await webkit.click(`${ALL}('button').find((button) => button.textContent.trim() === 'Join')`);
  const joined = `${STAGE}?.session.connection.kind === 'joined'`;
  return (await until(async () => (await webkit.evaluate<boolean>(joined)) || undefined, seconds)) ?? false;
}

/** Different pictures in the tile of whoever is second, of the program that `other` got since its last key frame but some. */
async function picturesIn(other: TestParticipant): Promise<string | undefined> {
  const frames = other.received(PROGRAM_TRACK.video);
  const from = frames.findLastIndex(({ header }, index) => header.keyframe && index < frames.length - 60);
  if (from < 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-try-'));
  try {
    const path = join(folder, 'program.h264');
    await writeFile(path, Buffer.concat(frames.slice(from).map(({ payload }) => payload)));
    const decoded = await decodePictures('ffmpeg', path, 30);
    const seen = new Set(decoded.frames.map((frame) => tileOf(frame, decoded.width)));
    return seen.size >= MOVING ? `${seen.size} different pictures among ${decoded.frames.length}` : undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A tile in coarse grey: noise of the encoder is no movement. */
function tileOf(frame: Uint8Array, width: number): string {
  const levels: number[] = [];
  for (let y = TILE.y; y < TILE.y + TILE.height; y += 2) {
    for (let x = TILE.x; x < TILE.x + TILE.width; x += 2) levels.push((frame[(y * width + x) * 3 + 1] ?? 0) >> 6);
  }
  return levels.join('');
}

function beepOf(other: TestParticipant): string | undefined {
  const packets = other.received(PROGRAM_TRACK.audio).slice(-150);
  const decoder = new OpusDecoder();
  const samples = packets.flatMap(({ payload }) => [...decoder.decode(payload)].filter((_, at) => at % 2 === 0));
  const amplitude = toneAmplitude(Float32Array.from(samples), WEBKIT_BEEP_HZ);
  return amplitude > HEARD ? `its beep at ${amplitude.toFixed(3)} of full scale` : undefined;
}

/** Whether the left half of what `element` shows is the other person's red. */
async function redOn(webkit: WebKit, element: string, at: number): Promise<boolean> {
  const box = `(({ x, y, width, height }) => ({ x, y, width, height }))(${element}.getBoundingClientRect())`;
  const { x, y, width, height } = await webkit.evaluate<{ x: number; y: number; width: number; height: number }>(box);
  const image = await loadImage(await webkit.screenshot());
  const context = createCanvas(1, 1).getContext('2d');
  context.drawImage(image, x + width * at, y + height / 2, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return red > 150 && green < 90 && blue < 90;
}

async function tryRoom(webkit: WebKit, link: string, other: TestParticipant, seconds: number): Promise<Answers> {
  if (!(await enter(webkit, link, seconds))) return { joins: undefined };
  const seen = await until(() => picturesIn(other), seconds);
  const heard = await until(async () => beepOf(other), seconds);
  const red = await until(async () => (await redOn(webkit, `${STAGE}.canvas`, 0.25)) || undefined, seconds);
  const stats = await webkit.evaluate<{ shownFps: number; soundMs: number } | undefined>(`${STAGE}.session.stats`);
  const running = await webkit.evaluate<boolean>(`${STAGE}.context.state === 'running'`);
  const shown = red && stats && stats.shownFps > 0;
  return {
    joins: 'by its page',
    'is seen': seen,
    'is heard': heard,
    'sees the room': shown ? `${stats.shownFps.toFixed(0)} pictures a second` : undefined,
    'plays its sound': running && stats ? `${stats.soundMs.toFixed(0)} ms in stock` : undefined,
  };
}

async function tryWatching(webkit: WebKit, link: string, seconds: number): Promise<Answers> {
  await webkit.open(link);
  const at = (): Promise<number> => webkit.evaluate<number>(`${VIDEO}?.currentTime ?? 0`);
  const from = await until(async () => (await at()) || undefined, seconds);
  const plays = await until(async () => ((await at()) > (from ?? Infinity) + 3 ? true : undefined), seconds);
  const red = plays && (await until(async () => (await redOn(webkit, VIDEO, 0.25)) || undefined, seconds));
  return { watches: red ? 'three seconds and more by its player' : undefined };
}

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['command', 'seconds', 'picture'] as const);
  const seconds = positive('seconds', given.seconds, 30, 600);
  const server = await ServerProcess.start();
  const samples = new MediaSamples();
  try {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/api/rooms`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ id: ROOM, program: { width: 640, height: 360, framerate: 15 } }),
    });
    const { links } = (await answer.json()) as { links: { join: string; watch: string } };
    const picture = await samples.h264({ colour: 'red', width: 640, height: 360, frames: 60, gopFrames: 60 });
    const where = { url: server.url, room: ROOM, token: server.token, receive: { video: true, audio: true } };
    const other = await TestParticipant.join({ ...where, name: 'Other' }, { picture, sound: toneAndBeep(500, 3000) });
    const webkit = await WebKit.launch(given.command ?? 'WebKitWebDriver');
    try {
      const room = await tryRoom(webkit, links.join, other, seconds);
      if (given.picture !== undefined) await writeFile(`${given.picture}-room.png`, await webkit.screenshot());
      const watching = await tryWatching(webkit, links.watch, seconds);
      if (given.picture !== undefined) await writeFile(`${given.picture}-watch.png`, await webkit.screenshot());
      for (const [question, found] of Object.entries({ ...room, ...watching })) {
        process.stdout.write(`${question}: ${found === undefined ? 'NO' : `yes, ${found}`}\n`);
        if (found === undefined) process.exitCode = 1;
      }
      process.stdout.write(`load of the machine: ${(loadavg()[0] ?? 0).toFixed(1)}\n`);
    } finally {
      await webkit.close();
      await other.leave();
    }
  } finally {
    await samples.close();
    await server.close();
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
});
