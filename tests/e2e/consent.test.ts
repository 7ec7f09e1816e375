import { join } from 'node:path';
import { Decoder } from '@evan/opus';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { gridLayout } from '../../src/layout/grid.ts';
import { PROGRAM_TRACK } from '../../src/protocol/messages.ts';
import { systemClock } from '../../src/util/clock.ts';
import {
  type DecodedPictures,
  colourOf,
  decodePictures,
  decodeSound,
  toneAmplitude,
} from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { packetsOf } from '../helpers/probed-film.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const FPS = 30;
const ROOM = 'asked';
const ANA = { colour: '0xC02020', rgb: [192, 32, 32], toneHz: 400 } as const;
const BEN = { colour: '0x20A020', rgb: [32, 160, 32], toneHz: 900 } as const;
// Senders play at an amplitude of 0.08; what is not there may still leak a little through two lossy codecs.
const CLEARLY_HEARD = 0.04;
const NOT_HEARD = 0.004;

let samples: MediaSamples;
let server: TestServer;
let ana: TestParticipant;
let ben: TestParticipant;
let film: { readonly path: string; readonly pictures: DecodedPictures; readonly sound: Float32Array };
/** When ben agreed, and by when everybody knew, seconds of the film: a late program obeys later than its recording says. */
let agreedAt: number;
let knownAt: number;
/** Ben's sound as Ana heard it while he was left out. */
let heardByAna: Float32Array;

async function enter(name: string, { colour, toneHz }: typeof ANA | typeof BEN): Promise<TestParticipant> {
  const picture = await samples.h264({ colour, width: 640, height: 360, frames: 60, gopFrames: 60 });
  const { url, token } = server;
  const receive = { video: name === 'Ana', audio: name === 'Ana' };
  return TestParticipant.join(
    { url, room: ROOM, token, name, receive },
    { picture, sound: toneAndBeep(toneHz, toneHz) },
  );
}

async function view(id: string): Promise<RecordingView> {
  return (await server.api<RecordingView>('GET', `/api/recordings/${id}`)).body;
}

/** Resolves when the recording is as wanted. */
async function until(id: string, wanted: (now: RecordingView) => boolean): Promise<void> {
  const look = async (): Promise<void> => {
    const now = await view(id);
    if (!wanted(now)) throw new Error(`The recording is ${now.state} after ${now.duration} s`);
  };
  await vi.waitFor(look, PATIENCE);
}

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({ program: { preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, recording: { consent: 'ask' } });
  ana = await enter('Ana', ANA);
  ben = await enter('Ben', BEN);
  await ana.programFrames(2 * FPS);
  ana.control.say({ type: 'consent', given: true });
  await ana.control.heard('roster', ({ participants }) => participants.some(({ consent }) => consent === true));
  const { id, startedAt } = (await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`)).body;
  await until(id, ({ duration }) => duration > 1);
  const before = ana.received(PROGRAM_TRACK.audio).length;
  await ana.programFrames(2 * FPS);
  heardByAna = decodeOpus(
    ana
      .received(PROGRAM_TRACK.audio)
      .slice(before)
      .map(({ payload }) => payload),
  );
  agreedAt = (await view(id)).duration;
  ben.control.say({ type: 'consent', given: true });
  await ana.control.heard('roster', ({ participants }) => participants.every(({ consent }) => consent === true));
  knownAt = (systemClock.wallMs() - Date.parse(startedAt)) / 1000;
  await until(id, ({ duration }) => duration > knownAt + 2.5);
  await server.api('POST', `/api/recordings/${id}/stop`);
  await until(id, ({ state }) => state === 'ready');
  const path = join(server.dataDir, 'recordings', id, 'recording.mp4');
  film = { path, pictures: await decodePictures('ffmpeg', path, FPS), sound: await decodeSound('ffmpeg', path) };
});

afterAll(async () => {
  await Promise.all([ana?.leave(), ben?.leave()]);
  await server?.close();
  await samples?.close();
});

function decodeOpus(packets: readonly Uint8Array[]): Float32Array {
  const decoder = new Decoder({ channels: 1, sample_rate: 48000 });
  const samplesOf = packets.flatMap((packet) => {
    const bytes = decoder.decode(packet);
    return [...new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)];
  });
  return Float32Array.from(samplesOf, (value) => value / 32768);
}

/** How far a cell of the grid of two is from a colour in a frame, mean of the channels. */
function distance(frame: number, cell: 0 | 1, rgb: readonly number[]): number {
  const { x, y, width, height } = gridLayout(2, 1280, 720)[cell] ?? { x: 0, y: 0, width: 0, height: 0 };
  // The lower right corner: neither a label nor the program's clock is there.
  const place = { x: x + width * 0.75, y: y + height * 0.6, width: width / 8, height: height / 6 };
  const seen = colourOf(film.pictures, frame, place);
  return rgb.reduce((sum, value, channel) => sum + Math.abs(value - (seen[channel] ?? 0)) / 3, 0);
}

function heard(hz: number, from: number, to: number): number {
  return toneAmplitude(film.sound.slice(Math.round(from * 48000), Math.round(to * 48000)), hz);
}

describe('somebody who has not agreed to a recording', () => {
  it('is in no picture of it until they agree, and then they are', () => {
    const frames = film.pictures.frames.length;
    const agreed = Math.floor(agreedAt * FPS);
    const shown = Array.from({ length: frames }, (_, frame) => frame).filter(
      (frame) => distance(frame, 1, BEN.rgb) < 25,
    );
    expect(shown[0]).toBeGreaterThanOrEqual(agreed);
    expect(shown).toContain(frames - FPS / 2);
    expect(distance(FPS, 0, ANA.rgb)).toBeLessThan(25);
  });

  it('is in no sound of it until they agree, while the others are', () => {
    expect(heard(BEN.toneHz, 0, agreedAt - 0.2)).toBeLessThan(NOT_HEARD);
    expect(heard(ANA.toneHz, 0, agreedAt - 0.2)).toBeGreaterThan(CLEARLY_HEARD);
    expect(heard(BEN.toneHz, knownAt + 1, knownAt + 2)).toBeGreaterThan(CLEARLY_HEARD);
  });

  it('is heard by the others in the room all the while', () => {
    expect(toneAmplitude(heardByAna, BEN.toneHz)).toBeGreaterThan(CLEARLY_HEARD);
    expect(toneAmplitude(heardByAna, ANA.toneHz)).toBeLessThan(NOT_HEARD);
  });

  it('is not in the file at all: nothing of before is kept behind an edit list', async () => {
    const packets = await packetsOf(film.path, 'v');
    expect(packets).toHaveLength(film.pictures.frames.length);
    expect(packets[0]).toMatchObject({ pts: 0 });
    expect(packets.some(({ flags }) => flags.includes('D'))).toBe(false);
  });

  it('is asked by the room, and everybody sees who is left out', () => {
    const rooms = ben.control.messages.filter((message) => message.type === 'room');
    expect(rooms[0]).toMatchObject({ recording: false, consent: 'ask' });
    expect(rooms.at(-1)).toMatchObject({ consent: 'ask' });
    const rosters = ana.control.messages.filter((message) => message.type === 'roster');
    const left = rosters.flatMap(({ participants }) => participants.filter(({ withheld }) => withheld));
    expect(new Set(left.map(({ id }) => id))).toEqual(new Set([ben.id]));
    const last = rosters.at(-1)?.participants.find(({ id }) => id === ben.id);
    expect(last).toMatchObject({ consent: true });
    expect(last?.withheld).toBeUndefined();
  });
});
