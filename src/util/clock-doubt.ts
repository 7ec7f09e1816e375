/** Whether the machine's wall clock is to be believed, where something would be deleted by it for good. */
import type { Clock } from './clock.ts';

/** A clock that goes ahead by more between two looks was set, milliseconds. */
const JUMP_MS = 5 * 60_000;
/** What was set wrongly is set right by then, milliseconds. */
const SETTLED_MS = 60 * 60_000;
/** No server stands still for so long without somebody who looks after it when it starts again, milliseconds: 90 days. */
export const FAR_MS = 90 * 86_400_000;
/** There was no such server before: what says an earlier time has not been set since its machine began. */
const BORN_MS = Date.UTC(2025, 0, 1);
/** For so long a clock that was set back may be set right again, milliseconds. */
const REMEMBERED_MS = 86_400_000;

/** Whether a time, in milliseconds since 1970, was told by a clock that had been set: of what has an earlier one the age is not known. */
export function isFromSetClock(timeMs: number): boolean {
  return timeMs >= BORN_MS;
}

/** Why the clock is doubted: it was `set` ahead, or it is `far` ahead of when it was last looked at. */
export type DoubtReason = 'set' | 'far';

/** A wrong hour must not delete what is to be kept for years. For whoever looks again and again. */
export class ClockDoubt {
  readonly #clock: Clock;
  readonly #onDoubt: (reason: DoubtReason) => void;
  /** By how much the wall clock was ahead of the monotonic one when it was believed last. */
  #aheadMs: number | undefined;
  /** The same before it was set back, and until when that is remembered: a machine without a battery begins anywhere, and is set right then. */
  #before: { readonly aheadMs: number; readonly untilMs: number } | undefined;
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
    if (seenMs === undefined || !isFromSetClock(seenMs)) this.#returns = false;
    else {
      this.#returns = true;
      this.#aheadMs = seenMs - clock.monotonicMs();
    }
  }

  /**
   * True for an hour after a look found that the clock was set ahead by more than five minutes since the one before, or had gone on
   * so far while nobody was there; true until it is set right where that is more than 90 days. A clock that was set back within the
   * last day goes on from where it was before, and one that was never set is not believed at all.
   */
  look(): boolean {
    const nowMs = this.#clock.monotonicMs();
    const wallMs = this.#clock.wallMs();
    if (!isFromSetClock(wallMs)) {
      // What was made meanwhile seems decades old as soon as it is set.
      this.#untilMs = nowMs + SETTLED_MS;
      return true;
    }
    const aheadMs = wallMs - nowMs;
    if (this.#before && nowMs >= this.#before.untilMs) this.#before = undefined;
    if (aheadMs - (this.#mostAheadMs ?? aheadMs) > FAR_MS) {
      if (!this.#far) this.#onDoubt('far');
      this.#far = true;
      return true;
    }
    this.#far = false;
    const leapMs = aheadMs - (this.#aheadMs ?? aheadMs);
    if (leapMs > JUMP_MS) {
      this.#untilMs = nowMs + SETTLED_MS;
      if (!this.#returns) this.#onDoubt('set');
    }
    if (leapMs < -JUMP_MS) this.#before ??= { aheadMs: aheadMs - leapMs, untilMs: nowMs + REMEMBERED_MS };
    else if (aheadMs >= (this.#before?.aheadMs ?? Number.POSITIVE_INFINITY)) this.#before = undefined;
    this.#returns = false;
    this.#aheadMs = aheadMs;
    return nowMs < this.#untilMs;
  }

  /** The latest time that was believed within the last day, as of the last look: what a later process is to be told. Milliseconds since 1970. */
  get believedMs(): number {
    const aheadMs = this.#mostAheadMs;
    return aheadMs === undefined ? this.#clock.wallMs() : this.#clock.monotonicMs() + aheadMs;
  }

  get #mostAheadMs(): number | undefined {
    return this.#before?.aheadMs ?? this.#aheadMs;
  }
}
