/** Holds a sender's capture times to something a mixer can use, whatever the sender claims. */
import { ClockDrift } from './clock-drift.ts';

/** Media may arrive this much later than its neighbours (a stalled network), microseconds. */
const MAX_LATE_US = 10_000_000;
/** Media cannot come from the future; some clock noise is allowed, microseconds. */
const MAX_EARLY_US = 2_000_000;
/** Least distance of two frames of one track, microseconds: a container's clock ticks in milliseconds. */
const MIN_STEP_US = 1000;

/**
 * How a participant's clock maps to ours. Shared by their tracks, so that these stay in step, also over a leap. Offsets are what a frame
 * fixed; the drift of the two clocks since then is added to all of them.
 */
export class CaptureAnchor {
  readonly #drift = new ClockDrift();
  #first: number | undefined;
  #newest: number | undefined;

  /** What the participant's first frame fixed, microseconds to add to a capture time. */
  get first(): number | undefined {
    return this.#first;
  }

  /** What is added to the newest capture times, microseconds; undefined before the first. */
  get present(): number | undefined {
    const offset = this.#newest ?? this.#first;
    return offset === undefined ? undefined : offset + this.#drift.us;
  }

  /** By how much more than its offset a capture time is moved, microseconds. */
  get driftUs(): number {
    return this.#drift.us;
  }

  /**
   * What to add to a capture time, microseconds: as for the participant's first frame, or as the track did so far, or as
   * after the participant's last leap; undefined when all of that is out of reach of the arrival.
   */
  offset(captureUs: number, arrivalUs: number, soFar: number | undefined): number | undefined {
    this.#first ??= arrivalUs - captureUs;
    return [this.#first, soFar, this.#newest].find((offset) => {
      return offset !== undefined && isInReach(captureUs + offset + this.#drift.us, arrivalUs);
    });
  }

  /** A frame of this capture time has come, which this offset belongs to. */
  came(captureUs: number, arrivalUs: number, offset: number): void {
    this.#drift.observe(arrivalUs - captureUs - offset, arrivalUs);
  }

  /** The clock has leapt: from now on this capture time is the arrival. */
  leap(captureUs: number, arrivalUs: number): number {
    this.#newest = arrivalUs - captureUs - this.#drift.us;
    this.#drift.restart();
    return this.#newest;
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

  /** The capture time to use, on our clock, integer microseconds. */
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
