import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { loadSessionIndex } from '../../src/recorder/session/session-index.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { decodedFrames } from '../helpers/probed-film.ts';
import { ServeProcess } from '../helpers/serve-process.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';

const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 };
/** How busy the machine is must change neither the program nor how long people have to come back. */
const CONFIG = `
program: { degrade: false }
recordings: { graceSeconds: 3600 }
`;
const PART_SECONDS = 0.5;
const FPS = 30;

let samples: MediaSamples;
let folder: string;
let server: ServeProcess | undefined;

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-crash-'));
});
afterAll(async () => {
  await server?.end('SIGTERM');
  await samples.close();
  await rm(folder, { recursive: true, force: true });
});

async function publish(to: ServeProcess): Promise<TestParticipant> {
  const picture = await samples.h264({ frames: 60, gopFrames: 60 });
  const receive = { video: true, audio: false };
  const place = { url: to.url, room: 'hall', token: to.token, name: 'Ana', receive };
  return TestParticipant.join(place, { picture, sound: toneAndBeep(400, 2000) });
}

function on(running: ServeProcess | undefined): ServeProcess {
  if (!running) throw new Error('No server runs.');
  return running;
}

it('continues one recording over the death of the server, and makes one film of both pieces', async () => {
  const dataDir = join(folder, 'data');
  const env = { GRIDCAST_CONFIG: join(folder, 'gridcast.yml') };
  await writeFile(env.GRIDCAST_CONFIG, CONFIG);
  server = await ServeProcess.start(dataDir, env);
  await server.api('POST', '/api/rooms', { id: 'hall', title: 'Hall', program: PROGRAM });
  const before = await publish(server);
  await before.programFrames(FPS);
  // A session that has no folder yet cannot be recorded.
  const { id } = await vi.waitFor(() => on(server).api<RecordingView>('POST', '/api/rooms/hall/recordings'), PATIENCE);
  await before.programFrames(4 * FPS);
  const path = `/api/recordings/${id}`;
  const publishedMs = await vi.waitFor(() => publishedUntil(on(server)), PATIENCE);
  // How far a slow disk is behind viewers is not the question, but that nothing is lost which it has taken.
  await vi.waitFor(
    async () => expect(await keptUntil(dataDir)).toBeGreaterThan(publishedMs - PART_SECONDS * 1000),
    PATIENCE,
  );
  await server.end('SIGKILL');
  before.stopSending();

  server = await ServeProcess.start(dataDir, env);
  const interrupted = await server.api<RecordingView>('GET', path);
  expect(interrupted).toMatchObject({ state: 'recording', problem: { code: 'interrupted' } });
  const lost = (publishedMs - (await keptUntil(dataDir))) / 1000;
  const after = await publish(server);
  await vi.waitFor(async () => {
    expect(await on(server).api<RecordingView>('GET', path)).not.toHaveProperty('problem');
  }, PATIENCE);
  await after.programFrames(4 * FPS);
  expect(await server.api<RecordingView>('GET', path)).toMatchObject({ state: 'recording' });
  await server.api('POST', `${path}/stop`);
  const ready = await vi.waitFor(async () => {
    const view = await on(server).api<RecordingView>('GET', path);
    expect([view.state, view.error]).toContain('ready');
    return view;
  }, PATIENCE);
  expect(ready).toMatchObject({ stopReason: 'asked' });
  expect(ready).not.toHaveProperty('recovered');
  expect(ready.duration).toBeGreaterThan(interrupted.duration + 3);
  const items = (await server.api<{ items: RecordingView[] }>('GET', '/api/recordings?limit=10')).items;
  expect(items.map((item) => item.id)).toEqual([id]);

  expect(await decodedFrames(join(dataDir, 'recordings', id, 'recording.mp4'))).toBeGreaterThan(FPS);
  process.stdout.write(`Of what viewers had when the server was killed the disk lacked ${lost.toFixed(3)} s.\n`);
  expect(lost).toBeLessThan(PART_SECONDS + 0.01);
  await after.leave();
});

/** Wall-clock milliseconds at which the live playlist ends. */
async function publishedUntil(server: ServeProcess): Promise<number> {
  const index = await server.text('/hls/hall/index.m3u8');
  const media = index.split('\n').find((line) => line.endsWith('live.m3u8')) ?? '';
  let segmentMs = 0;
  let seconds = 0;
  for (const line of (await server.text(`/hls/hall/${media}`)).split('\n')) {
    const date = /^#EXT-X-PROGRAM-DATE-TIME:(.+)/.exec(line)?.[1];
    if (date !== undefined) {
      segmentMs = Date.parse(date);
      seconds = 0;
    }
    seconds += Number(/^#EXT-X-PART:DURATION=([\d.]+)/.exec(line)?.[1] ?? 0);
    seconds = Number(/^#EXTINF:([\d.]+)/.exec(line)?.[1] ?? seconds);
  }
  return segmentMs + seconds * 1000;
}

/** Wall-clock milliseconds at which the disk ends; before anything when it has nothing. */
async function keptUntil(dataDir: string): Promise<number> {
  const [session] = await readdir(join(dataDir, 'sessions'));
  const { parts } = await loadSessionIndex(join(dataDir, 'sessions', session ?? ''));
  return Math.max(0, ...parts.map(({ wallTime, frames }) => wallTime + (frames * 1000) / FPS));
}
