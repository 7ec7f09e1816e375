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

/** Half a second: what a process takes to start, with some to spare. Beyond it pictures are left out. */
const MAX_COPIES = 8;
/** It is tried for as long as it is wanted: nothing else depends on it. */
const RESTART = { firstMs: 200, maxMs: 5000, attempts: Number.POSITIVE_INFINITY, forgetAfterMs: 30_000 };
/**
 * Seconds without a left-out picture before its key frames are brought back to those of the full picture: until then viewers who
 * chose it see none of it, as its segments would not begin with one.
 */
const CALM_SECONDS = 3;

/** Takes every frame of the program and encodes every second one or fewer, at most 15 a second. */
export class LowRendition {
  readonly #relay: EncoderRelay;
  #free: Picture[] = [];
  #copies = 0;
  /** The newest frame that was left out; its encoder counts pictures, so that its key frames come late since then. */
  #leftOut: number | undefined;
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

  /** Pictures that were left out because the encoder was behind. */
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
    const copy = this.#take(canvas);
    if (!copy) {
      this.#dropped += 1;
      this.#leftOut = frame;
      return;
    }
    canvas.data.copy(copy.data);
    const { changesAt } = this.#relay;
    // An encoder that gets the very first of its pictures has its key frames where they belong.
    if (frame === changesAt) this.#leftOut = undefined;
    this.#relay.write(copy, frame, () => this.#give(copy));
    const calm = this.#leftOut !== undefined && frame - this.#leftOut > CALM_SECONDS * form.framerate;
    // Nothing may replace a change that is announced: the canvases will have its form.
    if (calm && changesAt === undefined) this.#realign(form, frame);
  }

  /** Resolves when its process is gone. */
  close(): Promise<void> {
    return this.#relay.close();
  }

  /** A new encoder, from a frame on at which the full picture has a key frame. */
  #realign(form: RelayForm, frame: number): void {
    this.#leftOut = undefined;
    // One that is not ready in time leaves pictures out again, for ever.
    const earliest = frame + Math.ceil(this.#relay.startAheadSeconds * form.framerate);
    this.#relay.setForm(form, Math.ceil(earliest / form.gopFrames) * form.gopFrames);
  }

  #take(canvas: Picture): Picture | undefined {
    const { width, height, data } = canvas;
    const free = this.#free.pop();
    if (free?.width === width && free.height === height) return free;
    // Those of another size are of no use any more.
    if (free) this.#copies -= 1;
    if (this.#copies >= MAX_COPIES) return undefined;
    this.#copies += 1;
    return { width, height, data: Buffer.allocUnsafeSlow(data.byteLength) };
  }

  #give(copy: Picture): void {
    this.#free.push(copy);
  }
}

function scaled(form: ProgramForm): RelayForm {
  return { ...lowForm(form), source: { width: form.width, height: form.height } };
}
