import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Decoder } from '@evan/opus';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { wallTime } from '../../src/media/timestamp.ts';
import { ClockOverlay } from '../../src/mixer/clock-overlay.ts';
import { gridLayout } from '../../src/layout/grid.ts';
import {
  type DecodedPictures,
  colourOf,
  decodePictures,
  decodeSound,
  risingEdges,
  toneAmplitude,
  toneLevels,
} from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { packetsOf, stepsOf } from '../helpers/probed-film.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer, fetchProgram } from '../helpers/test-server.ts';

// Four people, each of one colour and one tone, with a flash and a beep at the start of each of their seconds.
const PEOPLE = {
  ana: { colour: '0xC02020', rgb: [192, 32, 32], toneHz: 400, beepHz: 2000 },
  ben: { colour: '0x20A020', rgb: [32, 160, 32], toneHz: 600, beepHz: 2600 },
  cleo: { colour: '0x2040C0', rgb: [32, 64, 192], toneHz: 850, beepHz: 3300 },
  dan: { colour: '0xC0A020', rgb: [192, 160, 32], toneHz: 1150, beepHz: 4100 },
} as const;
type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as Name[];

const FPS = 30;
const ROOM = 'studio';
const run = promisify(execFile);

let samples: MediaSamples;
let server: TestServer;
let folder: string;
let recording: RecordingView;
let film: { path: string; pictures: DecodedPictures; sound: Float32Array };
let program: { path: string; firstMs: number };
const people = new Map<Name, TestParticipant>();
/** Program time at which dan joined and ben left, seconds into the film. */
const moments = { danJoins: 0, benLeaves: 0 };

async function enter(name: Name, receive = { video: false, audio: true }): Promise<void> {
  const { colour, toneHz, beepHz } = PEOPLE[name];
  const picture = await samples.h264({ colour, width: 640, height: 360, frames: 60, gopFrames: 60, flash: true });
  const { url, token } = server;
  const media = { picture, sound: toneAndBeep(toneHz, beepHz) };
  people.set(name, await TestParticipant.join({ url, room: ROOM, token, name, receive }, media));
}

