import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PublishFormat, type PublishSource, publishArgs } from '../../../src/cli/publish/publish-source.ts';
import { Publisher } from '../../../src/cli/publish/publisher.ts';
import {
  type ExitResult,
  type FfmpegProcess,
  type SpawnFfmpeg,
  createSpawner,
} from '../../../src/ffmpeg/ffmpeg-process.ts';
import { UnauthorizedError } from '../../../src/errors.ts';
import type { JoinGrant } from '../../../src/ingest/join-grant.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { MediaSamples } from '../../helpers/media-samples.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { Door, type DoorOptions, collect } from '../ingest/door.ts';
import { keyframeSize } from '../../helpers/keyframe-size.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const FORMAT: PublishFormat = { width: 160, height: 90, framerate: 30, videoKbit: 200, loop: false };
const ENDLESS: PublishSource = { kind: 'lavfi', graph: 'testsrc2=size=160x90:rate=30[out0];sine=r=48000[out1]' };

let samples: MediaSamples;
let film: string;

beforeAll(async () => {
  samples = new MediaSamples();
  film = await samples.file({ seconds: 1, width: 320, height: 180 });
});
afterAll(() => samples.close());

interface PublishOptions extends Pick<DoorOptions, 'verifyToken'> {
  readonly token?: string;
  readonly ffmpeg?: string;
  readonly spawn?: SpawnFfmpeg;
}

/** A publisher into a room, what it started, and what arrives of it by track number. */
async function publish(source: PublishSource, options: PublishOptions = {}) {
  const { verifyToken } = options;
  const door = await Door.open({ clock: systemClock, ...(verifyToken && { verifyToken }) });
  const arrived = new Map<number, Packet[]>();
  door.room.events.on('trackAdded', ({ track }) => {
    arrived.set(track.number, collect(track.stream as Stream));
  });
  const started: FfmpegProcess[] = [];
  const notices: string[] = [];
  const spawner = options.spawn ?? createSpawner(options.ffmpeg ?? 'ffmpeg');
  const spawn: SpawnFfmpeg = (args, spawnOptions) => {
    const child = spawner(args, spawnOptions);
    started.push(child);
    return child;
  };
  const publisher = new Publisher({
    url: door.url,
    room: 'demo',
    token: options.token ?? 'participant',
    name: 'Film',
    source,
    format: FORMAT,
    spawn,
    clock: systemClock,
    onNotice: (text) => notices.push(text),
  });
  return { door, publisher, arrived, started, notices };
}

/** It was told to end, and is gone: killed where the machine had no time for it in the half second that it is given. */
async function expectEnded(ffmpeg: FfmpegProcess | undefined): Promise<void> {
  expect(ffmpeg?.stopRequested).toBe(true);
  expect(['stopped', 'killed']).toContain((await ffmpeg?.exit)?.kind);
}

describe('a film that is over before the server has answered', () => {
  /** The server answers when `answer` does. */
  async function publishShort(answer: (started: readonly FfmpegProcess[]) => Promise<JoinGrant>) {
    const path = await samples.file({ seconds: 0.2, width: 160, height: 90 });
    const made = await publish({ kind: 'file', path }, { verifyToken: () => answer(made.started) });
    return made;
  }

  it('arrives', async () => {
    const { publisher, arrived } = await publishShort(async ([film]) => {
      await film?.exit;
      return { role: 'participant', room: 'demo' };
    });
    await publisher.run();
    expect(arrived.get(4)?.length).toBeGreaterThan(0);
  });

  it('is refused when its token is not right', async () => {
    const { publisher } = await publishShort(async ([film]) => {
      await film?.exit;
      throw new UnauthorizedError('No such token.', 'token_invalid');
    });
    await expect(publisher.run()).rejects.toMatchObject({ code: 'refused' });
  });

  it('waits no longer when somebody stops it', async () => {
    const { promise: never } = Promise.withResolvers<JoinGrant>();
    const { publisher, started } = await publishShort(() => never);
    const run = publisher.run();
    await vi.waitFor(() => expect(started).toHaveLength(1), WAIT);
    await started[0]?.exit;
    publisher.stop();
    await run;
  });
});

