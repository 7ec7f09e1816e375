/** How a sender's clock runs against ours: pure. */

/** The frame that comes soonest tells of the clocks, all others of the way; of one or two of these, microseconds. */
const BUCKET_US = 10_000_000;
/** By so much the shortest way to us may change without any clock's doing, microseconds. */
const TOLERANCE_US = 250_000;
/** What is beyond that is taken up in so long, microseconds. */
const TAKE_UP_US = 10_000_000;
/**
 * The most of it in the time that passes: sound follows this by resampling. It may also be a line that is full for a minute, or a clock
 * that stood still for some seconds because its machine slept.
 */
const MOST_SLEW = 0.005;
/** So far ahead, or behind, the times are about to be out of reach, microseconds: holes of seconds would be worse than what is heard of this. */
const FAR_US = { ahead: 1_000_000, behind: 8_000_000 };
const MOST_SLEW_FAR = 0.02;
/** No more of a pause between two frames counts, microseconds: what comes behind a held up line was captured without a pause. */
const MOST_PASSED_US = 100_000;

/** Drift of one sender's clock since its times were tied to ours. Times are microseconds. */
export class ClockDrift {
  /** The least of the first whole bucket. */
  #reference: number | undefined;
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #bucketSince: number | undefined;
  #last = 0;
  #us = 0;
  /** The same when the times were tied last. */
  #tiedUs = 0;

  /** What is to be added to the sender's times beside what tied them. */
  get us(): number {
    return this.#us;
  }

  /** A frame took `transitUs` to come, by the times as they were tied. */
  observe(transitUs: number, arrivalUs: number): void {
    this.#bucketSince ??= arrivalUs;
    const filledUs = arrivalUs - this.#bucketSince;
    if (filledUs >= BUCKET_US) {
      // What came before a pause tells nothing of the clocks now.
      this.#previous = filledUs < 2 * BUCKET_US ? this.#current : Number.POSITIVE_INFINITY;
      this.#current = Number.POSITIVE_INFINITY;
      this.#bucketSince = arrivalUs;
      if (this.#previous !== Number.POSITIVE_INFINITY) this.#reference ??= this.#previous;
    }
    this.#current = Math.min(this.#current, transitUs);
    if (this.#reference !== undefined && this.#previous !== Number.POSITIVE_INFINITY) {
      const driftUs = Math.min(this.#current, this.#previous) - this.#reference;
      this.#follow(this.#tiedUs + driftUs, Math.max(0, Math.min(MOST_PASSED_US, arrivalUs - this.#last)));
    }
    this.#last = arrivalUs;
  }

  /** The sender's times are tied anew; what was added goes on being added. */
  restart(): void {
    this.#tiedUs = this.#us;
    this.#reference = undefined;
    this.#current = Number.POSITIVE_INFINITY;
    this.#previous = Number.POSITIVE_INFINITY;
    this.#bucketSince = undefined;
  }

  #follow(wantedUs: number, passedUs: number): void {
    const apart = wantedUs - this.#us;
    const beyond = apart - Math.max(-TOLERANCE_US, Math.min(TOLERANCE_US, apart));
    const isFar = apart > FAR_US.behind || apart < -FAR_US.ahead;
    const most = (isFar ? MOST_SLEW_FAR : MOST_SLEW) * passedUs;
    this.#us += Math.max(-most, Math.min(most, (beyond * passedUs) / TAKE_UP_US));
  }
}
