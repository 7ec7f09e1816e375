/** How often, and how soon, a device that went away is opened again. */

const MOST_TRIES = 3;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 1000;
const FORGIVEN_AFTER_MS = 5000;

/** A device that fails again and again must not be opened for ever; one that worked for 5 s starts with a clean slate. */
export class ReopenBudget {
  #tries = 0;
  #openedMs = Number.NEGATIVE_INFINITY;

  /** The device works since then. */
  opened(nowMs: number): void {
    this.#openedMs = nowMs;
  }

  /** The device went away. */
  lost(nowMs: number): void {
    if (nowMs - this.#openedMs >= FORGIVEN_AFTER_MS) this.#tries = 0;
  }

  /** Milliseconds to wait before the next try, undefined when there is none left. */
  next(): number | undefined {
    if (this.#tries >= MOST_TRIES) return undefined;
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
    this.#tries += 1;
    return waitMs;
  }

  /** A person asked for the device: they may have mended it. */
  reset(): void {
    this.#tries = 0;
  }
}
