/** States that only move forward. */

/** A forward-only state; `advance` says whether this caller made the move, so a second stop is a no-op by construction. */
export class Lifecycle<S extends string> {
  readonly #order: readonly S[];
  readonly #waiters = new Map<S, Array<() => void>>();
  #index = 0;

  /** @param order all states, first to last. */
  constructor(order: readonly [S, ...S[]]) {
    this.#order = order;
  }

  get state(): S {
    return this.#order[this.#index] as S;
  }

  /** Whether `state` is now, or was passed. */
  has(state: S): boolean {
    return this.#order.indexOf(state) <= this.#index;
  }

  /** Moves on to `to`; false when it was reached before. */
  advance(to: S): boolean {
    const target = this.#order.indexOf(to);
    if (target <= this.#index) return false;
    const passed = this.#order.slice(this.#index + 1, target + 1);
    this.#index = target;
    for (const state of passed) {
      for (const resolve of this.#waiters.get(state) ?? []) resolve();
      this.#waiters.delete(state);
    }
    return true;
  }

  /** Resolves once `state` is reached or passed. */
  reached(state: S): Promise<void> {
    if (this.has(state)) return Promise.resolve();
    return new Promise((resolve) => {
      const list = this.#waiters.get(state) ?? [];
      list.push(resolve);
      this.#waiters.set(state, list);
    });
  }
}