function programFrames(count: number): Promise<void> {
  return (people.get('ana') as TestParticipant).programFrames(count);
}

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-film-'));
  // Whatever an encode costs is no matter here, and a machine that has no time for it makes another program.
  server = await TestServer.start({ program: { preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
  await enter('ana', { video: true, audio: true });
  await enter('ben');
  await enter('cleo');
  await programFrames(3 * FPS);
  recording = (await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`)).body;
  moments.danJoins = await another(4);
  await enter('dan');
  moments.benLeaves = await another(4);
  await people.get('ben')?.leave();
  await another(4);
  await server.api('POST', `/api/recordings/${recording.id}/stop`);
  recording = await vi.waitFor(async () => {
    const { body } = await server.api<RecordingView>('GET', `/api/recordings/${recording.id}`);
    if (body.state !== 'ready') throw new Error(`The recording is ${body.state}`);
    return body;
  }, PATIENCE);
  const path = join(folder, 'film.mp4');
  await writeFile(path, await server.bytes(`/api/recordings/${recording.id}/download`));
  film = { path, pictures: await decodePictures('ffmpeg', path, FPS), sound: await decodeSound('ffmpeg', path) };
  const live = await fetchProgram(server, ROOM);
  program = { path: join(folder, 'program.mp4'), firstMs: live.firstMs };
  await writeFile(program.path, live.data);
});

afterAll(async () => {
  await Promise.all([...people.values()].map((participant) => participant.leave()));
  await server?.close();
  await samples?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/**
 * So many more seconds of the recording, and of the program: on a busy machine frames come late and then all at once, so
 * that neither the program's frames nor the recording's clock alone say what the film will have. Gives its length so far.
 */
async function another(seconds: number): Promise<number> {
  const goal = (await secondsRecorded()) + seconds;
  await programFrames(seconds * FPS);
  return vi.waitFor(async () => {
    const recorded = await secondsRecorded();
    if (recorded < goal) throw new Error(`${recorded} s are recorded, not yet ${goal}`);
    return recorded;
  }, PATIENCE);
}

async function secondsRecorded(): Promise<number> {
  return (await server.api<RecordingView>('GET', `/api/recordings/${recording.id}`)).body.duration;
}

/** The lower right corner of a cell: neither its label nor the program's clock is there. */
function sampleOf(cell: { x: number; y: number; width: number; height: number }) {
  return {
    x: cell.x + cell.width * 0.6,
    y: cell.y + cell.height * 0.55,
    width: cell.width / 4,
    height: cell.height / 4,
  };
}

/** Mean distance per channel to somebody's colour in a cell, in the frame of that second that is nearest to it: no flash. */
function distance(name: Name, count: number, index: number, second: number): number {
  const cell = gridLayout(count, 1280, 720)[index];
  if (!cell) throw new Error(`${count} tiles have no cell ${index}`);
  const frames = Array.from({ length: FPS }, (_, offset) => Math.round(second * FPS) + offset);
  const distances = frames.map((frame) => {
    const seen = colourOf(film.pictures, frame, sampleOf(cell));
    return PEOPLE[name].rgb.reduce((sum, value, channel) => sum + Math.abs(value - (seen[channel] ?? 0)) / 3, 0);
  });
  return distances.toSorted((a, b) => a - b)[Math.floor(FPS / 2)] ?? Number.NaN;
}

/**
 * How loud each tone is in the loudest quarter of a time: where others have the cores, sound that comes late is left out,
 * and while the mixer follows a delay that changes it plays a tone up to a fiftieth too high or too low.
 */
function heard(sound: Float32Array, fromSecond: number, seconds: number): Record<Name, number> {
  const span = sound.subarray(Math.round(fromSecond * 48000), Math.round((fromSecond + seconds) * 48000));
  const windows = Array.from({ length: seconds * 10 }, (_, at) => span.subarray(at * 4800, (at + 1) * 4800));
  const levels = NAMES.map((name) => {
    const { toneHz } = PEOPLE[name];
    const loudest = windows.map((window) => {
      const tones = [-0.02, -0.01, 0, 0.01, 0.02].map((off) => toneAmplitude(window, toneHz * (1 + off)));
      return Math.max(...tones);
    });
    return [name, loudest.toSorted((a, b) => b - a)[Math.floor(loudest.length / 4)] ?? Number.NaN] as const;
  });
  return Object.fromEntries(levels) as Record<Name, number>;
}

// Senders play at an amplitude of 0.08; what is not there may still leak a little through two lossy codecs.
const CLEARLY_HEARD = 0.04;
const NOT_HEARD = 0.004;

describe('a room of four, from their sockets to the downloaded film', () => {
  it('serves 1280x720 H.264 and AAC as a live playlist', async () => {
    const args = ['-v', 'error', '-show_entries', 'stream=codec_name,width,height,r_frame_rate', '-of', 'json'];
    const { stdout } = await run('ffprobe', [...args, `${server.url}/hls/${ROOM}/index.m3u8`]);
    const streams = (JSON.parse(stdout) as { streams: { codec_name: string; width?: number; height?: number }[] })
      .streams;
    expect(streams.find((stream) => stream.codec_name === 'h264')).toMatchObject({
      width: 1280,
      height: 720,
      r_frame_rate: '30/1',
    });
    expect(streams.map((stream) => stream.codec_name)).toContain('aac');
  });

  it('makes exactly 30 frames for each second, whoever joins and leaves', async () => {
    const packets = await packetsOf(program.path, 'v');
    expect(packets.length).toBeGreaterThan(14 * FPS);
    expect(stepsOf(packets)).toEqual([512]);
  });

  it('makes sound without a gap, whoever joins and leaves', async () => {
    expect(stepsOf(await packetsOf(program.path, 'a'))).toEqual([1024]);
  });

  it('shows everybody in their cell, before and after each change', () => {
    const before = moments.danJoins - 1.5;
    const together = moments.benLeaves - 1.5;
    const after = moments.benLeaves + 1.5;
    const seen = {
      before: (['ana', 'ben', 'cleo'] as const).map((name, index) => distance(name, 3, index, before)),
      together: NAMES.map((name, index) => distance(name, 4, index, together)),
      after: (['ana', 'cleo', 'dan'] as const).map((name, index) => distance(name, 3, index, after)),
    };
    for (const distances of Object.values(seen)) {
      for (const value of distances) expect(value, JSON.stringify(seen)).toBeLessThan(14);
    }
  });

  it('lets everybody be heard while they are there, and only then', () => {
    const before = heard(film.sound, moments.danJoins - 2, 1.5);
    const together = heard(film.sound, moments.benLeaves - 2, 1.5);
    const after = heard(film.sound, moments.benLeaves + 1.5, 1.5);
    for (const name of ['ana', 'ben', 'cleo'] as const) expect(before[name], name).toBeGreaterThan(CLEARLY_HEARD);
    expect(before.dan).toBeLessThan(NOT_HEARD);
    for (const name of NAMES) expect(together[name], name).toBeGreaterThan(CLEARLY_HEARD);
    for (const name of ['ana', 'cleo', 'dan'] as const) expect(after[name], name).toBeGreaterThan(CLEARLY_HEARD);
    expect(after.ben).toBeLessThan(NOT_HEARD);
  });

  it('keeps picture and sound of each person within 80 ms of each other', () => {
    const { danJoins, benLeaves } = moments;
    // Where they stand, but for half a second around each change.
    const places = [
      { from: 0, to: danJoins - 0.5, names: ['ana', 'ben', 'cleo'] },
      { from: danJoins + 0.5, to: benLeaves - 0.5, names: ['ana', 'ben', 'cleo', 'dan'] },
      { from: benLeaves + 0.5, to: film.pictures.frames.length / FPS, names: ['ana', 'cleo', 'dan'] },
    ];
    const offsets = (['ana', 'cleo'] as const).map((name) => {
      const white = film.pictures.frames.map((_, frame) => {
        const place = places.find(({ from, to }) => frame >= from * FPS && frame < to * FPS);
        const cell = place && gridLayout(place.names.length, 1280, 720)[place.names.indexOf(name)];
        return cell ? Math.min(...colourOf(film.pictures, frame, sampleOf(cell))) : 0;
      });
      // Not one whose beep would be cut off with the end of the film.
      const flashes = risingEdges(white, FPS).filter((flash) => flash < film.sound.length / 48000 - 0.2);
      const tone = toneLevels(film.sound, PEOPLE[name].beepHz);
      const beeps = risingEdges(tone.levels, tone.perSecond);
      expect(flashes.length, `${name}: flashes`).toBeGreaterThanOrEqual(2);
      return flashes.map((flash) => Math.min(...beeps.map((beep) => Math.abs(beep - flash))));
    });
    // A quarter of each: where others have the cores, pictures that come late are shown late, and sound that does is left out.
    const quarters = offsets.map((each) => each.toSorted((a, b) => a - b)[Math.floor(each.length / 4)]);
    for (const quarter of quarters) expect(quarter, JSON.stringify(offsets)).toBeLessThanOrEqual(0.08);
  });

  it('burns in the program time of every frame, to the millisecond', async () => {
    const overlay = new ClockOverlay(20, (time) => -new Date(time).getTimezoneOffset());
    const { width, height } = overlay.picture;
    // Seconds and milliseconds: characters 17 to 22 of 30, behind half a character of margin.
    const [from, to] = [(width * 17.5) / 31, (width * 23.5) / 31];
    const crop = `crop=${width}:${height}:${1280 - width - 8}:8`;
    const frames = [0, 1, 45, 200].map((frame) => `eq(n\\,${frame})`).join('+');
    const args = ['-v', 'error', '-i', program.path, '-vf', `select=${frames},${crop}`, '-fps_mode', 'passthrough'];
    const { stdout } = await run('ffmpeg', [...args, '-pix_fmt', 'gray', '-f', 'rawvideo', '-'], {
      encoding: 'buffer',
      maxBuffer: 64 * 1024 * 1024,
    });
    const errorOf = (index: number, ms: number): number => {
      overlay.update(wallTime(ms));
      let sum = 0;
      for (let at = 0; at < width * height; at += 1) {
        if (at % width < from || at % width >= to) continue;
        // The overlay is in limited range, the decoded gray in full.
        const expected = (((overlay.picture.data[at] ?? 0) - 16) * 255) / 219;
        sum += Math.abs(expected - (stdout[index * width * height + at] ?? 0));
      }
      return sum / ((to - from) * height);
    };
    for (const [index, frame] of [0, 1, 45, 200].entries()) {
      const time = program.firstMs + (frame * 1000) / FPS;
      // Announced times are rounded to milliseconds, and so may be the last digit.
      const right = Math.min(errorOf(index, time - 1), errorOf(index, time), errorOf(index, time + 1));
      expect(right, `frame ${frame}`).toBeLessThan(8);
      for (const wrong of [-1000, -33, 33, 1000]) {
        expect(errorOf(index, time + wrong), `frame ${frame}, ${wrong} ms off`).toBeGreaterThan(right * 1.4);
      }
    }
  });

  it('gives each listener everybody but themselves', () => {
    for (const name of ['ana', 'cleo'] as const) {
      const participant = people.get(name) as TestParticipant;
      const decoder = new Decoder({ channels: 2, sample_rate: 48000 });
      // The time when all four were there: dan joined 4 s after the recording began, ben left 4 s later.
      const frames = participant.received(17);
      const sound = new Float32Array(frames.length * 960);
      frames.forEach(({ payload }, index) => {
        const bytes = decoder.decode(payload);
        const pcm = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
        for (let at = 0; at < 960; at += 1) sound[index * 960 + at] = (pcm[at * 2] ?? 0) / 32768;
      });
      const firstUs = frames[0]?.header.captureUs ?? 0;
      const startMs = Date.parse(recording.startedAt) + (moments.benLeaves - 2) * 1000;
      const levels = heard(sound, startMs / 1000 - firstUs / 1_000_000, 1.5);
      for (const other of NAMES) {
        if (other === name) expect(levels[other], `${name} hears themselves`).toBeLessThan(NOT_HEARD);
        else expect(levels[other], `${name} hears ${other}`).toBeGreaterThan(CLEARLY_HEARD);
      }
    }
  });

  it('archives a film of the recorded duration whose index comes first', async () => {
    const asked = (Date.parse(recording.stoppedAt ?? '') - Date.parse(recording.startedAt)) / 1000;
    const { stdout } = await run('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'format=duration',
      '-of',
      'csv=p=0',
      film.path,
    ]);
    expect(Math.abs(Number(stdout) - asked)).toBeLessThan(0.2);
    expect(Math.abs(film.pictures.frames.length / FPS - asked)).toBeLessThan(0.2);
    expect(Math.abs(film.sound.length / 48000 - asked)).toBeLessThan(0.2);
  });

  it('tells each sender the size of their tile', () => {
    const dan = people.get('dan') as TestParticipant;
    const targets = dan.control.messages.filter((message) => message.type === 'target');
    expect(targets.at(-1)).toMatchObject({ track: 1, width: 640, height: 360 });
  });
});
