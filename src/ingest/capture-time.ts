/** Holds a sender's capture times to something a mixer can use, whatever the sender claims. */

/** Media may arrive this much later than its neighbours (a stalled network), microseconds. */
const MAX_LATE_US = 10_000_000;
/** Media cannot come from the future; some clock noise is allowed, microseconds. */
const MAX_EARLY_US = 2_000_000;
/** Least distance of two frames of one track, microseconds: a container's clock ticks in milliseconds. */
const MIN_STEP_US = 1000;

/** The first frame of a participant fixes how their clock maps to ours; shared by their tracks, so that these stay in step. */
export class CaptureAnchor {
  #offsetUs: number | undefined;

  /** Our time of a capture time, microseconds. */
  mapped(captureUs: number, arrivalUs: number): number {
    this.#offsetUs ??= arrivalUs - captureUs;
    return captureUs + this.#offsetUs;
  }
}

/** One track's capture times: clamped to a window around their arrival, strictly rising. */
export class CaptureTimeline {
  readonly #anchor: CaptureAnchor;
  readonly #onJump: (jumpUs: number) => void;
  #correctionUs = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** @param onJump told when the sender's clock leaps and this track is anchored anew. */
  constructor(anchor: CaptureAnchor, onJump: (jumpUs: number) => void) {
    this.#anchor = anchor;
    this.#onJump = onJump;
  }

  /** The capture time to use, on our clock, integer microseconds. */
  next(captureUs: number, arrivalUs: number): number {
    let time = this.#anchor.mapped(captureUs, arrivalUs) + this.#correctionUs;
    if (time > arrivalUs + MAX_EARLY_US || time < arrivalUs - MAX_LATE_US) {
      const jump = time - arrivalUs;
      this.#correctionUs -= jump;
      time = arrivalUs;
      this.#onJump(jump);
    }
    this.#last = Math.round(Math.max(time, this.#last + MIN_STEP_US));
    return this.#last;
  }
}
