import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { splitNalUnits } from '../../src/media/h264.ts';
import { type FrameHeader, encodeFrame } from '../../src/protocol/frame.ts';
import { systemClock } from '../../src/util/clock.ts';
import { gridcast } from '../helpers/command.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { TestParticipant, TestSocket, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const ROOM = 'studio';
/** Made by libvpx: a key frame of 1x1. */
const ONE_PIXEL = Buffer.from(
  '3002009d012a010001000bc7088585888584883f820274f46f9d00fed0c9230d1afe2879adec1d3000',
  'hex',
);

let samples: MediaSamples;
let server: TestServer;
let folder: string;
/** Sit in the room all the time, and must never notice anything: Ana is seen and heard, the witness looks and listens. */
let ana: TestParticipant;
let witness: TestParticipant;

beforeAll(async () => {
  samples = new MediaSamples();
  folder = await mkdtemp(join(tmpdir(), 'gridcast-bad-'));
  server = await TestServer.start({ program: { width: 640, height: 360, preset: 'ultrafast' } });
  await server.api('POST', '/api/rooms', { id: ROOM });
  const picture = await samples.h264({ width: 640, height: 360, frames: 60, gopFrames: 60 });
  const where = { url: server.url, room: ROOM, token: server.token };
  ana = await TestParticipant.join({ ...where, name: 'Ana' }, { picture, sound: toneAndBeep(400, 2000) });
  witness = await TestParticipant.join({ ...where, name: 'Witness', receive: { video: true, audio: true } });
  // Without acknowledgements it gets whatever its socket takes, however busy the machine is.
  witness.stopSending();
  await programFrames(30);
});

afterAll(async () => {
  await Promise.all([ana?.leave(), witness?.leave()]);
  await server?.close();
  await samples?.close();
  await rm(folder, { recursive: true, force: true });
});

async function programFrames(count: number): Promise<void> {
  const goal = witness.received(16).length + count;
  await witness.video.until(() => (witness.received(16).length >= goal ? true : undefined));
}

/** The program went on, frame by frame and block by block, and nobody was told anything. */
async function expectUndisturbed(since: { pictures: number; sounds: number; messages: number[] }): Promise<void> {
  await programFrames(30);
  for (const [track, from] of [
    [16, since.pictures],
    [17, since.sounds],
  ] as const) {
    const seqs = witness
      .received(track)
      .slice(from)
      .map(({ header }) => header.seq);
    expect(seqs).toEqual(seqs.map((_, index) => (seqs[0] ?? 0) + index));
  }
  const told = [ana, witness].flatMap(({ control }, index) => control.messages.slice(since.messages[index]));
  expect(told.filter(({ type }) => type === 'error')).toEqual([]);
}

function mark() {
  return {
    pictures: witness.received(16).length,
    sounds: witness.received(17).length,
    messages: [ana, witness].map(({ control }) => control.messages.length),
  };
}

function publish(source: string, ...more: readonly string[]) {
  return gridcast(['publish', source, '--url', server.url, '--quiet', ...more]);
}

/** A stranger in the room, ready to misbehave. */
async function stranger(): Promise<TestParticipant> {
  return TestParticipant.join({ url: server.url, room: ROOM, token: server.token, name: 'Mallory' });
}

