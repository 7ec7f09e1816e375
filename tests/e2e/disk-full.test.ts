import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { loadSessionIndex, type PartEntry } from '../../src/recorder/session/session-index.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { decodedFrames } from '../helpers/probed-film.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { type ConfigInput, TestServer } from '../helpers/test-server.ts';

const run = promisify(execFile);
const FPS = 30;
const program = { width: 320, height: 180, preset: 'ultrafast', videoKbit: 300 } as const;
// Only the administrator of a Linux machine may mount; elsewhere the disks that fill up are those of the session log's tests.
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

let samples: MediaSamples;
let disk: string;
let folder: string;

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-full-'));
  disk = join(folder, 'disk');
  await mkdir(disk);
  if (mayMount) await run('mount', ['-t', 'tmpfs', '-o', 'size=50m', 'gridcast-test', disk]);
});
afterAll(async () => {
  await samples.close();
  if (mayMount) await run('umount', [disk]);
  await rm(folder, { recursive: true, force: true });
});

async function start(settings: ConfigInput): Promise<TestServer> {
  const server = await TestServer.start({ program, ...settings });
  onTestFinished(() => server.close());
  return server;
}

/** What the disk has of the only session. */
async function keptParts(): Promise<readonly PartEntry[]> {
  const [session] = await readdir(join(disk, 'sessions'));
  return (await loadSessionIndex(join(disk, 'sessions', session ?? ''))).parts;
}

/** Indices of parts that do not begin where the one before them ends. */
function holesOf(parts: readonly PartEntry[]): number[] {
  return parts.flatMap((part, index) => (index > 0 && part.firstFrame > endOf(parts[index - 1]) ? [index] : []));
}

const endOf = (part: PartEntry | undefined): number => (part ? part.firstFrame + part.frames : 0);

/** Takes all the space there is. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    for (const size of [1024 * 1024, 4096]) {
      for (let full = false; !full; ) full = await file.write(new Uint8Array(size)).then(isShort(size), () => true);
    }
  } finally {
    await file.close();
  }
}

const isShort =
  (size: number) =>
  ({ bytesWritten }: { bytesWritten: number }) =>
    bytesWritten < size;

/** The number of the newest segment that viewers are told of. */
async function liveEdge(server: TestServer): Promise<number> {
  const text = async (path: string): Promise<string> => new TextDecoder().decode(await server.bytes(path));
  const index = await text('/hls/hall/index.m3u8');
  const media = index.split('\n').find((line) => line.endsWith('live.m3u8')) ?? '';
  const playlist = await text(`/hls/hall/${media}`);
  expect(playlist).not.toContain('#EXT-X-GAP');
  return Math.max(...[...playlist.matchAll(/segment-(\d+)\.m4s/g)].map(([, number]) => Number(number)));
}

it('lets no recording begin on a disk that has too little space for it', async () => {
  const server = await start({ recordings: { diskFloorPercent: 100 } });
  await server.api('POST', '/api/rooms', { id: 'hall', title: 'Hall' });
  const { url, token } = server;
  const ana = await TestParticipant.join({ url, room: 'hall', token, name: 'Ana' });
  const refusal = { status: 507, body: { code: 'disk_floor', detail: expect.stringMatching(/100 have to stay/) } };
  await vi.waitFor(async () => {
    expect(await server.api('POST', '/api/rooms/hall/recordings')).toMatchObject(refusal);
  }, PATIENCE);
  expect(await server.api('GET', '/api/recordings')).toMatchObject({ body: { items: [] } });
  await ana.leave();
});

if (mayMount) {
  it('leaves live unbroken when 50 megabytes are full, says so, and takes the recording again once there is space', async () => {
    const recordings = { diskFloorPercent: 0 } as const;
    const server = await start({ recordings, server: { data: disk, port: 0 } });
    await server.api('POST', '/api/rooms', { id: 'hall', title: 'Hall' });
    const picture = await samples.h264({ frames: 60, gopFrames: 60 });
    const { url, token } = server;
    const receive = { video: true, audio: false };
    const ana = await TestParticipant.join(
      { url, room: 'hall', token, name: 'Ana', receive },
      { picture, sound: toneAndBeep(400, 2000) },
    );
    await ana.programFrames(FPS);
    // A session that has no folder yet cannot be recorded.
    const body = await vi.waitFor(async () => {
      const answer = await server.api<RecordingView>('POST', '/api/rooms/hall/recordings');
      expect(answer.body).toHaveProperty('id');
      return answer.body;
    }, PATIENCE);
    const path = `/api/recordings/${body.id}`;
    const begun = endOf((await keptParts()).at(-1));
    await ana.programFrames(4 * FPS);
    // What the disk is to have when it is full, and not only the program.
    await vi.waitFor(async () => expect(endOf((await keptParts()).at(-1))).toBeGreaterThan(begun + 2 * FPS), PATIENCE);
    const ballast = join(disk, 'ballast');
    await fill(ballast);
    const problem = await vi.waitFor(async () => {
      const view = (await server.api<RecordingView>('GET', path)).body;
      if (!view.problem) throw new Error('There is no problem yet.');
      return view.problem;
    }, PATIENCE);
    expect(problem).toMatchObject({ code: 'disk_full', message: expect.stringMatching(/free some space/) });
    expect(await ana.control.heard('notice', ({ code }) => code === 'disk_full')).toBeDefined();
    const edge = await liveEdge(server);
    await vi.waitFor(async () => expect(await liveEdge(server)).toBeGreaterThan(edge + 1), PATIENCE);
    await rm(ballast);
    await ana.control.heard('notice', ({ code }) => code === 'disk_writes');
    expect((await server.api<RecordingView>('GET', path)).body).not.toHaveProperty('problem');
    await ana.programFrames(3 * FPS);
    await vi.waitFor(async () => {
      const parts = await keptParts();
      expect(endOf(parts.at(-1)) - (parts[holesOf(parts)[0] ?? parts.length]?.firstFrame ?? 0)).toBeGreaterThan(
        2 * FPS,
      );
    }, PATIENCE);
    expect(await server.api('POST', `${path}/stop`)).toMatchObject({ status: 200 });
    const ready = await vi.waitFor(async () => {
      const view = (await server.api<RecordingView>('GET', path)).body;
      expect([view.state, view.error]).toContain('ready');
      return view;
    }, PATIENCE);
    const film = join(disk, 'recordings', body.id, 'recording.mp4');
    const shown = await decodedFrames(film);
    expect(holesOf(await keptParts())).toHaveLength(1);
    process.stdout.write(
      `The recording lasts ${ready.duration} s; the disk took ${(shown / FPS).toFixed(1)} s of it.\n`,
    );
    expect(shown).toBeGreaterThan(FPS);
    expect(shown / FPS).toBeLessThan(ready.duration);
    await ana.leave();
  });
}
