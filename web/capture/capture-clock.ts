/** Capture times of one device on the page's clock. */

const BUCKET_US = 5_000_000;
const STEP_US = 50_000;
// 1 ms per second: a change nobody sees or hears.
const SLEW = 1 / 1000;
// The first frame is often the latest of all, and nobody has seen or heard anything yet.
const SETTLING_US = 500_000;

/**
 * A device stamps its frames by a clock of its own; how late each arrives here varies. The earliest arrival of the last
 * 5 to 10 s gives the distance of the two clocks; it is followed slowly, and at once when it is off by more than 50 ms, or earlier than
 * thought during the first half second. Where the device's clock stands still, as Safari's does for what is drawn on a canvas, the
 * arrival is all there is.
 */
export class CaptureClock {
  #current = Number.POSITIVE_INFINITY;
  #previous = Number.POSITIVE_INFINITY;
  #bucketStart = 0;
  #offset: number | undefined;
  #last = -1;
  #device = Number.NaN;
  #lastArrival = 0;
  #settledUs = 0;

  /** Device time and arrival in microseconds; the result is the capture time, always later than the one before. */
  map(deviceUs: number, arrivalUs: number): number {
    if (deviceUs === this.#device && this.#offset !== undefined) {
      this.#last = Math.max(this.#last + 1, arrivalUs);
      return this.#last;
    }
    this.#device = deviceUs;
    const distance = arrivalUs - deviceUs;
    if (this.#offset === undefined || Math.abs(distance - this.#offset) > 20 * STEP_US)
      this.#restart(distance, arrivalUs);
    if (arrivalUs - this.#bucketStart > BUCKET_US) {
      this.#previous = this.#current;
      this.#current = distance;
      this.#bucketStart = arrivalUs;
    }
    this.#current = Math.min(this.#current, distance);
    const offset = this.#follow(Math.min(this.#current, this.#previous), arrivalUs);
    this.#last = Math.max(this.#last + 1, Math.round(deviceUs + offset));
    return this.#last;
  }

  #follow(wanted: number, arrivalUs: number): number {
    const before = this.#offset ?? wanted;
    const most = Math.max(0, arrivalUs - this.#lastArrival) * SLEW;
    const error = wanted - before;
    this.#lastArrival = arrivalUs;
    const settling = error < 0 && arrivalUs < this.#settledUs;
    this.#offset = settling || Math.abs(error) > STEP_US ? wanted : before + Math.max(-most, Math.min(most, error));
    return this.#offset;
  }

  /** The device's clock jumped: it was stopped, or another device took its place. */
  #restart(distance: number, arrivalUs: number): void {
    this.#current = distance;
    this.#previous = Number.POSITIVE_INFINITY;
    this.#bucketStart = arrivalUs;
    this.#offset = distance;
    this.#lastArrival = arrivalUs;
    this.#settledUs = arrivalUs + SETTLING_US;
  }
}
