import { PassThrough } from 'node:stream';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { findEncoderFault } from '../../../src/ffmpeg/encoder-trial.ts';
import { type SpawnFfmpeg, createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const FORMAT = { width: 320, height: 180, framerate: 30, kbit: 500 };
const WAIT = { timeout: 20_000 };
/** Of a trial: its deadline, and the patience after the last picture. */
const BOTH_TIMERS = 2;

let ffmpeg: string;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

/** A trial of x264 in which no time passes by itself. */
class Trial {
  readonly clock = new FakeClock();
  heldUp = false;
  fault: string | undefined = 'unknown';
  /** Lets out what the encoder has given. */
  give: () => void = () => {};
  readonly over: Promise<void>;

  constructor(path: string) {
    const spawner = createSpawner(path);
    let isFirst = true;
    const spawn: SpawnFfmpeg = (args, options) => {
      const child = spawner(args, { ...options, clock: systemClock });
      if (!isFirst) return child;
      isFirst = false;
      const output = new PassThrough({ highWaterMark: 1024 * 1024 });
      let pending: PassThrough | undefined = child.output.pipe(new PassThrough({ highWaterMark: 1024 * 1024 }));
      this.give = () => {
        pending?.pipe(output);
        pending = undefined;
      };
      // An encoder that waits for a picture gives all it has when there will be none.
      child.input.on('finish', this.give);
      const exit = child.exit.then(async (result) => {
        this.give();
        if (!output.readableEnded) await new Promise((resolve) => output.once('end', resolve));
        return result;
      });
      return {
        ...{ input: child.input, output, exit, stop: () => child.stop() },
        get pid() {
          return child.pid;
        },
        get stopRequested() {
          return child.stopRequested;
        },
      };
    };
    const { clock } = this;
    const options = { encoder: 'x264', format: FORMAT, spawn, clock, isHeldUp: () => this.heldUp } as const;
    this.over = findEncoderFault(options).then((fault) => {
      this.fault = fault;
    });
  }

  async pass(ms: number): Promise<void> {
    await this.clock.run(ms, 100);
  }
}

describe('a trial of an encoder', () => {
  it('waits for one that only lacks a processor', async () => {
    const trial = new Trial(ffmpeg);
    await vi.waitFor(() => expect(trial.clock.pending).toBe(BOTH_TIMERS), WAIT);
    trial.heldUp = true;
    await trial.pass(4900);
    expect([trial.fault, trial.clock.pending]).toEqual(['unknown', BOTH_TIMERS]);
    trial.give();
    await trial.over;
    expect(trial.fault).toBeUndefined();
    expect(trial.clock.pending).toBe(0);
  });

  it.each([
    ['after a second, for one that could work', false, 1000],
    ['after five seconds, for one that lacks a processor', true, 5000],
  ])('takes the last picture for kept back %s', async (_case, heldUp, ms) => {
    const trial = new Trial(ffmpeg);
    await vi.waitFor(() => expect(trial.clock.pending).toBe(BOTH_TIMERS), WAIT);
    trial.heldUp = heldUp;
    await trial.pass(ms - 100);
    expect(trial.clock.pending).toBe(BOTH_TIMERS);
    await trial.pass(100);
    await trial.over;
    expect(trial.fault).toBe('it keeps 24 pictures back');
  });

  it.each([
    ['8 s if it sleeps', false, 8000],
    ['24 s if it works without an end', true, 24_000],
  ])('finds out one that gives nothing within %s', async (_case, heldUp, ms) => {
    const hung = await fakeFfmpeg(await tempDir(), 'exec sleep 600');
    const trial = new Trial(hung);
    trial.heldUp = heldUp;
    await trial.pass(ms - 100);
    expect(trial.fault).toBe('unknown');
    await trial.pass(100);
    await trial.over;
    expect(trial.fault).toBe('it gives nothing');
  });
});
