/**
 * The program once more, smaller, for those with little bandwidth. An encoder of its own scales copies of the canvases, so
 * that whatever happens to it, the full picture never waits.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { EncoderRelay, type RelayForm } from './encoder-relay.ts';
import type { Picture } from './picture.ts';
import { isCoded, lowForm, type ProgramForm } from './program-form.ts';

/** Options of the small rendition. */
export interface LowRenditionOptions {
  /** Form of the canvases at the beginning. */
  readonly form: ProgramForm;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** `form`: of the small picture. */
  readonly onConfig: (run: number, description: Uint8Array, form: ProgramForm) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
}

/** Half a second: what a process takes to start, with some to spare. Beyond it the newest of them is shown again. */
const MAX_COPIES = 8;
/**
 * Seconds of pictures that wait for an encoder that starts, with those that are shown again: longer than the slowest start takes that
 * is not a hang, and as long again to catch up. Those need no memory, and an encoder that counts its pictures keeps its key frames in
 * place. One that is too slow for good gets nothing of the kind: those with a slow line, who are to see what happens now, see it late.
 */
const START_SECONDS = 5;
/** It is tried for as long as it is wanted: nothing else depends on it. */
const RESTART = { firstMs: 200, maxMs: 5000, attempts: Number.POSITIVE_INFINITY, forgetAfterMs: 30_000 };
/**
 * Seconds without a left-out picture before its key frames are brought back to those of the full picture: until then viewers who
 * chose it see none of it, as its segments would not begin with one.
 */
const CALM_SECONDS = 3;

/** Memory for a canvas, and how many times it waits to be written. */
interface Copy {
  readonly picture: Picture;
  uses: number;
}

/** Takes every frame of the program and encodes every second one or fewer, at most 15 a second. */
export class LowRendition {
  readonly #relay: EncoderRelay;
  #free: Copy[] = [];
  #copies = 0;
  /** The last one that was written. */
  #newest: Copy | undefined;
  /** Pictures that wait to be written. */
  #waiting = 0;
  /** The newest frame at which the encoder had given nothing yet. */
  #startingAt = Number.NEGATIVE_INFINITY;
  /** The newest frame that was left out; its encoder counts pictures, so that its key frames come late since then. */
  #leftOut: number | undefined;
  /** The frame of the picture before. */
  #before: number | undefined;
  #dropped = 0;

  constructor(options: LowRenditionOptions) {
    const { form, spawn, clock, log, onConfig, onPacket } = options;
    this.#relay = new EncoderRelay({
      label: 'program low',
      form: scaled(form),
      spawn,
      clock,
      log,
      restart: RESTART,
      onConfig,
      onPacket,
      onLost: () => {},
    });
  }

  /** Pictures that were not shown because the encoder was behind: an older one was, or none. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The canvases have this form from `fromFrame` on. */
  setForm(form: ProgramForm, fromFrame: number): void {
    this.#relay.setForm(scaled(form), fromFrame);
  }

  /** The change that was announced does not take place. */
  keepForm(): void {
    this.#relay.keepForm();
  }

  /** Copies the canvas of frame `frame`, if it is one that is shown. */
  write(canvas: Picture, frame: number): void {
    const form = this.#relay.formAt(frame);
    if (!isCoded(form, frame)) return;
    if (!this.#relay.works) this.#startingAt = frame;
    if (this.#isOutOfPlace(form, frame)) this.#leftOut = frame;
    this.#before = frame;
    const copy = this.#take(canvas) ?? this.#again(canvas, frame, form);
    if (!copy) {
      this.#dropped += 1;
      this.#leftOut = frame;
      return;
    }
    copy.uses += 1;
    this.#waiting += 1;
    const { changesAt } = this.#relay;
    // The next encoder begins, with its key frames where they belong.
    if (changesAt !== undefined && frame >= changesAt) this.#leftOut = undefined;
    this.#relay.write(copy.picture, frame, () => this.#give(copy));
    const calm = this.#leftOut !== undefined && frame - this.#leftOut > CALM_SECONDS * form.framerate;
    // Nothing may replace a change that is announced: the canvases will have its form.
    if (calm && changesAt === undefined) this.#realign(form, frame);
  }

  /** Resolves when its process is gone. */
  close(): Promise<void> {
    return this.#relay.close();
  }

  /** The program left pictures out, and what this one lacks of them is not just whole groups, as it is with an odd number of frames. */
  #isOutOfPlace({ frameStep, gopFrames }: RelayForm, frame: number): boolean {
    return this.#before !== undefined && (frame - this.#before - frameStep) % gopFrames !== 0;
  }

  /** A new encoder, from a frame on at which the full picture has a key frame. */
  #realign(form: RelayForm, frame: number): void {
    this.#leftOut = undefined;
    // One that is not ready in time leaves pictures out again, for ever.
    const earliest = frame + Math.ceil(this.#relay.startAheadSeconds * form.framerate);
    this.#relay.setForm(form, Math.ceil(earliest / form.gopFrames) * form.gopFrames);
  }

  /** A copy of the canvas, if there is memory for one. */
  #take(canvas: Picture): Copy | undefined {
    const copy = this.#freeOf(canvas);
    if (!copy) return undefined;
    canvas.data.copy(copy.picture.data);
    this.#newest = copy;
    return copy;
  }

  /** The newest picture once more: the encoder is about to start, and what is late may as well stand still. */
  #again({ width, height }: Picture, frame: number, { framerate, frameStep }: RelayForm): Copy | undefined {
    const isStarting = frame - this.#startingAt < START_SECONDS * framerate;
    if (!isStarting || this.#waiting >= (START_SECONDS * framerate) / frameStep) return undefined;
    const newest = this.#newest;
    if (newest?.picture.width !== width || newest.picture.height !== height) return undefined;
    this.#dropped += 1;
    return newest;
  }

  #freeOf({ width, height, data }: Picture): Copy | undefined {
    const free = this.#free.pop();
    if (free?.picture.width === width && free.picture.height === height) return free;
    // Those of another size are of no use any more.
    if (free) this.#copies -= 1;
    if (this.#copies >= MAX_COPIES) return undefined;
    this.#copies += 1;
    return { picture: { width, height, data: Buffer.allocUnsafeSlow(data.byteLength) }, uses: 0 };
  }

  #give(copy: Copy): void {
    copy.uses -= 1;
    this.#waiting -= 1;
    if (copy.uses === 0) this.#free.push(copy);
  }
}

function scaled(form: ProgramForm): RelayForm {
  return { ...lowForm(form), source: { width: form.width, height: form.height } };
}
