/** Averages the age of what is shown. */

/** Adds up until it is asked. */
export class AgeMeter {
  #sum = 0;
  #count = 0;

  /** Something `ms` milliseconds old was shown. */
  add(ms: number): void {
    this.#sum += ms;
    this.#count += 1;
  }

  /** The mean since the last call, milliseconds; undefined when nothing was shown. */
  take(): number | undefined {
    const mean = this.#count === 0 ? undefined : this.#sum / this.#count;
    this.#sum = 0;
    this.#count = 0;
    return mean;
  }
}
