/** Ordered, memoised teardown. */

/** Cleanups run in reverse order of registration, each of them even when another fails. */
export class CloseStack {
  readonly #cleanups: Array<() => unknown> = [];
  #closing: Promise<void> | undefined;
  #running = false;

  /** Whether `close` has been called. */
  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Registers a cleanup; when the stack is closed already, it runs at once, and whoever closes again is told how that went. */
  defer(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
    if (!this.#closing || this.#running) return;
    this.#closing = this.#run();
    // Perhaps nobody closes again.
    this.#closing.catch(() => {});
  }

  /** Runs everything once; repeated calls give the same promise. Rejects with an AggregateError after the last cleanup. */
  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    const errors: unknown[] = [];
    this.#running = true;
    for (let cleanup = this.#cleanups.pop(); cleanup; cleanup = this.#cleanups.pop()) {
      try {
        await cleanup();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#running = false;
    if (errors.length > 0)
      throw new AggregateError(errors, `Closing left errors behind: ${errors.map(String).join('; ')}`);
  }
}