describe('what is wrong with a source or a link is said in one sentence', () => {
  it('names a file that is no video', async () => {
    const path = join(folder, 'notes.txt');
    await writeFile(path, 'This is no video.\n'.repeat(100));
    const { code, stderr } = await publish(path, '--room', ROOM, '--token', server.token);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^gridcast publish: FFmpeg cannot read .*notes\.txt: is it a video or sound that can be opened\?/,
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('names a file that is not there', async () => {
    const { code, stderr } = await publish(join(folder, 'missing.mp4'), '--room', ROOM, '--token', server.token);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no file or device');
  });

  it('says that a token does not hold', async () => {
    const { code, stderr } = await publish(await samples.file(), '--room', ROOM, '--token', 'x'.repeat(43));
    expect(code).toBe(1);
    expect(stderr).toMatch(/token/i);
    expect(stderr).not.toContain('x'.repeat(43));
  });

  it('says that a room does not exist', async () => {
    const { code, stderr } = await publish(await samples.file(), '--room', 'nowhere', '--token', server.token);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no such room; check the link or create the room first.');
  });

  it('says that no server answers', async () => {
    const args = ['publish', await samples.file(), '--room', ROOM, '--token', server.token, '--quiet'];
    const { code, stderr } = await gridcast([...args, '--url', 'http://127.0.0.1:9']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cannot be reached .*is it running\?/);
  });
});

describe('what a start lacks is said in one sentence', () => {
  it('names the FFmpeg that is not there', async () => {
    const { code, stderr } = await gridcast(['serve'], {
      FFMPEG_PATH: join(folder, 'no-ffmpeg'),
      GRIDCAST_DATA: folder,
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/no-ffmpeg/);
    expect(stderr).toMatch(/apt-get install ffmpeg/);
  });

  it('names the port that is taken, and another', async () => {
    const { port } = new URL(server.url);
    const { code, stderr } = await gridcast(['serve'], { GRIDCAST_PORT: port, GRIDCAST_DATA: join(folder, 'data') });
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
    expect(stderr).toContain(`GRIDCAST_PORT=${Number(port) + 1}`);
  });

  it('names the server that uses its data folder already, and does it no harm', async () => {
    const since = mark();
    const started = await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`);
    const { code, stderr } = await gridcast(['serve'], { GRIDCAST_PORT: '0', GRIDCAST_DATA: server.dataDir });
    expect(code).toBe(1);
    expect(stderr).toContain(`runs on the data folder ${server.dataDir} already (process ${process.pid})`);
    const { body } = await server.api<RecordingView>('GET', `/api/recordings/${started.body.id}`);
    expect(body.state).toBe('recording');
    await server.api('DELETE', `/api/recordings/${started.body.id}`);
    await expectUndisturbed(since);
  });

  it('names settings that do not exist', async () => {
    const { code, stderr } = await gridcast(['serve'], { GRIDCAST_PROT: '8080', GRIDCAST_DATA: folder });
    expect(code).toBe(1);
    expect(stderr).toContain('GRIDCAST_PROT');
    expect(stderr).toContain('GRIDCAST_PORT');
  });
});

// All of them at the same time: some are borne with for a quarter of a minute.
describe.concurrent('nobody notices a stranger who', () => {
  it('sends garbage instead of frames', async () => {
    const since = mark();
    const mallory = await stranger();
    mallory.control.socket.send(Buffer.from('not a frame at all, but long enough for a header'));
    const { code, reason } = await mallory.control.closed;
    expect(code).toBe(4400);
    expect(reason).toMatch(/The frame says version/);
    await expectUndisturbed(since);
  });

  it('sends a key frame that is none', async () => {
    const since = mark();
    const mallory = await stranger();
    announcePicture(mallory);
    await mallory.control.heard('published');
    mallory.video.socket.send(pictureFrame(0, Buffer.alloc(5000, 0x55)));
    const { reason } = await mallory.video.closed;
    expect(reason).toMatch(/key frame of track 1 is no H\.264/);
    await expectUndisturbed(since);
  });

  it('sends a frame larger than the limit', async () => {
    const since = mark();
    const mallory = await stranger();
    announcePicture(mallory);
    const { limits } = await mallory.control.heard('welcome');
    await mallory.control.heard('published');
    mallory.video.socket.send(pictureFrame(0, Buffer.alloc(limits.maxFrameBytes + 1)));
    const { code, reason } = await mallory.video.closed;
    expect(code).toBe(4413);
    expect(reason).toMatch(/at most 2097152 bytes; this one has 2097153/);
    await expectUndisturbed(since);
  });

  it('sends a stream that no decoder survives, and is told so', async () => {
    const since = mark();
    const mallory = await stranger();
    announcePicture(mallory);
    await mallory.control.heard('published');
    const { packets } = await samples.h264({ width: 640, height: 360, frames: 60, gopFrames: 60 });
    const [key] = packets;
    if (!key) throw new Error('no sample');
    // Parameter sets that promise a picture, and a slice that holds none.
    const sets = splitNalUnits(key.data).filter((unit) => ((unit[0] ?? 0) & 0x1f) !== 5);
    const units = [...sets, Buffer.from([0x65, 0x88, 0x80])];
    const broken = Buffer.concat(units.flatMap((unit) => [Buffer.from([0, 0, 0, 1]), unit]));
    let seq = 0;
    const stop = systemClock.every(33, () => {
      if (mallory.video.socket.readyState === mallory.video.socket.OPEN) {
        mallory.video.socket.send(pictureFrame(seq, broken));
        seq += 1;
      }
    });
    const told = await mallory.control.heard('error', ({ code }) => code === 'decode_failed');
    stop();
    expect(told.message).toMatch(/^The picture cannot be decoded/);
    await expectUndisturbed(since);
    await mallory.leave();
  });

  it('sends a picture in 8K', async () => {
    const since = mark();
    const mallory = await stranger();
    mallory.control.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
    const size = { width: 640, height: 360, framerate: 30 };
    mallory.control.say({ type: 'config', track: 1, id: 0, codec: 'vp8', ...size });
    await mallory.control.heard('published');
    mallory.video.socket.send(pictureFrame(0, Uint8Array.of(0x10, 2, 0, 0x9d, 0x01, 0x2a, 0x00, 0x1e, 0xe0, 0x10)));
    const { code, reason } = await mallory.video.closed;
    expect(code).toBe(4413);
    expect(reason).toMatch(/^The picture is 7680x4320; at most 2088960 pixels are allowed/);
    await expectUndisturbed(since);
  });

  it('floods, leaps in time, never sends a key frame, changes size all the time, or is one pixel large', async () => {
    const since = mark();
    const [picture, other] = await Promise.all([
      samples.h264({ frames: 2 }),
      samples.h264({ width: 160, height: 90, frames: 1 }),
    ]);
    const [key, delta] = picture.packets.map(({ data }) => data) as [Uint8Array, Uint8Array];
    const small = other.packets[0]?.data ?? key;
    const nowUs = (): number => Math.round(systemClock.monotonicMs() * 1000);
    const strangers = await Promise.all(
      [
        { everyMs: 10, count: 10, frame: (seq: number) => pictureFrame(seq, key, { captureUs: nowUs() }) },
        {
          everyMs: 100,
          count: 1,
          frame: (seq: number) => pictureFrame(seq, key, { captureUs: ((seq * 7) % 23) * 3_600_000_000 }),
        },
        {
          everyMs: 33,
          count: 1,
          frame: (seq: number) => pictureFrame(seq, delta, { captureUs: nowUs(), keyframe: false }),
        },
        {
          everyMs: 50,
          count: 1,
          frame: (seq: number) => pictureFrame(seq, seq % 2 === 0 ? key : small, { captureUs: nowUs() }),
        },
      ].map((habit) => misbehave(habit)),
    );
    const tiny = await stranger();
    tiny.control.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
    tiny.control.say({ type: 'config', track: 1, id: 0, codec: 'vp8', width: 1, height: 1, framerate: 30 });
    await tiny.control.heard('published');
    tiny.video.socket.send(pictureFrame(0, ONE_PIXEL));
    const [flood, leaps, keyless, resizing] = strangers as [Misbehaving, Misbehaving, Misbehaving, Misbehaving];
    expect(await flood.participant.video.closed).toMatchObject({
      code: 4429,
      reason: expect.stringContaining('was beyond 70 frames'),
    });
    expect(await leaps.participant.video.closed).toMatchObject({
      code: 4429,
      reason: expect.stringContaining('leapt'),
    });
    const ended = ({ participant }: Misbehaving) =>
      participant.control.heard('error', (message) => message.ended === true);
    expect((await ended(resizing)).code).toBe('resize_limit');
    expect((await ended(keyless)).code).toBe('no_keyframe');
    for (const { stop } of strangers) stop();
    expect(tiny.control.messages.filter(({ type }) => type === 'error')).toEqual([]);
    await expectUndisturbed(since);
    await Promise.all([tiny.leave(), keyless.participant.leave(), resizing.participant.leave()]);
  });

  it('claims a token that is none', async () => {
    const since = mark();
    const socket = new TestSocket(server.url, ROOM);
    await socket.opened();
    socket.say({ type: 'hello', version: 1, token: 'nonsense', name: 'Mallory' });
    const { code } = await socket.closed;
    expect(code).toBe(4401);
    await expectUndisturbed(since);
  });
});

describe('when Redis is gone', () => {
  it('goes on live, says so, and archives what was recorded once it is back', async () => {
    const since = mark();
    const started = await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`);
    expect(started.status).toBe(201);
    await programFrames(45);
    const pid = Number(await readFile(join(server.dataDir, 'redis', 'redis.pid'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    const stopped = await server.api<RecordingView>('POST', `/api/recordings/${started.body.id}/stop`);
    expect(stopped.body.state).toBe('archiving');
    await expectUndisturbed(since);
    await vi.waitFor(
      async () => {
        const { body } = await server.api<RecordingView>('GET', `/api/recordings/${started.body.id}`);
        expect(body.state).toBe('ready');
      },
      { timeout: 60_000, interval: 200 },
    );
  });

  it('answers "not ready" with the reason when it never comes', async () => {
    const other = await TestServer.start({ redis: { url: 'redis://127.0.0.1:9' } });
    try {
      const { status, body } = await other.api<{ checks: Record<string, { ok: boolean; detail: string }> }>(
        'GET',
        '/readyz',
      );
      expect(status).toBe(503);
      expect(body.checks['redis']?.detail).toMatch(/archives wait until it is back/);
      expect((await other.api('GET', '/healthz')).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

function announcePicture(participant: TestParticipant): void {
  participant.control.say({ type: 'publish', track: 1, kind: 'video', source: 'camera' });
  const size = { width: 640, height: 360, framerate: 30 };
  participant.control.say({ type: 'config', track: 1, id: 0, codec: 'h264', codecString: 'avc1.42E01F', ...size });
}

function pictureFrame(seq: number, payload: Uint8Array, header: Partial<FrameHeader> = {}): Uint8Array {
  const flags = { keyframe: true, discontinuity: false, endOfTrack: false, muted: false };
  const times = { captureUs: 1_000_000 + seq * 33_333, durationUs: 33_333 };
  return encodeFrame({ kind: 'video', ...flags, track: 1, seq, ...times, configId: 0, level: 0, ...header }, payload);
}

interface Misbehaving {
  readonly participant: TestParticipant;
  readonly stop: () => void;
}

/** A stranger who sends so many frames every so many milliseconds until they are stopped or sent away. */
async function misbehave(habit: {
  readonly everyMs: number;
  readonly count: number;
  readonly frame: (seq: number) => Uint8Array;
}): Promise<Misbehaving> {
  const participant = await stranger();
  announcePicture(participant);
  await participant.control.heard('published');
  const { socket } = participant.video;
  let seq = 0;
  const stop = systemClock.every(habit.everyMs, () => {
    if (socket.readyState !== socket.OPEN) return;
    for (let count = 0; count < habit.count; count += 1, seq += 1) socket.send(habit.frame(seq));
  });
  void participant.video.closed.then(stop);
  return { participant, stop };
}
