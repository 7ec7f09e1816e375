import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { systemClock } from '../../src/util/clock.ts';
import { locateFfmpeg } from '../../src/ffmpeg/locate.ts';
import { archiveTimelineSchema, TIMELINE_FILE } from '../../src/recorder/archive/archive-timeline-file.ts';
import { archiveFolder, readManifest } from '../../src/recorder/archive/archive-manifest.ts';
import { verifyArchive } from '../../src/recorder/archive/verify-archive.ts';
import { readEmptySince } from '../../src/recorder/session/last-presence.ts';
import { endFrameOf, loadSessionIndex } from '../../src/recorder/session/session-index.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const FPS = 30;
const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 };

let samples: MediaSamples;
let server: TestServer;

beforeAll(async () => {
  samples = new MediaSamples();
  server = await TestServer.start({ rooms: { emptySeconds: 600 }, recordings: { auto: true } });
});
afterAll(async () => {
  await server?.close();
  await samples?.close();
});

it('a recording that ends because everybody has left ends where the last of them did, and so does all that is made of it', async () => {
  await server.api('POST', '/api/rooms', { id: 'hall', title: 'Hall', program: PROGRAM });
  const { url, token } = server;
  const place = { url, room: 'hall', token, name: 'Ana', receive: { video: true, audio: false } };
  const picture = await samples.h264({ frames: 60, gopFrames: 60 });
  const ana = await TestParticipant.join(place, { picture, sound: toneAndBeep(400, 2000) });
  await ana.programFrames(4 * FPS);
  await ana.leave();
  const [session = ''] = await readdir(join(server.dataDir, 'sessions'));
  const log = join(server.dataDir, 'sessions', session);
  // However late a busy machine is with the program.
  await vi.waitFor(async () => {
    const leftMs = (await readEmptySince(log)) ?? Number.NaN;
    expect((endFrameOf(await loadSessionIndex(log)) * 1000) / FPS).toBeGreaterThan(leftMs + 6000);
  }, PATIENCE);
  await server.api('DELETE', '/api/rooms/hall');
  const { id, duration } = await vi.waitFor(async () => {
    const { body } = await server.api<{ items: RecordingView[] }>('GET', '/api/recordings?room=hall');
    expect(body.items).toMatchObject([{ state: 'ready', stopReason: 'session_ended' }]);
    return body.items[0] as RecordingView;
  }, PATIENCE);
  const { body } = await server.api('GET', `/api/recordings/${id}/files/${TIMELINE_FILE}`);
  const timeline = archiveTimelineSchema.parse(body);
  const left = timeline.people[0]?.present.at(-1)?.to ?? Number.NaN;
  expect(duration - left).toBeGreaterThan(1.9);
  expect(duration - left).toBeLessThan(2.1);
  expect(timeline.duration).toBeCloseTo(duration, 1);
  const folder = archiveFolder(server.dataDir, id);
  const [range, empty] = await readManifest(folder).then((manifest) => [manifest?.ranges.at(-1), manifest?.empty?.[0]]);
  expect(empty?.from).toBe(range?.to);
  expect(((empty?.to ?? 0) - (empty?.from ?? 0)) / FPS).toBeGreaterThan(3.5);
  const { path, ffprobePath } = await locateFfmpeg({});
  const verdict = await verifyArchive({ folder, quick: false, ffmpegPath: path, ffprobePath, clock: systemClock });
  expect(verdict).toMatchObject({ ok: true });
});
