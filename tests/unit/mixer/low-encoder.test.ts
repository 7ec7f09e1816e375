import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { ExitResult, FfmpegProcess } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { LowEncoder } from '../../../src/mixer/low-encoder.ts';
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

/** Copies, and pictures that are shown again, fill five seconds before this frame: it is left out. */
const LEFT_OUT = 152;
/** Those that were shown again, and the one that was not. */
const DROPPED = 68;

/** Some calm seconds after a picture was left out; `at` is asked before each frame. */
async function play(low: LowEncoder, stuck: Stuck, to: number, at: (frame: number) => ProgramForm): Promise<void> {
  for (let frame = 0; frame < to; frame += 2) {
    stuck.takes = frame < 2 || frame > LEFT_OUT;
    const { width, height } = at(frame);
    low.write(createPicture(width, height), frame);
    // Writes are done later, as those of pipes are.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function lowOf(stuck: Stuck): LowEncoder {
  const clock = new FakeClock();
  const sinks = { onConfig: () => {}, onPacket: () => {} };
  return new LowEncoder({ form: FULL, spawn: stuck.spawn, clock, log: nullLogger, ...sinks });
}

it('brings its key frames back in place when it has left nothing out for three seconds', async () => {
  const stuck = new Stuck();
  const low = lowOf(stuck);
  await play(low, stuck, LEFT_OUT + 180, () => FULL);
  expect(low.dropped).toBe(DROPPED);
  expect(stuck.sizes).toEqual(['64x48', '64x48']);
  await low.close();
});

it('lets nothing replace a change of the program that is announced', async () => {
  const stuck = new Stuck();
  const low = lowOf(stuck);
  const changesAt = LEFT_OUT + 96;
  await play(low, stuck, LEFT_OUT + 180, (frame) => {
    if (frame === changesAt - 8) low.setForm(SMALL, changesAt);
    return frame < changesAt ? FULL : SMALL;
  });
  // The encoder of the new form begins in place by itself.
  expect([low.dropped, stuck.sizes]).toEqual([DROPPED, ['64x48', '48x32']]);
  await low.close();
});

/** Plays a program of frames on whose small picture each encoder works only some seconds after its start, as long as it `takes`. */
async function playLate(lateMs: number, frames: number, takes: (ms: number) => boolean = () => true) {
  const clock = new FakeClock();
  const encoders = new FakeEncoders();
  const starts: number[] = [];
  encoders.takes = (encoder) => takes(clock.monotonicMs()) && clock.monotonicMs() >= (starts[encoder] ?? 0) + lateMs;
  encoders.onTaken = (encoder) => encoder.give(10);
  const packets: number[] = [];
  const low = new LowEncoder({
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

it.each([1000, 3000, 3500, 3900])(
  'is in step from the first picture on when its encoder starts %i ms late',
  async (lateMs) => {
    const { starts, packets } = await playLate(lateMs, 600);
    expect(starts).toHaveLength(1);
    // What it had no memory for is shown again, and counts.
    expect(packets.slice(0, 200)).toEqual(Array.from({ length: 200 }, (_, index) => 2 * index));
  },
);

it('starts the next encoder earlier when the one before was far too late, so that it is in step for good', async () => {
  const { starts, packets } = await playLate(7000, 1500);
  // The first one leaves pictures out, the second one begins where its key frames belong.
  expect(starts).toHaveLength(2);
  const since = packets.filter((frame) => frame > 900);
  expect(since).toEqual(since.map((_, index) => 902 + 2 * index));
  expect(since.length).toBeGreaterThan(200);
});

it('lets nothing old wait for one that has started and stands still: it would be late for those with a slow line', async () => {
  const [fromMs, toMs] = [8000, 11_000];
  const { packets, dropped } = await playLate(100, 360, (ms) => ms < fromMs || ms > toMs);
  // The eight copies, and what was on its way.
  expect(packets.filter((frame) => frame >= 240 && frame <= 330).length).toBeLessThan(12);
  expect(dropped).toBeGreaterThan(30);
});

it('brings its key frames back in place when the program left out other than whole groups', async () => {
  const stuck = new Stuck();
  const clock = new FakeClock();
  const form = FULL;
  const sinks = { onConfig: () => {}, onPacket: () => {} };
  const low = new LowEncoder({ form, spawn: stuck.spawn, clock, log: nullLogger, ...sinks });
  const show = async (from: number, to: number): Promise<void> => {
    for (let frame = from; frame < to; frame += 2) {
      low.write(createPicture(64, 48), frame);
      await new Promise(setImmediate);
    }
  };
  await show(0, 20);
  await show(20 + 120, 420);
  expect(stuck.sizes).toHaveLength(1);
  await show(420 + 62, 700);
  expect([low.dropped, stuck.sizes.length]).toEqual([0, 2]);
  await low.close();
});
