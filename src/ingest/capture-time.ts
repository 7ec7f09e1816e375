/** Maps a sender's capture times to our clock, and bounds them to what a mixer can use, whatever the sender claims. */
import { ClockDrift } from './clock-drift.ts';

/** Media may arrive this much later than its neighbours (a stalled network), microseconds. */
export const MAX_LATE_US = 10_000_000;
/** Media cannot come from the future; some clock noise is allowed, microseconds. */
const MAX_EARLY_US = 2_000_000;
/** The drift is taken from times of another offset only when none of the one that it was taken from have come for so long, microseconds. */
const FOLLOWED_FOR_US = 10_000_000;
/** Least distance of two frames of one track, microseconds: a container's clock ticks in milliseconds. */
const MIN_STEP_US = 1000;

/**
 * How a participant's clock maps to ours. Shared by their tracks, so that these stay in step, also over a leap. An offset is fixed by a
 * frame; the drift of the two clocks since then is added to it.
 */
export class CaptureAnchor {
  readonly #drift = new ClockDrift();
  #first: number | undefined;
  #newest: number | undefined;
  /** The offset of the times that the drift is taken from, and when the last of them came. */
  #followed: { readonly offset: number; readonly atUs: number } | undefined;

  /** The offset that the participant's first frame fixed: microseconds to add to a capture time. */
  get first(): number | undefined {
    return this.#first;
  }

  /** What is added to the newest capture times, microseconds; undefined before the first. */
  get present(): number | undefined {
    const offset = this.#newest ?? this.#first;
    return offset === undefined ? undefined : offset + this.#drift.us;
  }

  /** The drift that is added to every offset, microseconds. */
  get driftUs(): number {
    return this.#drift.us;
  }

  /**
   * The offset for a capture time, microseconds: that of the participant's first frame, of the track so far, or of the participant's
   * last leap, whichever first brings it within reach of its arrival; undefined when none does.
   */
  offset(captureUs: number, arrivalUs: number, soFar: number | undefined): number | undefined {
    this.#first ??= arrivalUs - captureUs;
    return [this.#first, soFar, this.#newest].find((offset) => {
      return offset !== undefined && isInReach(captureUs + offset + this.#drift.us, arrivalUs);
    });
  }

  /** Notes the arrival of a frame with this capture time and offset, to follow the drift. */
  came(captureUs: number, arrivalUs: number, offset: number): void {
    if (offset !== this.#followed?.offset && !this.#follows(offset, arrivalUs)) return;
    this.#followed = { offset, atUs: arrivalUs };
    this.#drift.observe(arrivalUs - captureUs - offset, arrivalUs);
  }

  /** The clock has leapt: from now on this capture time maps to its arrival. Returns the new offset. */
  leap(captureUs: number, arrivalUs: number): number {
    this.#newest = arrivalUs - captureUs - this.#drift.us;
    this.#drift.restart();
    this.#followed = { offset: this.#newest, atUs: arrivalUs };
    return this.#newest;
  }

  /**
   * Whether the drift is taken from times of this offset from now on. What was held up for long comes in one burst, whose times leap several
   * times until the first offset is right again: from one to the other they differ by seconds that no clock has drifted.
   */
  #follows(offset: number, arrivalUs: number): boolean {
    if (this.#followed && offset !== this.#first && arrivalUs - this.#followed.atUs < FOLLOWED_FOR_US) return false;
    if (this.#followed) this.#drift.restart();
    return true;
  }
}

/** One track's capture times: clamped to a window around their arrival, strictly rising. */
export class CaptureTimeline {
  readonly #anchor: CaptureAnchor;
  readonly #onJump: (jumpUs: number) => void;
  #offset: number | undefined;
  #last = Number.NEGATIVE_INFINITY;

  /** @param onJump told when the sender's clock leaps out of reach. */
  constructor(anchor: CaptureAnchor, onJump: (jumpUs: number) => void) {
    this.#anchor = anchor;
    this.#onJump = onJump;
  }

  /** The capture time on our monotonic clock, integer microseconds. */
  next(captureUs: number, arrivalUs: number): number {
    const known = this.#anchor.offset(captureUs, arrivalUs, this.#offset);
    const { driftUs } = this.#anchor;
    const expected = captureUs + (this.#offset ?? this.#anchor.first ?? 0) + driftUs;
    if (known === undefined || (this.#offset !== undefined && !isInReach(expected, arrivalUs))) {
      this.#onJump(expected - arrivalUs);
    }
    this.#offset = known ?? this.#anchor.leap(captureUs, arrivalUs);
    this.#last = Math.round(Math.max(captureUs + this.#offset + driftUs, this.#last + MIN_STEP_US));
    this.#anchor.came(captureUs, arrivalUs, this.#offset);
    return this.#last;
  }
}

function isInReach(timeUs: number, arrivalUs: number): boolean {
  return timeUs <= arrivalUs + MAX_EARLY_US && timeUs >= arrivalUs - MAX_LATE_US;
}