describe('a published film', () => {
  it('arrives as it is, in real time and in step, and then its participant leaves', async () => {
    const { door, publisher, arrived } = await publish({ kind: 'file', path: film });
    await publisher.run();
    const [sounds = [], pictures = []] = [arrived.get(3), arrived.get(4)];
    expect(pictures).toHaveLength(30);
    expect(sounds.length).toBeGreaterThanOrEqual(50);
    expect(keyframeSize(pictures[0]?.data ?? new Uint8Array(0))).toEqual({ width: 160, height: 90 });
    expect(pictures[0]).toMatchObject({
      keyframe: true,
      config: { codec: 'h264', width: 160, height: 90, framerate: 30 },
    });
    expect(sounds[0]?.config).toMatchObject({ codec: 'opus', channels: 2 });
    const steps = pictures.slice(1).map((packet, index) => packet.pts - (pictures[index]?.pts ?? 0));
    for (const step of steps) expect(Math.abs(step - 33_333)).toBeLessThanOrEqual(2);
    expect(Math.abs((pictures[0]?.pts ?? 0) - (sounds[0]?.pts ?? 0))).toBeLessThan(40_000);
    expect(publisher.progress).toMatchObject({ videoFrames: 30, dropped: 0 });
    expect(publisher.progress.seconds).toBeGreaterThan(0.9);
    expect(publisher.progress.bytes).toBeGreaterThan(1000);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('of one picture a second comes in real time to its end, though FFmpeg gives out its pictures in bursts', async () => {
    const path = join(await tempDir(), 'slow.mp4');
    const pictures = ['-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=1:duration=5'];
    await promisify(execFile)('ffmpeg', [...pictures, '-c:v', 'libx264', '-bf', '2', '-pix_fmt', 'yuv420p', path]);
    const { publisher, arrived, notices } = await publish({ kind: 'file', path });
    await publisher.run();
    expect(notices).toEqual([]);
    const packets = arrived.get(4) ?? [];
    expect(packets).toHaveLength(150);
    const steps = packets.slice(1).map((packet, index) => packet.pts - (packets[index]?.pts ?? 0));
    for (const step of steps) expect(Math.abs(step - 33_333)).toBeLessThanOrEqual(2);
  });

  it('may have no sound, or no picture', async () => {
    const mute = { kind: 'lavfi', graph: 'testsrc2=size=160x90:rate=30:duration=0.5' } as const;
    const { publisher, arrived } = await publish(mute);
    await publisher.run();
    expect([...arrived.keys()]).toEqual([4]);
    const blind = await publish({ kind: 'lavfi', graph: 'sine=r=48000:duration=0.5' });
    await blind.publisher.run();
    expect([...blind.arrived.keys()]).toEqual([3]);
  });

  it('ends when it is told to, and so does its FFmpeg', async () => {
    const { door, publisher, arrived, started } = await publish(ENDLESS);
    const run = publisher.run();
    await vi.waitFor(() => expect(arrived.get(4)?.length).toBeGreaterThan(3), { timeout: 10_000 });
    publisher.stop();
    publisher.stop();
    await run;
    await expectEnded(started[0]);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
  });

  it('that is stopped before the first packet never joins, whatever FFmpeg still gives', async () => {
    const { stdout } = await promisify(execFile)('ffmpeg', publishArgs({ kind: 'file', path: film }, FORMAT), {
      encoding: 'buffer',
      maxBuffer: 16 * 1024 * 1024,
    });
    const output = new PassThrough();
    const result: ExitResult = { kind: 'stopped', code: 255, signal: null, stderrTail: [] };
    const exit = once(output, 'end').then(() => result);
    const late: FfmpegProcess = {
      pid: 1,
      input: new PassThrough(),
      output,
      stopRequested: false,
      exit,
      stop: () => {
        output.end(stdout);
        return exit;
      },
    };
    const { door, publisher } = await publish(ENDLESS, { spawn: () => late });
    const run = publisher.run();
    publisher.stop();
    await run;
    expect(door.connections).toBe(0);
    expect(publisher.progress.videoFrames).toBe(0);
  });

  it('that is stopped before it began never begins', async () => {
    const { publisher, started, door } = await publish(ENDLESS);
    publisher.stop();
    await publisher.run();
    expect(started).toEqual([]);
    expect(door.connections).toBe(0);
  });
});

describe('a publisher fails with one sentence', () => {
  it('when the file is no video', async () => {
    const path = join(await tempDir(), 'notes.mp4');
    await writeFile(path, 'This is no video.\n'.repeat(100));
    const { publisher, door } = await publish({ kind: 'file', path });
    await expect(publisher.run()).rejects.toThrow(
      /^FFmpeg cannot read .*notes\.mp4: is it a video or sound that can be opened\?/,
    );
    expect(door.connections).toBe(0);
  });

  it('when a file is empty', async () => {
    const path = join(await tempDir(), 'empty.mp4');
    await writeFile(path, '');
    const { publisher } = await publish({ kind: 'file', path });
    await expect(publisher.run()).rejects.toThrow(/^FFmpeg cannot read .*empty\.mp4/);
  });

  it('when FFmpeg is missing, which is not the file’s fault', async () => {
    const { publisher } = await publish({ kind: 'file', path: film }, { ffmpeg: '/nowhere/ffmpeg' });
    await expect(publisher.run()).rejects.toThrow(
      /^FFmpeg could not be started \(.*ENOENT.*\): install it or set FFMPEG_PATH/,
    );
  });

  it('when the server refuses, and ends its FFmpeg', async () => {
    const { publisher, started } = await publish(ENDLESS, { token: 'viewer' });
    await expect(publisher.run()).rejects.toThrow(/only allows watching/);
    await expectEnded(started[0]);
  });

  it('when it is removed by a host', async () => {
    const { publisher, door, arrived } = await publish(ENDLESS);
    const run = publisher.run();
    run.catch(() => {});
    await vi.waitFor(() => expect(arrived.get(4)?.length).toBeGreaterThan(0), { timeout: 10_000 });
    door.ingest.kick('demo', door.room.participants[0]?.id ?? '');
    await expect(run).rejects.toThrow(/A host has removed you/);
  });
});
