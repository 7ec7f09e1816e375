/** Whether something has been so for long enough to say it, and over for long enough to take it back. */

/** How long it must last, milliseconds. */
export interface HoldTimes {
  readonly onMs: number;
  readonly offMs: number;
}

/** Asked again and again; between two calls nothing is assumed. */
export class Hold {
  readonly #times: HoldTimes;
  #active = false;
  /** Since when it is otherwise than what was said last. */
  #sinceMs: number | undefined;

  constructor(times: HoldTimes) {
    this.#times = times;
  }

  /** What is to be said now. */
  get active(): boolean {
    return this.#active;
  }

  /** It is so, or not, at `nowMs`; returns what is to be said. */
  update(so: boolean, nowMs: number): boolean {
    if (so === this.#active) {
      this.#sinceMs = undefined;
      return this.#active;
    }
    this.#sinceMs ??= nowMs;
    if (nowMs - this.#sinceMs >= (so ? this.#times.onMs : this.#times.offMs)) {
      this.#active = so;
      this.#sinceMs = undefined;
    }
    return this.#active;
  }

  /** Begins anew, with nothing to be said. */
  reset(): void {
    this.#active = false;
    this.#sinceMs = undefined;
  }
}
