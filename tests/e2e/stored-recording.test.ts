import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { loadConfig } from '../../src/config/load.ts';
import { nullLogger } from '../../src/logger.ts';
import { GridcastServer } from '../../src/server/server.ts';
import { systemClock } from '../../src/util/clock.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { S3TestServer } from '../helpers/s3-server.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';

const FPS = 30;

let folder: string;
let store: S3TestServer;
let server: GridcastServer;
let recording: RecordingView;

/** As a person writes it: the archive worker, which is a process of its own, reads the same file. */
function settings(): string {
  return `
server: { port: 0, data: ${join(folder, 'data')} }
log: { level: silent }
program: { width: 640, height: 360, preset: ultrafast, degrade: false }
recordings: { encrypt: true }
storage:
  kind: s3
  endpoint: ${store.url}
  bucket: ${store.bucket}
  prefix: gridcast/
  forcePathStyle: true
  accessKey: tester
  secretKeyFile: ${join(folder, 's3-secret')}
  keepLocal: false
`;
}

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object): Promise<Response> {
  return fetch(path.startsWith('http') ? path : server.url + path, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

const admin = (): { authorization: string } => ({ authorization: `Bearer ${server.adminToken}` });

async function json<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await ask(method, path, admin(), body);
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return (await response.json()) as T;
}

async function bytes(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

const look = (): Promise<RecordingView> => json('GET', `/api/recordings/${recording.id}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridcast-stored-'));
  store = await S3TestServer.open();
  await writeFile(join(folder, 's3-secret'), 'not-very-secret\n');
  await writeFile(join(folder, 'gridcast.yml'), settings());
  const env = { ...process.env, GRIDCAST_CONFIG: join(folder, 'gridcast.yml') };
  const config = loadConfig(env);
  server = await GridcastServer.start({ config, env, log: nullLogger, clock: systemClock });
  await json('POST', '/api/rooms', { id: 'studio', title: 'Studio' });
  const picture = await new MediaSamples().h264({
    colour: '0xC02020',
    width: 640,
    height: 360,
    frames: 60,
    gopFrames: 60,
  });
  const where = { url: server.url, room: 'studio', token: server.adminToken, name: 'Ana' };
  const media = { picture, sound: toneAndBeep(400, 2000) };
  const ana = await TestParticipant.join({ ...where, receive: { video: true, audio: false } }, media);
  await ana.programFrames(FPS);
  recording = await json('POST', '/api/rooms/studio/recordings');
  await ana.programFrames(4 * FPS);
  await json('POST', `/api/recordings/${recording.id}/stop`);
  await ana.leave();
  await vi.waitFor(async () => {
    const view = await look();
    if (view.state !== 'ready' || view.stored !== 's3') throw new Error(`Not in the store: ${JSON.stringify(view)}`);
  }, PATIENCE);
});
afterAll(async () => {
  await server?.close();
  await store?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a recording of a server with a store', () => {
  it('lies there, encrypted, and nothing of it here but what it is listed again by', async () => {
    const mine = [...store.objects].filter(([key]) => key.startsWith(`gridcast/${recording.id}/`));
    expect(mine.map(([key]) => key)).toContain(`gridcast/${recording.id}/recording.mp4`);
    for (const [key, { data }] of mine) {
      if (!key.endsWith('manifest.json')) expect(data.subarray(0, 8).toString('latin1'), key).toBe('GCSEAL01');
    }
    expect(store.uploads.size).toBe(0);
    const here = join(folder, 'data', 'recordings', recording.id);
    expect((await readdir(here)).toSorted()).toEqual(['manifest.json', 'stored.json', 'timeline.json']);
    expect((await readFile(join(here, 'timeline.json'))).subarray(0, 8).toString('latin1')).toBe('GCSEAL01');
  });

  it('is downloaded as it was made, whole and in part', async () => {
    const { sha256, size } = await look();
    const path = `/api/recordings/${recording.id}/download`;
    const film = await bytes(await ask('GET', path, admin()));
    expect([film.length, createHash('sha256').update(film).digest('hex')]).toEqual([size, sha256]);
    expect(film.subarray(4, 8).toString('latin1')).toBe('ftyp');
    const part = await ask('GET', path, { ...admin(), range: 'bytes=70000-200000' });
    expect(part.status).toBe(206);
    expect((await bytes(part)).equals(film.subarray(70_000, 200_001))).toBe(true);
    const { items } = await json<{ items: { name: string; sha256: string }[] }>(
      'GET',
      `/api/recordings/${recording.id}/files`,
    );
    for (const { name, sha256: wanted } of items) {
      const file = await bytes(await ask('GET', `/api/recordings/${recording.id}/files/${name}`, admin()));
      expect(createHash('sha256').update(file).digest('hex'), name).toBe(wanted);
    }
  });

  it('is shown by a link, which the page for viewers is told, until it is deleted with all that there is of it', async () => {
    const made = await json<{ url: string }>('POST', `/api/recordings/${recording.id}/shares`, { watchPage: true });
    const token = made.url.split('/').at(-1);
    const room = await (await ask('GET', '/api/rooms/studio')).json();
    expect(room).toMatchObject({ recordingUrl: made.url });
    const shared = await (await ask('GET', `/api/shared/${token}`)).json();
    expect(shared).toMatchObject({ title: 'Studio', media: { mp4: `/api/shared/${token}/recording.mp4` } });
    const part = await ask('GET', `/api/shared/${token}/recording.mp4`, { range: 'bytes=4-7' });
    expect([part.status, await part.text()]).toEqual([206, 'ftyp']);

    expect((await ask('DELETE', `/api/recordings/${recording.id}`, admin())).status).toBe(204);
    await vi.waitFor(async () => {
      expect([...store.objects.keys()]).toEqual([]);
      expect(await readdir(join(folder, 'data', 'recordings'))).toEqual([]);
      expect(await readdir(join(folder, 'data', 'recording-keys'))).toEqual([]);
    }, PATIENCE);
    expect((await ask('GET', `/api/shared/${token}/recording.mp4`)).status).toBe(404);
    expect(await (await ask('GET', '/api/rooms/studio')).json()).not.toHaveProperty('recordingUrl');
    const { items } = await json<{ items: { action: string }[] }>('GET', '/api/audit');
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['download', 'share_made', 'share_used', 'delete', 'settings']),
    );
    expect(items[0]?.action).toBe('delete');
    const database = await readFile(join(folder, 'data', 'gridcast.db'), 'latin1');
    expect(database).not.toContain(token);
  });
});
