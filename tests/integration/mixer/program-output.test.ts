import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { ProgramOptions } from '../../../src/mixer/link-messages.ts';
import { createPicture } from '../../../src/mixer/picture.ts';
import { ProgramOutput } from '../../../src/mixer/program-output.ts';
import { ProgramTicker, type TickerTargets } from '../../../src/mixer/program-ticker.ts';
import { LiveClock } from './live-clock.ts';
import { TrackedSpawner, isAlive } from './processes.ts';

const PROGRAM: Omit<ProgramOptions, 'ffmpegPath'> = {
  width: 320,
  height: 180,
  framerate: 30,
  videoKbit: 500,
  audioKbit: 96,
  preset: 'ultrafast',
  gopFrames: 30,
  maxPixels: 1,
  originMs: 0,
  originWallMs: 0,
};
const WAIT = { timeout: 20_000, interval: 10 };
const BLOCK = new Float32Array(960 * 2);

let ffmpeg: string;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

/** A program's encoders; `tick` gives them the next picture and its sound. */
class Output {
  readonly clock = new LiveClock();
  readonly spawner: TrackedSpawner;
  readonly video: Array<{ frame: number; keyframe: boolean; run: number }> = [];
  readonly audio: Array<{ sample: number; run: number }> = [];
  readonly configs: string[] = [];
  readonly lost: string[] = [];
  readonly output: ProgramOutput;
  readonly #picture = createPicture(PROGRAM.width, PROGRAM.height);
  frame = 100;
  block = 200;
  out = 0;

  constructor({ path = ffmpeg, attempts = 3 } = {}) {
    this.spawner = new TrackedSpawner(path);
    this.output = new ProgramOutput({
      program: { ...PROGRAM, ffmpegPath: path },
      spawn: this.spawner.spawn,
      clock: this.clock,
      log: nullLogger,
      restart: { firstMs: 1, maxMs: 1, attempts, forgetAfterMs: 30_000 },
      sinks: {
        onVideoConfig: (run) => this.configs.push(`video ${run}`),
        onAudioConfig: (run) => this.configs.push(`audio ${run}`),
        onVideo: (frame, keyframe, _data, run) => this.video.push({ frame, keyframe, run }),
        onAudio: (sample, _data, run) => this.audio.push({ sample, run }),
        onLost: (reason) => this.lost.push(reason),
      },
    });
    onTestFinished(() => this.output.close());
  }

  tick(): void {
    this.out += 1;
    this.output.writePicture(this.#picture, this.frame, () => {
      this.out -= 1;
    });
    this.frame += 1;
    this.output.writeSound(BLOCK, this.block);
    this.block += 1;
  }

  /** Ticks until this holds. */
  async until(holds: () => boolean): Promise<void> {
    await vi.waitFor(() => {
      if (holds()) return;
      this.tick();
      throw new Error('It did not come to that');
    }, WAIT);
  }

  /** The newest process of one kind. */
  pidOf(kind: 'libx264' | 'aac'): number {
    return this.spawner.started.findLast(({ args }) => args.includes(kind))?.pid as number;
  }

  of(run: number): number[] {
    return this.video.filter((packet) => packet.run === run).map(({ frame }) => frame);
  }
}

