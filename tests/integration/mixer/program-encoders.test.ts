import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { avcToAnnexb, parseAvcC } from '../../../src/media/h264.ts';
import { type Picture, createPicture } from '../../../src/mixer/picture.ts';
import { AAC_FRAMES, ProgramAudioEncoder } from '../../../src/mixer/program-audio-encoder.ts';
import { ProgramVideoEncoder } from '../../../src/mixer/program-video-encoder.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { TrackedSpawner, allGone, halt } from './processes.ts';
import { keyframeSize } from '../../helpers/keyframe-size.ts';

const FORMAT = { width: 320, height: 180, framerate: 30, kbit: 500, preset: 'ultrafast', gopFrames: 30 };
const WAIT = { timeout: 20_000, interval: 10 };
const BLOCK = new Float32Array(960 * 2);

let ffmpeg: string;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

interface VideoPacket {
  readonly frame: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
}

class VideoRun {
  readonly spawner: TrackedSpawner;
  readonly configs: Uint8Array[] = [];
  readonly packets: VideoPacket[] = [];
  readonly failures: string[] = [];
  readonly encoder: ProgramVideoEncoder;
  readonly #picture: Picture = createPicture(FORMAT.width, FORMAT.height);
  written = 0;
  given = 0;

  constructor(path = ffmpeg, clock: Clock = systemClock) {
    this.spawner = new TrackedSpawner(path);
    this.encoder = new ProgramVideoEncoder({
      format: FORMAT,
      spawn: this.spawner.spawn,
      clock,
      log: nullLogger,
      onConfig: (description) => this.configs.push(description),
      onPacket: (frame, keyframe, data) => this.packets.push({ frame, keyframe, data }),
      onFailure: (reason) => this.failures.push(reason),
    });
    onTestFinished(() => this.encoder.close());
  }

  write(frame: number): void {
    this.given += 1;
    this.#picture.data.fill((frame * 5) & 255, 0, 3000);
    this.encoder.write(this.#picture, frame, () => {
      this.written += 1;
    });
  }
}

class AudioRun {
  readonly spawner: TrackedSpawner;
  readonly configs: Uint8Array[] = [];
  readonly positions: number[] = [];
  readonly failures: string[] = [];
  readonly encoder: ProgramAudioEncoder;

  constructor(path = ffmpeg, clock: Clock = systemClock) {
    this.spawner = new TrackedSpawner(path);
    this.encoder = new ProgramAudioEncoder({
      kbit: 96,
      firstSample: 48_000 * 3,
      spawn: this.spawner.spawn,
      clock,
      log: nullLogger,
      onConfig: (description) => this.configs.push(description),
      onPacket: (sample) => this.positions.push(sample),
      onFailure: (reason) => this.failures.push(reason),
    });
    onTestFinished(() => this.encoder.close());
  }
}

