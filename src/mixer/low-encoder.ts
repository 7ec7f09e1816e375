/**
 * Encodes the small rendition of the program, for those with little bandwidth. Its encoder scales copies of the canvases, so that
 * the full picture never waits for it.
 */
import type { SpawnFfmpeg } from '../ffmpeg/ffmpeg-process.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import { EncoderRelay, type RelayForm } from './encoder-relay.ts';
import type { Picture } from './picture.ts';
import { isCoded, lowForm, type ProgramForm } from './program-form.ts';

/** Options of the small rendition's encoder. */
export interface LowEncoderOptions {
  /** Form of the canvases, until `setForm`. */
  readonly form: ProgramForm;
  readonly spawn: SpawnFfmpeg;
  readonly clock: Clock;
  readonly log: Logger;
  /** `form` is that of the small picture. */
  readonly onConfig: (run: number, description: Uint8Array, form: ProgramForm) => void;
  readonly onPacket: (frame: number, keyframe: boolean, data: Uint8Array, run: number) => void;
}

/** Half a second of copies, enough for an encoder to start. While it takes longer, the newest copy is repeated. */
const MAX_COPIES = 8;
/**
 * For how many seconds pictures are repeated for an encoder that is starting: longer than the slowest start that is not a hang, and as
 * long again to catch up. Repeated pictures need no memory, and keep the key frames of an encoder that counts pictures in place. An
 * encoder that is always too slow gets no repeats: its viewers would see the present ever later.
 */
const START_SECONDS = 5;
/** Restarted for as long as it is wanted: nothing else depends on it. */
const RESTART = { firstMs: 200, maxMs: 5000, attempts: Number.POSITIVE_INFINITY, forgetAfterMs: 30_000 };
/**
 * Seconds without a dropped picture before another encoder brings the key frames back to those of the full picture. Until then its
 * viewers see nothing of the small rendition, as its segments do not begin with a key frame.
 */
const CALM_SECONDS = 3;

/** A copy of a canvas, and how many pending writes use it. */
interface Copy {
  readonly picture: Picture;
  uses: number;
}

/** Takes every frame of the program and encodes every second one or fewer, at most 15 a second. */
export class LowEncoder {
  readonly #relay: EncoderRelay;
  #free: Copy[] = [];
  #copies = 0;
  /** The newest copy. */
  #newest: Copy | undefined;
  /** Pending writes. */
  #waiting = 0;
  /** The newest frame at which the encoder had output nothing yet. */
  #startingAt = Number.NEGATIVE_INFINITY;
  /** The newest dropped frame: since then key frames are out of place, because the encoder counts pictures. */
  #leftOut: number | undefined;
  /** The frame of the last `write`. */
  #before: number | undefined;
  #dropped = 0;

  constructor(options: LowEncoderOptions) {
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

  /** Pictures that were dropped, or replaced by an older one, because the encoder was behind. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The canvases have this form from `fromFrame` on. */
  setForm(form: ProgramForm, fromFrame: number): void {
    this.#relay.setForm(scaled(form), fromFrame);
  }

  /** Withdraws an announced change that has not begun. */
  keepForm(): void {
    this.#relay.keepForm();
  }

  /** Copies and writes the canvas of `frame`, if the small rendition shows that frame. */
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
    // The next encoder begins here, with its key frames in place.
    if (changesAt !== undefined && frame >= changesAt) this.#leftOut = undefined;
    this.#relay.write(copy.picture, frame, () => this.#give(copy));
    const calm = this.#leftOut !== undefined && frame - this.#leftOut > CALM_SECONDS * form.framerate;
    // An announced change must not be replaced: the canvases will have its form.
    if (calm && changesAt === undefined) this.#realign(form, frame);
  }

  /** Resolves when its process is gone. */
  close(): Promise<void> {
    return this.#relay.close();
  }

  /** Whether the program dropped frames of which this rendition lacks other than whole groups. */
  #isOutOfPlace({ frameStep, gopFrames }: RelayForm, frame: number): boolean {
    return this.#before !== undefined && (frame - this.#before - frameStep) % gopFrames !== 0;
  }

  /** Orders another encoder, from a frame at which the full picture has a key frame. */
  #realign(form: RelayForm, frame: number): void {
    this.#leftOut = undefined;
    // An encoder that is not ready in time would drop pictures again, and so on for ever.
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

  /** Repeats the newest copy while the encoder is starting; undefined when that has lasted too long. */
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
    // Copies of another size are useless by now.
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
