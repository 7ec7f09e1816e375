/** The heartbeat of a program: frame n is due at `origin + n / framerate`, sound block m at `origin + m * 20 ms`. */
import type { Clock, Disposer } from '../util/clock.ts';

/** Milliseconds of one sound block. */
export const BLOCK_MS = 20;

/** What the ticker drives. `dueMs` is when the frame or block was due, in monotonic milliseconds that all processes of the machine share. */
export interface TickerTargets {
  /** Makes one frame; false when no canvas is free, and the ticker tries again on `poke`. */
  readonly onFrame: (frame: number, dueMs: number, lateMs: number) => boolean;
  readonly onBlock: (block: number, dueMs: number) => void;
  /** Frames `from` … `to - 1` are dropped because the machine has been too slow for seconds. */
  readonly onSkip: (from: number, to: number) => void;
  /** Blocks `from` … `to - 1` are dropped: the machine or this process stood still for longer than `MAX_SOUND_BEHIND_MS`. */
  readonly onSoundSkip: (from: number, to: number) => void;
}

/**
 * Sound is cheap, so a machine that is merely slow loses none of it. After a longer standstill nobody would hear it in time, and
 * making up for hours of it at once would be the next standstill.
 */
const MAX_SOUND_BEHIND_MS = 10_000;

/** Options of a ticker; milliseconds. */
export interface ProgramTickerOptions {
  readonly clock: Clock;
  readonly originMs: number;
  /** Frames a second. */
  readonly framerate: number;
  /** Pictures later than this, and than a whole group, are dropped: the program would fall ever further behind. */
  readonly maxBehindMs: number;
  /** Frames of a group. Only whole groups are dropped: encoders count pictures, and key frames must stay at multiples of this. */
  readonly groupFrames: number;
  readonly targets: TickerTargets;
}

/** Never drifts: each deadline is computed from the origin. What was missed is made up for in order. */
export class ProgramTicker {
  readonly #clock: Clock;
  readonly #originMs: number;
  readonly #framerate: number;
  readonly #maxBehindMs: number;
  readonly #groupFrames: number;
  readonly #targets: TickerTargets;
  #frame: number;
  #block: number;
  #timer: Disposer | undefined;
  #stopped = false;
  #ticking = false;

  constructor({ clock, originMs, framerate, maxBehindMs, groupFrames, targets }: ProgramTickerOptions) {
    this.#clock = clock;
    this.#originMs = originMs;
    this.#framerate = framerate;
    this.#maxBehindMs = maxBehindMs;
    this.#groupFrames = groupFrames;
    this.#targets = targets;
    const elapsed = Math.max(0, clock.monotonicMs() - originMs);
    this.#frame = Math.ceil((elapsed * framerate) / 1000);
    this.#block = Math.ceil(elapsed / BLOCK_MS);
  }

  /** The next frame. */
  get frame(): number {
    return this.#frame;
  }

  /** The next sound block. */
  get block(): number {
    return this.#block;
  }

  start(): void {
    this.#tick();
  }

  /** A canvas may be free again: makes a frame that had to wait for one. */
  poke(): void {
    if (this.#ticking || this.#stopped) return;
    if (this.#frameDue(this.#frame) <= this.#clock.monotonicMs()) this.#tick();
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
  }

  #frameDue(frame: number): number {
    return this.#originMs + (frame * 1000) / this.#framerate;
  }

  #blockDue(block: number): number {
    return this.#originMs + block * BLOCK_MS;
  }

  #tick(): void {
    if (this.#stopped) return;
    this.#ticking = true;
    this.#timer?.();
    this.#timer = undefined;
    const now = this.#clock.monotonicMs();
    this.#leaveOut(now);
    // Sound first: a late picture must never cost a sample.
    while (!this.#stopped && this.#blockDue(this.#block) <= now) {
      this.#targets.onBlock(this.#block, this.#blockDue(this.#block));
      this.#block += 1;
    }
    const blocked = !this.#makeFrames(now);
    this.#ticking = false;
    // Making a frame or block may fail and stop the program.
    if (this.#stopped) return;
    const nextBlock = this.#blockDue(this.#block);
    // Without a free canvas only sound has a deadline; `poke` brings the frames back.
    const next = blocked ? nextBlock : Math.min(nextBlock, this.#frameDue(this.#frame));
    this.#timer = this.#clock.after(Math.max(0, next - this.#clock.monotonicMs()), () => this.#tick());
  }

  #leaveOut(now: number): void {
    const behindMs = now - this.#frameDue(this.#frame);
    const groups = Math.floor((behindMs * this.#framerate) / (1000 * this.#groupFrames));
    if (behindMs > this.#maxBehindMs && groups > 0) {
      const to = this.#frame + groups * this.#groupFrames;
      this.#targets.onSkip(this.#frame, to);
      this.#frame = to;
    }
    if (now - this.#blockDue(this.#block) <= Math.max(MAX_SOUND_BEHIND_MS, this.#maxBehindMs)) return;
    // It goes on where the pictures do.
    const block = Math.floor((this.#frameDue(this.#frame) - this.#originMs) / BLOCK_MS);
    if (block <= this.#block) return;
    this.#targets.onSoundSkip(this.#block, block);
    this.#block = block;
  }

  /** Whether everything due was made. */
  #makeFrames(now: number): boolean {
    while (!this.#stopped && this.#frameDue(this.#frame) <= now) {
      const due = this.#frameDue(this.#frame);
      if (!this.#targets.onFrame(this.#frame, due, now - due)) return false;
      this.#frame += 1;
    }
    return true;
  }
}