describe('ProgramVideoEncoder', () => {
  it('gives one packet for each picture, under its own number, with a key frame every gop', async () => {
    const run = new VideoRun();
    // Numbers need not follow each other: frames may have been left out.
    const frames = Array.from({ length: 95 }, (_, index) => 1000 + index + (index >= 50 ? 60 : 0));
    for (const frame of frames) run.write(frame);
    await vi.waitFor(() => expect(run.packets).toHaveLength(95), WAIT);
    expect(run.packets.map(({ frame }) => frame)).toEqual(frames);
    expect(run.packets.flatMap(({ keyframe }, index) => (keyframe ? [index] : []))).toEqual([0, 30, 60, 90]);
    expect([run.configs.length, run.written, run.failures]).toEqual([1, 95, []]);
    const { codecString } = parseAvcC(run.configs[0] as Uint8Array);
    expect(codecString).toMatch(/^avc1\.42/);
    const first = avcToAnnexb(run.packets[0]?.data as Uint8Array, run.configs[0]);
    expect(keyframeSize(first)).toEqual({ width: 320, height: 180 });
  });

  it('gives a packet before it gets the next picture', async () => {
    const run = new VideoRun();
    for (let frame = 0; frame < 10; frame += 1) {
      run.write(frame);
      await vi.waitFor(() => expect(run.packets).toHaveLength(frame + 1), { ...WAIT, interval: 2 });
    }
    expect(run.packets.map(({ frame }) => frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('says once that it failed when it is killed, and gives every picture back', async () => {
    const run = new VideoRun();
    run.write(0);
    await vi.waitFor(() => expect(run.packets).toHaveLength(1), WAIT);
    // More than its pipe holds, so that most of it is still on its way.
    process.kill(run.spawner.pids[0] as number, 'SIGSTOP');
    for (let frame = 1; frame < 40; frame += 1) run.write(frame);
    process.kill(run.spawner.pids[0] as number, 'SIGKILL');
    await vi.waitFor(() => expect(run.failures).toHaveLength(1), WAIT);
    await vi.waitFor(() => expect(run.written).toBe(run.given), WAIT);
    run.write(40);
    expect(run.written).toBe(run.given);
    await run.encoder.close();
    expect([run.failures.length, run.packets.length]).toEqual([1, 1]);
  });

  it('gives every picture back when it is closed while it is stuck', async () => {
    const run = new VideoRun();
    run.write(0);
    await vi.waitFor(() => expect(run.packets).toHaveLength(1), WAIT);
    process.kill(run.spawner.pids[0] as number, 'SIGSTOP');
    for (let frame = 1; frame < 5; frame += 1) run.write(frame);
    await run.encoder.close();
    await vi.waitFor(() => expect(run.written).toBe(run.given), WAIT);
    expect([run.failures, run.spawner.alive]).toEqual([[], []]);
  });

  it('fails, and gives every picture back, when it hangs for some seconds', async () => {
    const clock = new FakeClock();
    const run = new VideoRun(ffmpeg, clock);
    run.write(0);
    await vi.waitFor(() => expect(run.packets).toHaveLength(1), WAIT);
    await halt(run.spawner.pids[0] as number);
    for (let frame = 1; frame < 5; frame += 1) run.write(frame);
    clock.advance(3000);
    expect(run.failures).toEqual([]);
    clock.advance(3000);
    await vi.waitFor(() => expect([run.failures.length, run.written]).toEqual([1, run.given]), WAIT);
    await allGone(run.spawner.pids);
  });

  it('fails once, with the remedy, when FFmpeg cannot be started', async () => {
    const run = new VideoRun('/nowhere/ffmpeg');
    run.write(0);
    await vi.waitFor(() => expect(run.failures).toEqual([expect.stringContaining('FFMPEG_PATH')]), WAIT);
    await vi.waitFor(() => expect(run.written).toBe(1), WAIT);
    await run.encoder.close();
    expect(run.failures).toHaveLength(1);
  });
});

describe('ProgramAudioEncoder', () => {
  it('gives units of 1024 samples from its first sample on, without a gap', async () => {
    const run = new AudioRun();
    for (let block = 0; block < 200; block += 1) run.encoder.write(BLOCK);
    // What is kept back inside of the encoder is less than three units.
    const whole = Math.floor((200 * 960) / AAC_FRAMES);
    await vi.waitFor(() => expect(run.positions.length).toBeGreaterThanOrEqual(whole - 3), WAIT);
    expect(run.positions).toEqual(run.positions.map((_, index) => 48_000 * 3 + index * AAC_FRAMES));
    // AudioSpecificConfig: AAC-LC, 48 kHz, two channels (ISO/IEC 14496-3 section 1.6.2.1).
    expect([...(run.configs[0] ?? [])].slice(0, 2)).toEqual([0x11, 0x90]);
    expect([run.configs.length, run.failures]).toEqual([1, []]);
  });

  it('copies what it is given', async () => {
    const run = new AudioRun();
    const write = vi.spyOn(run.spawner.started[0]?.input as NodeJS.WritableStream, 'write');
    const block = new Float32Array(960 * 2).fill(0.5);
    run.encoder.write(block);
    block.fill(0);
    const bytes = write.mock.calls[0]?.[0] as unknown as Buffer;
    expect([bytes.byteLength, bytes.readFloatLE(4000)]).toEqual([960 * 2 * 4, 0.5]);
  });

  it('says once that it failed when it is killed', async () => {
    const run = new AudioRun();
    for (let block = 0; block < 20; block += 1) run.encoder.write(BLOCK);
    await vi.waitFor(() => expect(run.positions.length).toBeGreaterThan(0), WAIT);
    process.kill(run.spawner.pids[0] as number, 'SIGKILL');
    await vi.waitFor(() => expect(run.failures).toHaveLength(1), WAIT);
    run.encoder.write(BLOCK);
    await run.encoder.close();
    expect([run.failures.length, run.spawner.alive]).toEqual([1, []]);
  });

  it('fails when it hangs for some seconds', async () => {
    const clock = new FakeClock();
    const run = new AudioRun(ffmpeg, clock);
    for (let block = 0; block < 20; block += 1) run.encoder.write(BLOCK);
    await vi.waitFor(() => expect(run.positions.length).toBeGreaterThan(0), WAIT);
    await halt(run.spawner.pids[0] as number);
    clock.advance(6000);
    await vi.waitFor(() => expect(run.failures).toHaveLength(1), WAIT);
    await allGone(run.spawner.pids);
  });

  it('keeps ten seconds for an encoder that does not read, and fails beyond', async () => {
    const run = new AudioRun();
    process.kill(run.spawner.pids[0] as number, 'SIGSTOP');
    for (let block = 0; block < 500; block += 1) run.encoder.write(BLOCK);
    expect(run.failures).toEqual([]);
    for (let block = 0; block < 50; block += 1) run.encoder.write(BLOCK);
    expect(run.failures).toEqual([expect.stringContaining('input')]);
    await run.encoder.close();
    expect(run.spawner.alive).toEqual([]);
  });
});
