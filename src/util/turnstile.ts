/** Keeps crowds that are served at the same moment from holding the event loop. */

/** Lets so many pass in each turn of the event loop; the others follow in later turns, in their order. */
export class Turnstile {
  readonly #most: number;
  #passed = 0;
  readonly #waiting: (() => void)[] = [];
  #turning = false;

  /** @param most that pass in one turn, at least 1 */
  constructor(most: number) {
    this.#most = most;
  }

  /** Undefined when there is room in this turn: most callers then need not wait at all. Never rejects. */
  pass(): Promise<void> | undefined {
    // Nobody is overtaken: as long as somebody waits, a turn is full.
    if (this.#passed < this.#most) {
      this.#passed += 1;
      this.#turn();
      return undefined;
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #turn(): void {
    if (this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      const now = this.#waiting.splice(0, this.#most);
      this.#passed = now.length;
      for (const resolve of now) resolve();
      if (this.#passed > 0) this.#turn();
    });
  }
}
