import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ParticipantView, RecordingView } from '../../src/api/ports.ts';
import { archiveFolder, readManifest } from '../../src/recorder/archive/archive-manifest.ts';
import { archiveTimelineSchema, TIMELINE_FILE } from '../../src/recorder/archive/archive-timeline-file.ts';
import { type RunningCommand, startGridcast } from '../helpers/command.ts';
import { freePort } from '../helpers/free-port.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { ServeProcess } from '../helpers/serve-process.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 };

let samples: MediaSamples;
let server: ServeProcess | undefined;
let publisher: RunningCommand | undefined;

beforeAll(() => {
  samples = new MediaSamples();
});
afterAll(async () => {
  publisher?.interrupt();
  await publisher?.ended;
  await server?.end('SIGTERM');
  await samples.close();
});

it('whoever comes back to a recording after the death of the server is one person in it, with one sound', async () => {
  const dataDir = join(await tempDir(), 'data');
  const port = { GRIDCAST_PORT: String(await freePort()) };
  let running = await ServeProcess.start(dataDir, port);
  server = running;
  await running.api('POST', '/api/rooms', { id: 'hall', title: 'Hall', program: PROGRAM });
  const film = await samples.file({ seconds: 4, width: 320, height: 180, gopFrames: 60 });
  const place = ['--url', running.url, '--room', 'hall', '--name', 'Ana', '--token', running.token];
  publisher = startGridcast(['publish', film, ...place, '--loop', '--quiet']);
  const there = async (): Promise<string> => {
    const { items } = await running.api<{ items: ParticipantView[] }>('GET', '/api/rooms/hall/participants');
    expect(items).toMatchObject([{ name: 'Ana', connected: true, tracks: [{}, {}] }]);
    return items[0]?.id ?? '';
  };
  const id = await vi.waitFor(there, PATIENCE);
  // A session that has no folder yet cannot be recorded.
  const recording = await vi.waitFor(() => running.api<RecordingView>('POST', '/api/rooms/hall/recordings'), PATIENCE);
  const path = `/api/recordings/${recording.id}`;
  // On the disk, however late a busy machine makes it.
  const kept = async (): Promise<string> => running.text(`${path}/hls/index.m3u8`);
  await vi.waitFor(async () => expect(await kept()).toMatch(/^segment-/m), PATIENCE);
  await running.end('SIGKILL');

  running = await ServeProcess.start(dataDir, port);
  server = running;
  // Nobody else has come in their place, and what they send is there again.
  expect(await vi.waitFor(there, PATIENCE)).toBe(id);
  await vi.waitFor(async () => expect(await kept()).toMatch(/#EXT-X-DISCONTINUITY\n[^]*\nsegment-/), PATIENCE);
  await running.api('POST', `${path}/stop`);
  await vi.waitFor(async () => {
    const view = await running.api<RecordingView>('GET', path);
    expect([view.state, view.error]).toContain('ready');
  }, PATIENCE);
  const timeline = archiveTimelineSchema.parse(await running.api('GET', `${path}/files/${TIMELINE_FILE}`));
  expect(timeline.pieces).toHaveLength(2);
  expect(timeline.people).toMatchObject([{ id, name: 'Ana', present: [{}, {}] }]);
  const manifest = await readManifest(archiveFolder(dataDir, recording.id));
  expect(manifest?.facts['film']).toMatchObject({ sounds: [{ participant: id }] });
});
