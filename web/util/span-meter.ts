/** How long something takes, over the time between two looks. */

/** Milliseconds. */
export interface Span {
  readonly meanMs: number;
  readonly worstMs: number;
}

/** Counts what is noted until it is taken. */
export class SpanMeter {
  #count = 0;
  #sum = 0;
  #worst = Number.NEGATIVE_INFINITY;

  note(ms: number): void {
    this.#count += 1;
    this.#sum += ms;
    this.#worst = Math.max(this.#worst, ms);
  }

  /** The span of everything since the call before; undefined when there was nothing. */
  take(): Span | undefined {
    const span = this.#count === 0 ? undefined : { meanMs: this.#sum / this.#count, worstMs: this.#worst };
    this.#count = 0;
    this.#sum = 0;
    this.#worst = Number.NEGATIVE_INFINITY;
    return span;
  }
}
