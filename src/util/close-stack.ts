/** Ordered, memoised teardown. */

/** Cleanups run in reverse order of registration, each of them even when another fails. */
export class CloseStack {
  readonly #cleanups: Array<() => unknown> = [];
  #closing: Promise<void> | undefined;

  /** Whether `close` has been called. */
  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Registers a cleanup; when the stack is closed already, it runs at once. */
  defer(cleanup: () => unknown): void {
    if (this.#closing) {
      this.#closing = this.#closing.then(async () => {
        await cleanup();
      });
      return;
    }
    this.#cleanups.push(cleanup);
  }

  /** Runs everything once; repeated calls give the same promise. Rejects with an AggregateError after the last cleanup. */
  close(): Promise<void> {
    this.#closing ??= this.#run();
    return this.#closing;
  }

  async #run(): Promise<void> {
    const errors: unknown[] = [];
    for (const cleanup of this.#cleanups.splice(0).reverse()) {
      try {
        await cleanup();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, 'Closing left errors behind');
  }
}
