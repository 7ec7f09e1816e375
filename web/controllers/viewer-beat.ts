/** Tells the server every few seconds that somebody watches, and learns how many do. */

const EVERY_MS = 10_000;

/** What it needs of its surroundings. */
export interface ViewerBeatOptions {
  /** Says so once; the number of viewers. Rejects when the server cannot be asked. */
  readonly say: () => Promise<number>;
  /** Calls back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
  readonly changed: () => void;
}

/** Silent until `start`, and after `stop`. */
export class ViewerBeat {
  readonly #options: ViewerBeatOptions;
  #cancel: (() => void) | undefined;
  #run = 0;
  #viewers: number | undefined;

  constructor(options: ViewerBeatOptions) {
    this.#options = options;
  }

  /** As the server said last; undefined while nobody watches here. */
  get viewers(): number | undefined {
    return this.#viewers;
  }

  /** Somebody watches now. Does nothing when it is on already. */
  start(): void {
    if (this.#cancel) return;
    this.#run += 1;
    this.#beat(this.#run);
  }

  /** Nobody watches here any more. */
  stop(): void {
    this.#run += 1;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#viewers = undefined;
  }

  #beat(run: number): void {
    this.#cancel = this.#options.after(EVERY_MS, () => this.#beat(run));
    this.#options.say().then(
      (viewers) => {
        if (run !== this.#run) return;
        this.#viewers = viewers;
        this.#options.changed();
      },
      // The last number stays: the next try is not far.
      () => undefined,
    );
  }
}
