/** From a recorder's own time, which begins at 0 whenever it does, to the clock of the page that runs it. */

/** The mapping is the smallest of what was seen within two of these, microseconds. */
const BUCKET_US = 5_000_000;
/** For this long each better value is taken at once, microseconds: nothing is being heard yet. */
const SETTLING_US = 1_000_000;
/** Later it moves this slowly, so that sound can follow by resampling: a part of the time that passes. */
const SLEW = 0.005;
/** Apart by more than this something has leapt, microseconds. */
const STEP_US = 300_000;

/** One for each recorder; all of its tracks share it and so stay in step. Times are microseconds. */
export class ContainerClock {
  #offset: number | undefined;
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #bucketSince = 0;
  #since = 0;
  #last = 0;

  /**
   * Something that ends at `endUs` in the file was handed out at `handedUs`: at the latest then it was over. The least delay
   * that a recorder shows is taken for none.
   */
  observe(endUs: number, handedUs: number): void {
    const offset = handedUs - endUs;
    if (this.#offset === undefined) {
      this.#offset = offset;
      this.#since = handedUs;
      this.#bucketSince = handedUs;
      this.#last = handedUs;
    }
    // Also when the sender's clock goes back.
    if (Math.abs(handedUs - this.#bucketSince) > BUCKET_US) {
      this.#previous = this.#current;
      this.#current = offset;
      this.#bucketSince = handedUs;
    }
    this.#current = Math.min(this.#current, offset);
    this.#follow(Math.min(this.#current, this.#previous), handedUs);
  }

  /** When what is at `timeUs` in the file was captured, by the sender's clock; only after the first `observe`. */
  map(timeUs: number): number {
    return timeUs + (this.#offset ?? 0);
  }

  #follow(target: number, handedUs: number): void {
    const difference = target - (this.#offset ?? target);
    const passed = Math.max(0, handedUs - this.#last);
    this.#last = handedUs;
    const step = handedUs - this.#since < SETTLING_US || Math.abs(difference) > STEP_US;
    const most = Math.min(passed * SLEW, Math.abs(difference));
    this.#offset = step ? target : target - difference + Math.sign(difference) * most;
  }
}
