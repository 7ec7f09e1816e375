import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { ExitResult, FfmpegProcess } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { LowRendition } from '../../../src/mixer/low-rendition.ts';
import { createPicture } from '../../../src/mixer/picture.ts';
import type { ProgramForm } from '../../../src/mixer/program-form.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { FakeEncoders } from '../../helpers/fake-encoders.ts';

const FULL: ProgramForm = {
  width: 64,
  height: 48,
  framerate: 30,
  frameStep: 1,
  kbit: 400,
  preset: 'ultrafast',
  gopFrames: 60,
  encoder: 'x264',
};
const SMALL: ProgramForm = { ...FULL, width: 48, height: 32 };
const GONE: ExitResult = { kind: 'stopped', code: 0, signal: null, stderrTail: [] };

/** Encoders that take pictures, or stop taking them, and never give anything. */
class Stuck {
  readonly sizes: string[] = [];
  #takes = true;
  #held: Array<() => void> = [];

  set takes(takes: boolean) {
    this.#takes = takes;
    if (takes) for (const done of this.#held.splice(0)) done();
  }

  readonly spawn = (args: readonly string[]): FfmpegProcess => {
    this.sizes.push(args[args.indexOf('-video_size') + 1] ?? '');
    const exit = Promise.withResolvers<ExitResult>();
    return {
      pid: undefined,
      input: new Writable({
        write: (_chunk, _encoding, done) => {
          if (this.#takes) done();
          else this.#held.push(done);
        },
      }),
      output: new PassThrough(),
      stopRequested: false,
      exit: exit.promise,
      stop: () => {
        exit.resolve(GONE);
        return exit.promise;
      },
    };
  };
}

/** Some calm seconds after a picture was left out; `at` is asked before each frame. */
async function play(low: LowRendition, stuck: Stuck, to: number, at: (frame: number) => ProgramForm): Promise<void> {
  for (let frame = 0; frame < to; frame += 2) {
    stuck.takes = frame < 2 || frame > 18;
    const { width, height } = at(frame);
    low.write(createPicture(width, height), frame);
    // Writes are done later, as those of pipes are.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function lowOf(stuck: Stuck): LowRendition {
  const clock = new FakeClock();
  const sinks = { onConfig: () => {}, onPacket: () => {} };
  return new LowRendition({ form: FULL, spawn: stuck.spawn, clock, log: nullLogger, ...sinks });
}

it('brings its key frames back in place when it has left nothing out for three seconds', async () => {
  const stuck = new Stuck();
  const low = lowOf(stuck);
  await play(low, stuck, 200, () => FULL);
  expect(low.dropped).toBe(1);
  expect(stuck.sizes).toEqual(['64x48', '64x48']);
  await low.close();
});

it('lets nothing replace a change of the program that is announced', async () => {
  const stuck = new Stuck();
  const low = lowOf(stuck);
  await play(low, stuck, 200, (frame) => {
    if (frame === 106) low.setForm(SMALL, 114);
    return frame < 114 ? FULL : SMALL;
  });
  // The encoder of the new form begins in place by itself.
  expect([low.dropped, stuck.sizes]).toEqual([1, ['64x48', '48x32']]);
  await low.close();
});

/** Plays a program of frames on whose small picture each encoder works only some seconds after its start. */
async function playLate(lateMs: number, frames: number) {
  const clock = new FakeClock();
  const encoders = new FakeEncoders();
  const starts: number[] = [];
  encoders.takes = (encoder) => clock.monotonicMs() >= (starts[encoder] ?? 0) + lateMs;
  encoders.onTaken = (encoder) => encoder.give(10);
  const packets: number[] = [];
  const low = new LowRendition({
    form: FULL,
    spawn: (args, options) => {
      starts.push(clock.monotonicMs());
      return encoders.spawn(args, options);
    },
    clock,
    log: nullLogger,
    onConfig: () => {},
    onPacket: (frame) => packets.push(frame),
  });
  for (let frame = 0; frame < frames; frame += 1) {
    low.write(createPicture(64, 48), frame);
    encoders.pump();
    await clock.run(1000 / FULL.framerate);
  }
  await low.close();
  return { starts, packets, dropped: low.dropped };
}

it('starts the next encoder earlier when the one before was late, so that it is in step for good', async () => {
  const { starts, packets } = await playLate(3000, 900);
  // The first one leaves pictures out, the second one begins where its key frames belong.
  expect(starts).toHaveLength(2);
  const since = packets.filter((frame) => frame > 450);
  expect(since).toEqual(since.map((_, index) => 452 + 2 * index));
  expect(since.length).toBeGreaterThan(200);
});
