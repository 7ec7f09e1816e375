/** A copy that was made while a server ran is the data folder of another one. */
import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { backupCommand } from '../../src/cli/backup/backup-command.ts';
import { verifyCommand } from '../../src/cli/verify.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { writeArchive } from '../helpers/small-archive.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const PROGRAM = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 };
const FPS = 30;

async function start(data?: string): Promise<TestServer> {
  const server = await TestServer.start(data === undefined ? {} : { server: { data, port: 0 } });
  onTestFinished(() => server.close());
  return server;
}

it('goes on elsewhere with rooms, links and films, from a copy that was made while it recorded', async () => {
  const first = await start();
  const samples = new MediaSamples();
  onTestFinished(() => samples.close());
  await writeArchive(first.dataDir, await samples.file({ seconds: 2 }));
  await first.api('POST', '/api/rooms', { id: 'monday', title: 'Monday stand-up', program: PROGRAM });
  const { body: link } = await first.api<{ token: string }>('POST', '/api/rooms/monday/tokens', { role: 'host' });
  const picture = await samples.h264({ frames: 60, gopFrames: 60 });
  const place = {
    url: first.url,
    room: 'monday',
    token: link.token,
    name: 'Ana',
    receive: { video: true, audio: false },
  };
  const ana = await TestParticipant.join(place, { picture, sound: toneAndBeep(400, 2000) });
  await ana.video.until(() => (ana.received(16).length >= FPS ? true : undefined));
  const { body: recording } = await first.api<RecordingView>('POST', '/api/rooms/monday/recordings');
  // As much of it is on the disk as two segments, however late a busy machine makes them.
  await vi.waitFor(async () => {
    const playlist = Buffer.from(await first.bytes(`/api/recordings/${recording.id}/hls/index.m3u8`)).toString();
    expect(playlist.match(/^segment-/gm)?.length).toBeGreaterThan(1);
  }, PATIENCE);
  const copy = join(await tempDir(), 'copy');
  await backupCommand([copy, '--quiet'], { GRIDCAST_DATA: first.dataDir }, () => {});
  await first.api('POST', '/api/rooms', { id: 'later' });
  await ana.leave();

  const data = join(await tempDir(), 'data');
  await cp(copy, data, { recursive: true, preserveTimestamps: true });
  const second = await start(data);
  expect(second.token).toBe(first.token);
  const { body: rooms } = await second.api<{ items: { id: string; title: string }[] }>('GET', '/api/rooms');
  expect(rooms.items.map(({ id, title }) => ({ id, title }))).toEqual([{ id: 'monday', title: 'Monday stand-up' }]);
  const asked = await second.api('GET', '/api/rooms/monday', undefined, link.token);
  expect(asked.status).toBe(200);
  // It was in no list of the first server either, and tells of itself.
  await vi.waitFor(async () => {
    const { body } = await second.api<RecordingView>('GET', '/api/recordings/r1');
    expect(body).toMatchObject({ state: 'ready', room: 'demo', title: 'Demo', duration: 2 });
  }, PATIENCE);
  expect(await verifyCommand(['r1'], { ...process.env, GRIDCAST_DATA: data }, () => {})).toBe(0);
  // What was being recorded is as after a crash: stopped, it becomes a film of what is in the copy.
  const path = `/api/recordings/${recording.id}`;
  expect((await second.api<RecordingView>('GET', path)).body).toMatchObject({ state: 'recording' });
  await second.api('POST', `${path}/stop`);
  const film = await vi.waitFor(async () => {
    const { body } = await second.api<RecordingView>('GET', path);
    expect([body.state, body.error]).toContain('ready');
    return body;
  }, PATIENCE);
  expect(film.duration).toBeGreaterThan(1);
  expect(await verifyCommand([recording.id], { ...process.env, GRIDCAST_DATA: data }, () => {})).toBe(0);
  // What a server runs on is no copy any more: no backup writes over it.
  expect(await readdir(data)).not.toContain('backup.json');
  await expect(backupCommand([data], { GRIDCAST_DATA: first.dataDir }, () => {})).rejects.toMatchObject({
    code: 'usage',
  });
});

it('keeps its lists where DATABASE_URL says, and for itself alone', async () => {
  const lists = join(await tempDir(), 'lists', 'gridcast.db');
  const database = { url: `sqlite:${lists}` };
  const first = await TestServer.start({ database });
  onTestFinished(() => first.close());
  await first.api('POST', '/api/rooms', { id: 'monday' });
  expect(await readdir(first.dataDir)).not.toContain('gridcast.db');
  await expect(TestServer.start({ database })).rejects.toThrow(`runs on the database ${lists} already`);
  const usual = await start();
  const inside = { url: `sqlite:${join(usual.dataDir, 'gridcast.db')}` };
  await expect(TestServer.start({ database: inside })).rejects.toThrow('gridcast.db already');
});
