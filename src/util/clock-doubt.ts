/** Whether the machine's wall clock is to be believed, where something would be deleted by it for good. */
import type { Clock } from './clock.ts';

/** A clock that goes ahead by more between two looks was set, milliseconds. */
const JUMP_MS = 5 * 60_000;
/** What was set wrongly is set right by then, milliseconds. */
const SETTLED_MS = 60 * 60_000;
/** No server stands still for so long without somebody who looks after it when it starts again, milliseconds: 90 days. */
export const FAR_MS = 90 * 86_400_000;

/** Why the clock is doubted: it was `set` ahead, or it is `far` ahead of when it was last looked at. */
export type DoubtReason = 'set' | 'far';

/** A wrong hour must not delete what is to be kept for years. For whoever looks again and again. */
export class ClockDoubt {
  readonly #clock: Clock;
  readonly #onDoubt: (reason: DoubtReason) => void;
  /** By how much the wall clock was ahead of the monotonic one when it was believed last. */
  #aheadMs: number | undefined;
  #untilMs = Number.NEGATIVE_INFINITY;
  #far = false;
  /** Since its last look nobody was there: that the clock has gone on is no news. */
  #returns: boolean;

  /**
   * @param onDoubt told each time that the clock was set ahead
   * @param seenMs what the clock said when it was believed last, by an earlier process; default: the first look believes it
   */
  constructor(clock: Clock, onDoubt: (reason: DoubtReason) => void, seenMs?: number) {
    this.#clock = clock;
    this.#onDoubt = onDoubt;
    this.#returns = seenMs !== undefined;
    if (seenMs !== undefined) this.#aheadMs = seenMs - clock.monotonicMs();
  }

  /**
   * True for an hour after a look found that the clock was set ahead by more than five minutes since the one before, or had gone on
   * so far while nobody was there; true until it is set right where that is more than 90 days.
   */
  look(): boolean {
    const nowMs = this.#clock.monotonicMs();
    const aheadMs = this.#clock.wallMs() - nowMs;
    const leapMs = aheadMs - (this.#aheadMs ?? aheadMs);
    if (leapMs > FAR_MS) {
      if (!this.#far) this.#onDoubt('far');
      this.#far = true;
      return true;
    }
    this.#far = false;
    if (leapMs > JUMP_MS) {
      this.#untilMs = nowMs + SETTLED_MS;
      if (!this.#returns) this.#onDoubt('set');
    }
    this.#returns = false;
    this.#aheadMs = aheadMs;
    return nowMs < this.#untilMs;
  }

  /** The time as far as it is believed, as of the last look: what a later process is to be told. Milliseconds since 1970. */
  get believedMs(): number {
    return this.#aheadMs === undefined ? this.#clock.wallMs() : this.#clock.monotonicMs() + this.#aheadMs;
  }
}
