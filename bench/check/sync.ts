/** How far sound and picture of somebody are apart in a program: people flash and beep at the same moment, once a second. */
import { arrange } from '../../src/layout/arrange.ts';
import { annotationSchema } from '../../src/layout/annotation.ts';
import type { AacConfig, OpusConfig } from '../../src/media/codec.ts';
import type { Packet } from '../../src/media/packet.ts';
import { type Picture, createPicture, yuvOf } from '../../src/mixer/picture.ts';
import { seededRandom } from '../content/random.ts';
import { percentile } from '../measure/statistics.ts';
import type { CodedLoop } from '../room/coded-loop.ts';
import { CheckRoom, type RoomReport } from './check-room.ts';
import { SOUND_RATE, offsetsBetween, risings, toneOnsets } from './onsets.ts';
import { encodeLoop } from './pattern.ts';
import { type PlacedSound, decodeProgram, decodeReturn } from './program-sound.ts';
import { toneLoop } from './tones.ts';

/** The way of somebody's packets to the server; milliseconds. */
export interface Way {
  readonly name: string;
  /** What sound and pictures take, apart from jitter. */
  readonly soundMs: number;
  readonly pictureMs: number;
  /** Each packet takes up to this much longer, and none overtakes another. */
  readonly jitterMs: number;
}

/** Ways that are measured: a good one, a bad one, and one on which pictures take longer than sound. */
export const WAYS: readonly Way[] = [
  { name: 'on an even way', soundMs: 5, pictureMs: 5, jitterMs: 0 },
  { name: 'with 150 ms of jitter', soundMs: 10, pictureMs: 10, jitterMs: 150 },
  { name: 'with pictures that take 100 ms longer', soundMs: 10, pictureMs: 110, jitterMs: 20 },
];

/** A measurement. */
export interface SyncOptions {
  readonly ffmpeg: string;
  readonly ways: readonly Way[];
  /** Who take each way. */
  readonly peopleEach: number;
  /** Flashes of each of them that are counted. */
  readonly flashes: number;
  readonly seed: number;
}

/** What came of one way: how much later the picture was than the sound, milliseconds. */
export interface SyncResult {
  readonly way: Way;
  readonly inProgram: readonly number[];
  readonly inReturn: readonly number[];
  /** Flashes without a beep near them. */
  readonly alone: number;
}

const FPS = 30;
const SIZE = { width: 128, height: 72 };
const FLASH_FRAMES = 3;
const BEEP_MS = 100;
const DARK = yuvOf(20, 40, 90);
const WHITE = yuvOf(255, 255, 255);
const FLASH_LUMA = 130;
/** Until delays have found their size, and the program everybody's pictures. */
const WARMUP_FRAMES = 4 * FPS;
/** A beep further away belongs to another flash. */
const WITHIN_S = 0.4;

interface Person {
  readonly key: string;
  readonly way: Way;
  readonly hz: number;
  /** Luma in the middle of their tile, by frame from the first that is counted. */
  readonly lumas: number[];
}

/** The 95th percentile of how far sound and picture were apart, milliseconds. */
export function apartOf(offsets: readonly number[]): number {
  return percentile(
    offsets.map((offset) => Math.abs(offset)),
    0.95,
  );
}

/** Opens a room, measures, closes it. */
export async function measureSync(
  options: SyncOptions,
): Promise<{ results: readonly SyncResult[]; report: RoomReport }> {
  const room = new CheckRoom(options.ffmpeg, { width: 320, height: 180 });
  try {
    room.room.annotation = annotationSchema.parse({ names: false, marks: false, speakerBorder: false, clock: false });
    const heard: Array<Packet<AacConfig>> = [];
    const returned: Array<Packet<OpusConfig>> = [];
    const ear = room.enter('ear');
    room.listen(ear);
    const people = await seat(room, options);
    await room.frames(WARMUP_FRAMES);
    let firstFrame: number | undefined;
    const middles = middlesOf(room, people);
    const stop = room.watch.each((picture, frame) => {
      firstFrame ??= frame;
      const at = frame - firstFrame;
      people.forEach(({ lumas }, index) => {
        const luma = lumaAt(picture, middles[index] as readonly [number, number]);
        // By its number: a picture that was not seen here would put all that follow a frame too early.
        lumas.push(...Array.from({ length: at - lumas.length }, () => lumas.at(-1) ?? luma), luma);
      });
    });
    room.onAudio = (packet) => heard.push(packet);
    room.onReturn = (_, packet) => returned.push(packet);
    await room.frames((options.flashes + 2) * FPS);
    stop();
    const program = await decodeProgram(options.ffmpeg, heard);
    const back = decodeReturn(returned);
    const startS = (firstFrame ?? 0) / FPS;
    return { results: options.ways.map((way) => resultOf(way, people, startS, program, back)), report: room.report };
  } finally {
    await room.close();
  }
}

