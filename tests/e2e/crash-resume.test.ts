import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { ServeProcess } from '../helpers/serve-process.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';

const run = promisify(execFile);
const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 };
const PART_SECONDS = 0.5;
const FPS = 30;
const WAIT = { timeout: 60_000, interval: 100 };

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

/** The program's own frames are the clock. */
async function frames(participant: TestParticipant, count: number): Promise<void> {
  const goal = participant.received(16).length + count;
  await participant.video.until(() => (participant.received(16).length >= goal ? true : undefined));
}

it('continues one recording over the death of the server, and makes one film of both pieces', async () => {
  const dataDir = join(folder, 'data');
  server = await ServeProcess.start(dataDir);
  await server.api('POST', '/api/rooms', { id: 'hall', title: 'Hall', program: PROGRAM });
  const before = await publish(server);
  await frames(before, FPS);
  const { id } = await server.api<RecordingView>('POST', '/api/rooms/hall/recordings');
  await frames(before, 4 * FPS);
  const path = `/api/recordings/${id}`;
  const last = await server.api<RecordingView>('GET', path);
  await server.end('SIGKILL');
  before.stopSending();

  server = await ServeProcess.start(dataDir);
  const interrupted = await server.api<RecordingView>('GET', path);
  expect(interrupted).toMatchObject({ state: 'recording', problem: { code: 'interrupted' } });
  const lost = last.duration - interrupted.duration;
  const after = await publish(server);
  await frames(after, 4 * FPS);
  expect(await server.api<RecordingView>('GET', path)).toMatchObject({ state: 'recording' });
  await server.api('POST', `${path}/stop`);
  const ready = await vi.waitFor(async () => {
    const view = await server?.api<RecordingView>('GET', path);
    expect([view?.state, view?.error]).toContain('ready');
    return view;
  }, WAIT);
  expect(ready).toMatchObject({ stopReason: 'asked' });
  expect(ready).not.toHaveProperty('recovered');
  const items = (await server.api<{ items: RecordingView[] }>('GET', '/api/recordings?limit=10')).items;
  expect(items.map((item) => item.id)).toEqual([id]);

  const shown = await decodedFrames(join(dataDir, 'recordings', id, 'recording.mp4'));
  expect(shown).toBeGreaterThan((interrupted.duration + 3) * FPS);
  expect(Math.abs(shown / FPS - (ready?.duration ?? 0))).toBeLessThan(0.2);
  // What was being encoded, and the part that it belonged to; the disk is not asked to be slow.
  process.stdout.write(
    `Killed with ${last.duration} s due and ${interrupted.duration} s on the disk: ${lost} s lost.\n`,
  );
  expect(lost).toBeLessThan(PART_SECONDS + 1 + 1);
  await after.leave();
});

/** Decodes all of it; FFmpeg's complaints fail the test. */
async function decodedFrames(path: string): Promise<number> {
  const { stdout, stderr } = await run('ffprobe', [
    ...['-v', 'error', '-count_frames', '-select_streams', 'v'],
    ...['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path],
  ]);
  expect(stderr).toBe('');
  return Number(stdout.trim());
}
