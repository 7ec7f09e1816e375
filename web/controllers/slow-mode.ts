/** Slow mode as one writer meets it: how long until they may write again, told each second. */

/** What it needs of its surroundings. */
export interface SlowModeOptions {
  /** Seconds between two messages of this person, as the server said last; 0: they need not wait. */
  readonly everyS: () => number;
  readonly nowMs: () => number;
  /** Called back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
  readonly changed: () => void;
}

/** The server decides: this only keeps people from sending what it would refuse. `close` ends the count. */
export class SlowMode {
  readonly #options: SlowModeOptions;
  #wroteMs = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(options: SlowModeOptions) {
    this.#options = options;
  }

  /** Whole seconds until the next message is taken; 0: at once. */
  get waitS(): number {
    return Math.ceil(this.#waitMs / 1000);
  }

  /** A message was taken just now. */
  wrote(): void {
    this.#wroteMs = this.#options.nowMs();
    this.look();
  }

  /** The server takes nothing for so many seconds. */
  told(seconds: number): void {
    const { nowMs, everyS } = this.#options;
    this.#wroteMs = nowMs() + (seconds - everyS()) * 1000;
    this.look();
  }

  /** The rules may be others. */
  look(): void {
    this.#cancel?.();
    const waitMs = this.#waitMs;
    if (waitMs <= 0) return;
    // To the next whole second, so that no figure stands for two.
    this.#cancel = this.#options.after(waitMs % 1000 || 1000, () => {
      this.look();
      this.#options.changed();
    });
  }

  close(): void {
    this.#cancel?.();
  }

  get #waitMs(): number {
    const everyMs = this.#options.everyS() * 1000;
    return everyMs <= 0 ? 0 : Math.max(0, this.#wroteMs + everyMs - this.#options.nowMs());
  }
}
