import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readPicture } from '../../src/room/picture-file.ts';
import { decodePictures } from '../helpers/decoded-program.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer, fetchProgram } from '../helpers/test-server.ts';

const FPS = 30;
const RATE = 48_000;
const ROOM = 'studio';
const run = promisify(execFile);

interface Clip {
  readonly id: string;
  readonly url: string;
  readonly from: string;
  readonly to: string;
  readonly duration: number;
  readonly bytes: number;
}

let samples: MediaSamples;
let server: TestServer;
let folder: string;
let ana: TestParticipant;

/** Sound by the file's own times: silence from 0 to its first unit. */
async function decodeSound(path: string): Promise<Float32Array> {
  const filter = ['-map', '0:a', '-af', 'aresample=async=1:first_pts=0', '-ac', '1', '-ar', String(RATE)];
  const args = ['-v', 'error', '-copyts', '-i', path, ...filter, '-f', 'f32le', '-'];
  const { stdout } = await run('ffmpeg', args, {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  });
  return new Float32Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 4));
}

/** Seconds at which a file's picture begins, by its own times. */
async function startOf(path: string): Promise<number> {
  const args = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=start_time', '-of', 'csv=p=0', path];
  return Number((await run('ffprobe', args)).stdout);
}

async function fileOf(name: string, data: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, data);
  return path;
}

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-clip-'));
  server = await TestServer.start({ program: { width: 640, height: 360, preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM, title: 'Studio', recording: { auto: true } });
  const picture = await samples.h264({
    colour: '0xC02020',
    width: 640,
    height: 360,
    frames: 60,
    gopFrames: 60,
    flash: true,
  });
  const { url, token } = server;
  const media = { picture, sound: toneAndBeep(400, 2000) };
  const receive = { video: true, audio: true };
  ana = await TestParticipant.join({ url, room: ROOM, token, name: 'ana', receive }, media);
  await ana.programFrames(9 * FPS);
});
afterAll(async () => {
  await ana?.leave();
  await server?.close();
  await samples?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

it('cuts out of a live session the very pictures and sounds that its viewers get at that time', async () => {
  const before = await fetchProgram(server, ROOM);
  // Between two key frames, and between two frames.
  const asked = { from: Math.round(before.firstMs + 1510), to: Math.round(before.firstMs + 4760) };
  const { status, body: clip } = await server.api<Clip>('POST', `/api/rooms/${ROOM}/clips`, asked);
  expect({ status, clip }).toMatchObject({ status: 201 });
  const offset = Math.round(((Date.parse(clip.from) - before.firstMs) * FPS) / 1000);
  expect(offset).toBe(45);
  expect(Date.parse(clip.from)).toBeLessThanOrEqual(asked.from);
  expect(Date.parse(clip.to)).toBeGreaterThanOrEqual(asked.to);
  expect(clip.duration).toBeCloseTo(98 / FPS, 3);

  const program = await fileOf('program.mp4', before.data);
  const film = await fileOf('clip.mp4', await server.bytes(new URL(clip.url).pathname));
  const [wanted, got] = [await decodePictures('ffmpeg', program, FPS), await decodePictures('ffmpeg', film, FPS)];
  expect(got.frames).toHaveLength(98);
  const different = got.frames.flatMap((frame, index) =>
    Buffer.compare(frame, wanted.frames[offset + index] ?? Buffer.alloc(0)) === 0 ? [] : [index],
  );
  expect(different).toEqual([]);

  const [all, part] = [await decodeSound(program), await decodeSound(film)];
  const at = Math.round(((await startOf(program)) + offset / FPS) * RATE);
  const errorAt = (shift: number): number => {
    let sum = 0;
    for (let n = RATE / 2; n < RATE * 2.5; n += 1) sum += ((part[n] ?? 0) - (all[at + n + shift] ?? 0)) ** 2;
    return sum;
  };
  const shifts = Array.from({ length: 401 }, (_, index) => (index - 200) * 16);
  const best = shifts.reduce((least, shift) => (errorAt(shift) < errorAt(least) ? shift : least));
  expect(Math.abs(best) / RATE).toBeLessThan(0.0015);
});

it('shows small pictures of the session to whoever looks for a place in it', async () => {
  const index = Buffer.from(await server.bytes(`/hls/${ROOM}/index.m3u8`)).toString();
  const session = /^([^#/]+)\//m.exec(index)?.[1] ?? '';
  const list = Buffer.from(await server.bytes(`/hls/${ROOM}/${session}/thumbnails.vtt`)).toString();
  const [, number = ''] = /^thumbnail-(\d+)\.jpg$/m.exec(list) ?? [];
  const picture = await server.bytes(`/hls/${ROOM}/${session}/thumbnail-${number}.jpg`);
  expect(readPicture(picture)).toEqual({ type: 'image/jpeg', width: 240, height: 136 });
  const files = ['init-0.mp4', `segment-${number}.m4s`];
  const media = await Promise.all(files.map((file) => server.bytes(`/hls/${ROOM}/${session}/${file}`)));
  const [wanted] = (await decodePictures('ffmpeg', await fileOf('segment.mp4', Buffer.concat(media)), FPS)).frames;
  const [seen] = (await decodePictures('ffmpeg', await fileOf('picture.jpg', picture), FPS)).frames;
  const errors = [...(seen ?? [])].map((value, index) => Math.abs(value - (wanted?.[index] ?? 255)));
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(8);
});

it('cuts out the newest seconds, lists them, and tells everybody in the room', async () => {
  const { body: clip } = await server.api<Clip>('POST', `/api/rooms/${ROOM}/clips`, { last: 2 });
  expect(clip.duration).toBeGreaterThan(0);
  expect(clip.duration).toBeLessThanOrEqual(2);
  const { body: list } = await server.api<{ items: Clip[] }>('GET', `/api/rooms/${ROOM}/clips`);
  expect(list.items[0]).toEqual(clip);
  const early = { from: '2020-01-01T00:00:00Z', to: '2020-01-01T00:00:10Z' };
  const refused = await server.api<{ code: string }>('POST', `/api/rooms/${ROOM}/clips`, early);
  expect(refused).toMatchObject({ status: 409, body: { code: 'clip_not_kept' } });
  expect(await readdir(join(server.dataDir, 'clips', ROOM))).toHaveLength(2);
  const told = await ana.control.heard('clip', ({ newest }) => newest === true);
  expect(told).toEqual({ type: 'clip', seconds: clip.duration, newest: true });
});

it('plays a recording with a link, while it is made and when it has stopped; then nothing more is clipped', async () => {
  const { body: recordings } = await server.api<{ items: { id: string }[] }>('GET', `/api/recordings?room=${ROOM}`);
  const id = recordings.items[0]?.id ?? '';
  const { body: link } = await server.api<{ url: string }>('POST', `/api/recordings/${id}/hls-link`);
  const playlist = async (wanted: RegExp): Promise<string> => {
    for (;;) {
      const text = await (await fetch(link.url)).text();
      if (wanted.test(text)) return text;
      await ana.programFrames(5);
    }
  };
  const growing = await playlist(/\.m4s\n/);
  expect(growing).toContain('#EXT-X-PLAYLIST-TYPE:EVENT');
  await ana.programFrames(FPS);
  await server.api('POST', `/api/recordings/${id}/stop`);
  const whole = await playlist(/#EXT-X-ENDLIST/);
  expect(whole).toContain('#EXT-X-PLAYLIST-TYPE:VOD');
  expect(whole.startsWith(growing.replace('EVENT', 'VOD'))).toBe(true);
  const seconds = [...whole.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, value]) => sum + Number(value), 0);
  const { frames } = await decodePictures('ffmpeg', link.url, FPS);
  expect(frames).toHaveLength(Math.round(seconds * FPS));
  const later = await server.api<{ code: string }>('POST', `/api/rooms/${ROOM}/clips`, { last: 0.1 });
  expect(later).toMatchObject({ status: 409, body: { code: 'clip_not_recorded' } });
  expect((await server.api('DELETE', `/api/rooms/${ROOM}`)).status).toBe(204);
  expect(existsSync(join(server.dataDir, 'clips', ROOM))).toBe(false);
});
