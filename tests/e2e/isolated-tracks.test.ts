import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { exportIsolatedTrack } from '../../src/recorder/tracks/isolated-export.ts';
import { type IsolatedTrack, listIsolatedTracks } from '../../src/recorder/tracks/isolated-tracks.ts';
import { RecordingTimeline } from '../../src/recorder/recordings/recording-timeline.ts';
import { readSessionEvents, type SessionEvent } from '../../src/recorder/session/session-events.ts';
import { risingEdges, toneLevels } from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const ROOM = 'studio';
const FPS = 30;
const BEEP_HZ = 2000;
/** Patience with a busy machine. */
const run = promisify(execFile);

let ffmpeg: string;
let server: TestServer;
let samples: MediaSamples;
let ana: TestParticipant;
let session: string;
let output: string;
let events: SessionEvent[];
let timeline: RecordingTimeline;
let tracks: readonly IsolatedTrack[];

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
  samples = new MediaSamples();
  output = await mkdtemp(join(tmpdir(), 'gridcast-isolated-'));
  server = await TestServer.start({ program: { preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio' });
  const picture = await samples.h264({
    colour: 'black',
    width: 640,
    height: 360,
    frames: 60,
    gopFrames: 60,
    flash: true,
  });
  const { url, token } = server;
  const receive = { video: true, audio: false };
  ana = await TestParticipant.join(
    { url, room: ROOM, token, name: 'Ana', receive },
    { picture, sound: toneAndBeep(400, BEEP_HZ) },
  );
  await ana.programFrames(2 * FPS);
  const { body } = await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`);
  const order = (action: string): Promise<unknown> => server.api('POST', `/api/recordings/${body.id}/${action}`);
  await ana.programFrames(2.5 * FPS);
  await order('pause');
  await ana.programFrames(FPS);
  await order('resume');
  await ana.programFrames(2.5 * FPS);
  await order('stop');
  const sessions = join(server.dataDir, 'sessions');
  session = join(sessions, (await readdir(sessions))[0] ?? '');
  tracks = await vi.waitFor(async () => {
    const found = await listIsolatedTracks(session);
    if (found.some(({ lost, toMs }) => lost === undefined || toMs < 6000)) throw new Error('They are not closed yet');
    return found;
  }, PATIENCE);
  events = await vi.waitFor(async () => {
    const found: SessionEvent[] = [];
    for await (const event of readSessionEvents(session)) found.push(event);
    if (!found.some((event) => event.type === 'recording' && event.state === 'stopped')) throw new Error('Not yet');
    return found;
  }, PATIENCE);
  const frames = events.flatMap((event) => (event.type === 'recording' ? [Math.round((event.ms * FPS) / 1000)] : []));
  const [begin = 0, pause = 0, resume = 0, end = 0] = frames;
  const second = { from: resume, to: end, outputFrame: pause - begin };
  timeline = new RecordingTimeline([{ from: begin, to: pause, outputFrame: 0 }, second], FPS);
});

afterAll(async () => {
  await ana?.leave();
  await server?.close();
  await samples?.close();
  if (output) await rm(output, { recursive: true, force: true });
});

async function exported(kind: 'video' | 'audio'): Promise<string> {
  const track = tracks.find((each) => each.kind === kind) as IsolatedTrack;
  const path = join(output, `${kind}.mkv`);
  await exportIsolatedTrack({ folder: session, track, timeline, output: path });
  return path;
}

async function decoded(args: readonly string[]): Promise<Buffer> {
  const { stdout } = await run(ffmpeg, ['-v', 'error', '-copyts', ...args], { encoding: 'buffer', maxBuffer: 2 ** 28 });
  return stdout;
}

describe('what somebody sent while a room was recorded', () => {
  it('is told by the events of the session, on its clock', () => {
    const told = events.filter(({ type }) => type !== 'speaking' && type !== 'playout').map(({ type }) => type);
    expect(told.slice(0, 4)).toEqual(['title', 'layout', 'annotation', 'joined']);
    expect(told.filter((type) => type === 'track-added')).toHaveLength(2);
    const states = events.flatMap((event) => (event.type === 'recording' ? [event.state] : []));
    expect(states).toEqual(['recording', 'paused', 'recording', 'stopped']);
    const times = events.map(({ ms }) => ms);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(60_000);
    const [delay] = events.flatMap((event) => (event.type === 'playout' ? [event.delayMs] : []));
    expect(delay).toBeGreaterThan(0);
  });

  it('is a track for each of their sources, which begins and ends with the recording', () => {
    const found = tracks.map(({ kind, source, participant, name, lost }) => ({
      kind,
      source,
      participant,
      name,
      lost,
    }));
    const common = { participant: ana.id, name: 'Ana', lost: 0 };
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ kind: 'audio', source: 'mic', ...common });
    expect(found).toContainEqual({ kind: 'video', source: 'camera', ...common });
  });

  it('is in step with itself on the timeline of the recording, before the pause and after it', async () => {
    const video = await exported('video');
    const audio = await exported('audio');
    // 200 pictures a second: each moment is told to 5 ms.
    const raw = await decoded([
      '-i',
      video,
      '-vf',
      'fps=200:start_time=0,scale=1:1:flags=area,format=gray',
      '-f',
      'rawvideo',
      '-',
    ]);
    const flashes = risingEdges([...raw], 200);
    const pcm = await decoded([
      '-i',
      audio,
      '-af',
      'aresample=async=1:first_pts=0',
      '-ar',
      '48000',
      '-f',
      'f32le',
      '-',
    ]);
    const sound = new Float32Array(pcm.buffer, pcm.byteOffset, Math.floor(pcm.length / 4));
    const { levels, perSecond } = toneLevels(sound, BEEP_HZ);
    const beeps = risingEdges(levels, perSecond);
    // A piece may begin within a flash and a beep.
    const starts = timeline.pieces.map(({ outputFrame }) => outputFrame / FPS);
    const whole = beeps.filter((beep) => starts.every((start) => beep < start || beep > start + 0.3));
    const [, second = 0] = starts;
    expect(whole.filter((beep) => beep < second).length).toBeGreaterThan(0);
    expect(whole.filter((beep) => beep > second).length).toBeGreaterThan(0);
    for (const beep of whole) {
      expect(Math.min(...flashes.map((flash) => Math.abs(flash - beep)))).toBeLessThan(0.04);
    }
  });
});
