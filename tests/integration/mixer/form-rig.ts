/** A program's encoders with canvases of whatever form is in force, a few of them at a time as in the mixer. */
import { onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { createPicture, type Picture } from '../../../src/mixer/picture.ts';
import { isCoded, type ProgramForm } from '../../../src/mixer/program-form.ts';
import { ProgramOutput } from '../../../src/mixer/program-output.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { TrackedSpawner } from './processes.ts';

export const WAIT = { timeout: 20_000, interval: 10 };
const CANVASES = 3;
const BLOCK = new Float32Array(960 * 2);

/** A packet as it came out. */
export interface OutPacket {
  readonly frame: number;
  readonly keyframe: boolean;
  readonly data: Uint8Array;
  readonly run: number;
}

/** Feeds frame after frame as fast as the encoders take them, and keeps what comes out. */
export class FormRig {
  readonly spawner: TrackedSpawner;
  readonly output: ProgramOutput;
  readonly full: OutPacket[] = [];
  readonly low: OutPacket[] = [];
  readonly forms: Array<{ readonly run: number; readonly form: ProgramForm; readonly description: Uint8Array }> = [];
  readonly lowForms: Array<{ readonly run: number; readonly form: ProgramForm }> = [];
  readonly sound: number[] = [];
  readonly soundUnits: Array<{ readonly sample: number; readonly data: Uint8Array }> = [];
  soundConfig: Uint8Array | undefined;
  readonly lost: string[] = [];
  frame = 0;
  /** Canvases that the encoders have. */
  away = 0;
  #block = 0;

  readonly #draw: ((canvas: Picture, frame: number) => void) | undefined;

  /** `draw` puts something on each canvas, which has one colour else. */
  constructor(
    form: ProgramForm,
    options: {
      readonly path: string;
      readonly clock: Clock;
      /** Whoever made it closes its output; else that happens at the end of the test. */
      readonly keep?: boolean;
      readonly draw?: (canvas: Picture, frame: number) => void;
    },
  ) {
    const { path, clock } = options;
    this.#draw = options.draw;
    const { width, height, framerate, gopFrames, preset, kbit } = form;
    this.spawner = new TrackedSpawner(path);
    const shape = { width, height, framerate, gopFrames, preset, videoKbit: kbit };
    this.output = new ProgramOutput({
      program: { ...shape, audioKbit: 96, maxPixels: 1, originMs: 0, originWallMs: 0, ffmpegPath: path },
      form,
      spawn: this.spawner.spawn,
      clock,
      log: nullLogger,
      restart: { firstMs: 1, maxMs: 1, attempts: 5, forgetAfterMs: 30_000 },
      sinks: {
        onVideoConfig: (run, description, inForce) => this.forms.push({ run, form: inForce, description }),
        onAudioConfig: (_run, description) => {
          this.soundConfig = description;
        },
        onVideo: (frame, keyframe, data, run) => this.full.push({ frame, keyframe, data, run }),
        onAudio: (sample, data) => {
          this.sound.push(sample);
          this.soundUnits.push({ sample, data });
        },
        onLowConfig: (run, _description, inForce) => this.lowForms.push({ run, form: inForce }),
        onLow: (frame, keyframe, data, run) => this.low.push({ frame, keyframe, data, run }),
        onLost: (reason) => this.lost.push(reason),
      },
    });
    if (options.keep !== true) onTestFinished(() => this.output.close());
  }

  /** The newest encoder of pictures; the full one, or the small one. */
  pid(which: 'full' | 'low' = 'full'): number {
    const newest = this.spawner.started.findLast(
      ({ args }) => args.includes('libx264') && args.some((arg) => arg.startsWith('scale=')) === (which === 'low'),
    );
    return newest?.pid as number;
  }

  /** Writes frames up to but without `to`; waits for canvases, never for packets. */
  async feed(to: number): Promise<void> {
    for (; this.frame < to; this.frame += 1) {
      await vi.waitFor(() => {
        if (this.away >= CANVASES) throw new Error(`No canvas is free for frame ${this.frame}`);
      }, WAIT);
      this.tick();
    }
  }

  /** Feeds until this holds; `lead`: at most so many frames ahead of the small rendition. */
  async feedUntil(holds: () => boolean, lead = Number.POSITIVE_INFINITY): Promise<void> {
    const start = this.frame;
    await vi.waitFor(() => {
      if (holds()) return;
      if (this.away < CANVASES && this.frame - (this.low.at(-1)?.frame ?? start) < lead) {
        this.tick();
        this.frame += 1;
      }
      throw new Error('It did not come to that');
    }, WAIT);
  }

  /** One frame with its sound, which is as long as the frame. */
  tick(): void {
    const until = Math.ceil(((this.frame + 1) * 50) / 30);
    for (; this.#block < until; this.#block += 1) this.output.writeSound(BLOCK, this.#block);
    const form = this.output.formAt(this.frame);
    if (!isCoded(form, this.frame)) return;
    const picture = createPicture(form.width, form.height, { y: 40 + ((this.frame * 7) % 160), u: 128, v: 128 });
    this.#draw?.(picture, this.frame);
    this.away += 1;
    this.output.writePicture(picture, this.frame, () => {
      this.away -= 1;
    });
  }
}
