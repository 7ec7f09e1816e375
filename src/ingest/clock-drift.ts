/** How a sender's clock runs against ours: pure. */

/** The frame that comes soonest tells of the clocks, all others of the way; of one or two of these, microseconds. */
const BUCKET_US = 10_000_000;
/** By so much the shortest way to us may change without any clock's doing, microseconds. */
const TOLERANCE_US = 250_000;
/** What is beyond that is taken up in so long, microseconds. */
const TAKE_UP_US = 10_000_000;
/**
 * The most of it in the time that passes, beside the rate of the clock as far as that is known: sound follows this by resampling. It may also
 * be a line that is full for a minute, or a clock that stood still for some seconds because its machine slept.
 */
const MOST_SLEW = 0.005;
/** So far ahead, or behind, the times are about to be out of reach, microseconds: holes of seconds would be worse than what is heard of this. */
const FAR_US = { ahead: 1_000_000, behind: 8_000_000 };
const MOST_SLEW_FAR = 0.02;
/** No more of a pause between two frames counts, microseconds: what comes behind a held up line was captured without a pause. */
const MOST_PASSED_US = 100_000;
/**
 * From how many changes, from one bucket to the next, a clock's rate is known. Their median counts: a clock that stood still is one of
 * them, and a line that was full for a while two.
 */
const CHANGES = { least: 3, most: 6 };
/** Clocks of virtual machines are off by a hundredth. */
const MOST_RATE = 0.015;

/** A frame that came sooner than those around it. Times are microseconds. */
interface Soonest {
  readonly transitUs: number;
  readonly arrivalUs: number;
}

/** Drift of one sender's clock since its times were tied to ours. Times are microseconds. */
export class ClockDrift {
  /** The least of the first whole bucket. */
  #referenceUs: number | undefined;
  #current: Soonest | undefined;
  #previous: Soonest | undefined;
  #bucketSince: number | undefined;
  readonly #changes: number[] = [];
  /** By how much more than its time passes here, as a share of that: positive for a clock that is slow. */
  #rate = 0;
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
      this.#turn(filledUs < 2 * BUCKET_US);
      this.#bucketSince = arrivalUs;
    }
    if (!this.#current || transitUs < this.#floorUs(this.#current, arrivalUs)) this.#current = { transitUs, arrivalUs };
    if (this.#referenceUs !== undefined && this.#previous) {
      const floorUs = Math.min(this.#floorUs(this.#current, arrivalUs), this.#floorUs(this.#previous, arrivalUs));
      const passedUs = Math.max(0, Math.min(MOST_PASSED_US, arrivalUs - this.#last));
      this.#follow(this.#tiedUs + floorUs - this.#referenceUs, passedUs);
    }
    this.#last = arrivalUs;
  }

  /** The sender's times are tied anew; what was added goes on being added. */
  restart(): void {
    this.#tiedUs = this.#us;
    this.#referenceUs = undefined;
    this.#current = undefined;
    this.#previous = undefined;
    this.#bucketSince = undefined;
    this.#changes.length = 0;
  }

  /** A bucket is full. */
  #turn(follows: boolean): void {
    const before = this.#previous;
    this.#previous = follows ? this.#current : undefined;
    this.#current = undefined;
    if (!this.#previous) {
      this.#changes.length = 0;
      return;
    }
    this.#referenceUs ??= this.#previous.transitUs;
    if (!before) return;
    const { transitUs, arrivalUs } = this.#previous;
    // Two that lie close together tell more of the way than of the clock.
    this.#changes.push((transitUs - before.transitUs) / Math.max(arrivalUs - before.arrivalUs, BUCKET_US / 2));
    if (this.#changes.length > CHANGES.most) this.#changes.shift();
    if (this.#changes.length < CHANGES.least) return;
    this.#rate = Math.max(-MOST_RATE, Math.min(MOST_RATE, medianOf(this.#changes)));
  }

  /** What the soonest would take now: the clock has gone on since. */
  #floorUs({ transitUs, arrivalUs }: Soonest, nowUs: number): number {
    return transitUs + this.#rate * (nowUs - arrivalUs);
  }

  #follow(wantedUs: number, passedUs: number): void {
    const apart = wantedUs - this.#us;
    const beyond = apart - Math.max(-TOLERANCE_US, Math.min(TOLERANCE_US, apart));
    const isFar = apart > FAR_US.behind || apart < -FAR_US.ahead;
    // In the direction in which the clock runs it may take as much more as the clock does: or it would never be caught up with.
    const least = isFar ? MOST_SLEW_FAR : MOST_SLEW;
    const most = beyond > 0 ? least + Math.max(0, this.#rate) : least + Math.max(0, -this.#rate);
    this.#us += Math.max(-most * passedUs, Math.min(most * passedUs, (beyond * passedUs) / TAKE_UP_US));
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}
