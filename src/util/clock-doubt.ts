/** Whether the machine's wall clock is to be believed, where something would be deleted by it for good. */
import type { Clock } from './clock.ts';

/** A clock that goes ahead by more between two looks was set, milliseconds. */
const JUMP_MS = 5 * 60_000;
/** What was set wrongly is set right by then, milliseconds. */
const SETTLED_MS = 60 * 60_000;

/** A wrong hour must not delete what is to be kept for years. For whoever looks again and again. */
export class ClockDoubt {
  readonly #clock: Clock;
  readonly #onDoubt: () => void;
  /** By how much the wall clock was ahead of the monotonic one at the last look. */
  #aheadMs: number | undefined;
  #untilMs = Number.NEGATIVE_INFINITY;

  /** @param onDoubt told each time that the clock was set ahead */
  constructor(clock: Clock, onDoubt: () => void) {
    this.#clock = clock;
    this.#onDoubt = onDoubt;
  }

  /** True for an hour after a look found that the clock was set ahead by more than five minutes since the one before. */
  look(): boolean {
    const nowMs = this.#clock.monotonicMs();
    const aheadMs = this.#clock.wallMs() - nowMs;
    if (aheadMs - (this.#aheadMs ?? aheadMs) > JUMP_MS) {
      this.#untilMs = nowMs + SETTLED_MS;
      this.#onDoubt();
    }
    this.#aheadMs = aheadMs;
    return nowMs < this.#untilMs;
  }
}