async function seat(room: CheckRoom, { ffmpeg, ways, peopleEach, seed }: SyncOptions): Promise<Person[]> {
  const random = seededRandom(seed);
  const flash = await flashLoop(ffmpeg);
  const everybody = ways.flatMap((way) => Array.from({ length: peopleEach }, () => way));
  return everybody.map((way, index): Person => {
    const id = `p${index}`;
    const hz = 600 + 450 * index;
    // Takes time, so it must not come between the two sends: both count from the moment they are called.
    const beep = toneLoop({ hz, beepMs: BEEP_MS });
    const participant = room.enter(id);
    // Spread over a second, and differently against the frames of the program.
    const phaseMs = ((index + random()) * 1000) / everybody.length;
    const late = (baseMs: number) => (): number => baseMs + random() * way.jitterMs;
    room.send(participant, 0, { loop: flash, source: 'camera', phaseMs, lateMs: late(way.pictureMs) });
    room.send(participant, 1, { loop: beep, source: 'mic', phaseMs, lateMs: late(way.soundMs) });
    return { key: `${id}/0`, way, hz, lumas: [] };
  });
}

function flashLoop(ffmpeg: string): Promise<CodedLoop> {
  const frames = Array.from({ length: FPS }, (_, frame) => {
    return createPicture(SIZE.width, SIZE.height, frame < FLASH_FRAMES ? WHITE : DARK).data;
  });
  return encodeLoop(ffmpeg, SIZE, frames);
}

function middlesOf(room: CheckRoom, people: readonly Person[]): ReadonlyArray<readonly [number, number]> {
  const { width, height } = room.program;
  const faces = people.map(({ key }) => ({ key, participant: key, source: 'camera' }) as const);
  const candidates = [{ key: 'ear', participant: 'ear', source: 'none' } as const, ...faces];
  const { regions } = arrange(room.room.layout, { candidates, width, height });
  return people.map(({ key }) => {
    const region = regions.find((one) => one.key === key);
    if (!region) throw new Error(`${key} has no place`);
    return [region.x + region.width / 2, region.y + region.height / 2] as const;
  });
}

function lumaAt({ data, width }: Picture, [x, y]: readonly [number, number]): number {
  return data[Math.floor(y) * width + Math.floor(x)] ?? 0;
}

function resultOf(
  way: Way,
  everybody: readonly Person[],
  startS: number,
  program: PlacedSound,
  back: PlacedSound,
): SyncResult {
  const [inProgram, inReturn]: [number[], number[]] = [[], []];
  let alone = 0;
  for (const { hz, lumas } of everybody.filter((person) => person.way === way)) {
    const flashes = risings(lumas, FLASH_LUMA, FPS / 2).map((frame) => startS + frame / FPS);
    for (const [sound, into] of [
      [program, inProgram],
      [back, inReturn],
    ] as const) {
      const beeps = toneOnsets(sound.samples, hz).map((at) => sound.startS + at);
      // Pictures and sounds of a moment do not arrive together, so the ends of what was kept of them differ.
      const endS = sound.startS + sound.samples.length / SOUND_RATE - WITHIN_S;
      const both = flashes.filter((flash) => flash > sound.startS + WITHIN_S && flash < endS);
      for (const offset of offsetsBetween(both, beeps, WITHIN_S)) {
        if (offset === undefined) alone += 1;
        else into.push(offset * 1000);
      }
    }
  }
  return { way, inProgram, inReturn, alone };
}
