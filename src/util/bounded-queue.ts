/** Work that must not be done at the same time, and of which only so much may wait. */

/** One after the other, in the order they came. */
export class BoundedQueue {
  readonly #maxWaiting: number;
  #tail: Promise<unknown> = Promise.resolve();
  #pending = 0;

  /** @param maxWaiting beside the one that is done. */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Whether `run` would refuse. */
  get full(): boolean {
    return this.#pending > this.#maxWaiting;
  }

  /** Settles as `work` does, once it had its turn; undefined, and nothing is done, when too many wait. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined {
    if (this.full) return undefined;
    this.#pending += 1;
    const done = this.#tail.then(work).finally(() => {
      this.#pending -= 1;
    });
    this.#tail = done.catch(() => {});
    return done;
  }

  /** Resolves when nothing is left to do. Never rejects. */
  async idle(): Promise<void> {
    while (this.#pending > 0) await this.#tail;
  }
}
