import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RecordingView } from '../../src/api/ports.ts';
import { gridcast } from '../helpers/command.ts';
import { MediaSamples } from '../helpers/media-samples.ts';
import { PATIENCE } from '../helpers/patience.ts';
import { TestParticipant, toneAndBeep } from '../helpers/test-participant.ts';
import { TestServer } from '../helpers/test-server.ts';

const ROOM = 'studio';

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
  await witness.programFrames(30);
});

afterAll(async () => {
  await Promise.all([ana?.leave(), witness?.leave()]);
  await server?.close();
  await samples?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The program went on, frame by frame and block by block, and nobody was told anything. */
async function expectUndisturbed(since: { pictures: number; sounds: number; messages: number[] }): Promise<void> {
  await witness.programFrames(30);
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

describe('a stranger who sends garbage instead of frames', () => {
  it('is sent away with the reason, and nobody notices', async () => {
    const since = mark();
    const mallory = await TestParticipant.join({ url: server.url, room: ROOM, token: server.token, name: 'Mallory' });
    mallory.control.socket.send(Buffer.from('not a frame at all, but long enough for a header'));
    const { code, reason } = await mallory.control.closed;
    expect(code).toBe(4400);
    expect(reason).toMatch(/The frame says version/);
    await expectUndisturbed(since);
  });
});

describe('when Redis is gone', () => {
  it('goes on live, says so, and archives what was recorded once it is back', async () => {
    const since = mark();
    const started = await server.api<RecordingView>('POST', `/api/rooms/${ROOM}/recordings`);
    expect(started.status).toBe(201);
    await witness.programFrames(45);
    const pid = Number(await readFile(join(server.dataDir, 'redis', 'redis.pid'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    const stopped = await server.api<RecordingView>('POST', `/api/recordings/${started.body.id}/stop`);
    expect(stopped.body.state).toBe('archiving');
    await expectUndisturbed(since);
    await vi.waitFor(async () => {
      const { body } = await server.api<RecordingView>('GET', `/api/recordings/${started.body.id}`);
      expect(body.state).toBe('ready');
    }, PATIENCE);
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