describe('ProgramOutput', () => {
  it('starts a new run when the picture encoder is killed; numbers go on and sound does not notice', async () => {
    const output = new Output();
    await output.until(() => output.video.length > 5 && output.audio.length > 5);
    process.kill(output.pidOf('libx264'), 'SIGKILL');
    await output.until(() => output.of(2).length > 5);
    const [first, second] = [output.of(1), output.of(2)];
    expect(output.video.find(({ run }) => run === 2)?.keyframe).toBe(true);
    expect(second[0]).toBeGreaterThan(first.at(-1) as number);
    expect(second).toEqual(second.map((_, index) => (second[0] as number) + index));
    expect(output.configs.filter((config) => config.startsWith('video'))).toEqual(['video 1', 'video 2']);
    expect(output.audio.every(({ run }) => run === 1)).toBe(true);
    await vi.waitFor(() => expect(output.out).toBe(0), WAIT);
  });

  it('has pictures again within a second of the program when its encoder is killed', async () => {
    const output = new Output();
    // At the program's own pace, with as few canvases as the mixer has.
    const { clock } = output;
    const originMs = clock.monotonicMs() - (output.frame * 1000) / 30;
    const targets: TickerTargets = {
      onFrame: () => {
        if (output.out >= 3) return false;
        output.tick();
        return true;
      },
      onBlock: () => {},
      onSkip: () => {},
      onSoundSkip: () => {},
    };
    const ticker = new ProgramTicker({ clock, originMs, framerate: 30, maxBehindMs: 4000, groupFrames: 60, targets });
    onTestFinished(() => ticker.stop());
    ticker.start();
    const gaps: number[] = [];
    // It is about what the output does with its time: how long a busy machine takes to start a process is no matter here.
    for (let run = 1; run <= 3 && !gaps.some((gap) => gap < 30); run += 1) {
      await vi.waitFor(() => expect(output.of(run).length).toBeGreaterThan(5), WAIT);
      process.kill(output.pidOf('libx264'), 'SIGKILL');
      await vi.waitFor(() => expect(output.of(run + 1).length).toBeGreaterThan(0), WAIT);
      gaps.push((output.of(run + 1)[0] as number) - (output.of(run).at(-1) as number) - 1);
    }
    expect(Math.min(...gaps), gaps.join()).toBeLessThan(30);
  });

  it('starts a new run when the sound encoder is killed, at the block it begins with', async () => {
    const output = new Output();
    await output.until(() => output.audio.length > 5);
    process.kill(output.pidOf('aac'), 'SIGKILL');
    await output.until(() => output.audio.some(({ run }) => run === 2));
    const [end, start] = [output.audio.findLast(({ run }) => run === 1), output.audio.find(({ run }) => run === 2)];
    expect(start?.sample).toBeGreaterThan(end?.sample as number);
    expect((start?.sample as number) % 960).toBe(0);
    expect(output.video.every(({ run }) => run === 1)).toBe(true);
  });

  it('counts the sound on from where it is taken up behind a gap, without a failure', async () => {
    const output = new Output({ attempts: 0 });
    await output.until(() => output.audio.length > 5);
    output.block += 50 * 600;
    const from = output.block * 960;
    await output.until(() => output.audio.some(({ run }) => run === 2));
    const samples = (run: number): number[] =>
      output.audio.filter((unit) => unit.run === run).map(({ sample }) => sample);
    expect(samples(1).every((sample) => sample < from - 50 * 600 * 960)).toBe(true);
    expect(samples(2)).toEqual(samples(2).map((_, index) => from + index * 1024));
    expect(output.video.every(({ run }) => run === 1)).toBe(true);
    expect(output.lost).toEqual([]);
  });

  it('is lost when the budget is used up', async () => {
    const output = new Output({ attempts: 1 });
    for (const run of [1, 2]) {
      await output.until(() => output.of(run).length > 0);
      process.kill(output.pidOf('libx264'), 'SIGKILL');
    }
    await vi.waitFor(() => expect(output.lost).toHaveLength(1), WAIT);
    output.tick();
    await vi.waitFor(() => expect(output.out).toBe(0), WAIT);
  });

  it('forgets failures of long ago', async () => {
    const output = new Output({ attempts: 1 });
    for (const run of [1, 2, 3, 4]) {
      await output.until(() => output.of(run).length > 0 && output.audio.some((packet) => packet.run === run));
      output.clock.skip(31_000);
      process.kill(output.pidOf('libx264'), 'SIGKILL');
      process.kill(output.pidOf('aac'), 'SIGKILL');
    }
    await output.until(() => output.of(5).length > 0 && output.audio.some((packet) => packet.run === 5));
    expect(output.lost).toEqual([]);
  });

  it('is lost with the remedy when FFmpeg cannot be started', async () => {
    const output = new Output({ path: '/nowhere/ffmpeg', attempts: 2 });
    await output.until(() => output.lost.length > 0);
    expect(output.lost).toContainEqual(expect.stringContaining('FFMPEG_PATH'));
    output.tick();
    await vi.waitFor(() => expect(output.out).toBe(0), WAIT);
  });

  it('waits, when it is closed, for encoders that failed and do not want to go', async () => {
    const output = new Output();
    await output.until(() => output.audio.length > 0);
    const stuck = output.pidOf('aac');
    process.kill(stuck, 'SIGSTOP');
    for (let count = 0; count < 600; count += 1) {
      output.output.writeSound(BLOCK, output.block);
      output.block += 1;
    }
    await output.until(() => output.spawner.started.filter(({ args }) => args.includes('aac')).length === 2);
    expect(isAlive(stuck)).toBe(true);
    await output.output.close();
    expect(output.spawner.alive).toEqual([]);
    output.tick();
    expect([output.spawner.alive, output.out]).toEqual([[], 0]);
  });
});
