/** Work that nobody waits for, and that still has an owner. */

/** `idle` before what the work uses is closed. */
export class Background {
  readonly #onError: (error: unknown) => void;
  readonly #works = new Set<Promise<void>>();

  /** @param onError gets whatever a work rejects with */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** From now on it is looked after. */
  add(work: Promise<void>): void {
    const tracked = work.catch(this.#onError).finally(() => this.#works.delete(tracked));
    this.#works.add(tracked);
  }

  /** Resolves when nothing is under way, what was added meanwhile with it. */
  async idle(): Promise<void> {
    while (this.#works.size > 0) await Promise.all(this.#works);
  }
}
