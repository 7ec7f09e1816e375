/** One request at a time, and of what piles up meanwhile only the newest: for sliders, colours and switches. */

/** Lives as long as what it sends belongs to somebody; nothing has to be closed. */
export class LatestSender<T> {
  readonly #send: (value: T) => Promise<void>;
  readonly #settled: (error: Error | undefined) => void;
  #next: { readonly value: T } | undefined;
  #busy = false;

  /** `settled` is called once everything is sent, or with the first failure; what waited behind a failure is dropped. */
  constructor(send: (value: T) => Promise<void>, settled: (error: Error | undefined) => void) {
    this.#send = send;
    this.#settled = settled;
  }

  get busy(): boolean {
    return this.#busy;
  }

  push(value: T): void {
    this.#next = { value };
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    let failure: Error | undefined;
    try {
      while (this.#next) {
        const { value } = this.#next;
        this.#next = undefined;
        await this.#send(value);
      }
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
    this.#busy = false;
    this.#settled(failure);
  }
}
