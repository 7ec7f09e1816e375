/** Asks again and again where a recording is, once the broadcast is over: it is archived and shared some time after that. */

const EVERY_MS = 30_000;

/** What it needs of its surroundings. */
export interface RecordingLookoutOptions {
  /** Whether it is known now where the recording is. Rejects when the server cannot be asked. */
  readonly ask: () => Promise<boolean>;
  /** Calls back after so many milliseconds, unless the answer is called before. */
  readonly after: (ms: number, fn: () => void) => () => void;
}

/** Silent until `start`, when it is found, and after `stop`. */
export class RecordingLookout {
  readonly #options: RecordingLookoutOptions;
  #cancel: (() => void) | undefined;
  #run = 0;

  constructor(options: RecordingLookoutOptions) {
    this.#options = options;
  }

  /** The broadcast is over. Does nothing when it looks out already. */
  start(): void {
    if (this.#cancel) return;
    this.#run += 1;
    this.#look(this.#run);
  }

  /** It is live again, or nobody looks. */
  stop(): void {
    this.#run += 1;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(run: number): void {
    this.#cancel = this.#options.after(EVERY_MS, () => this.#look(run));
    this.#options.ask().then(
      (found) => {
        if (!found || run !== this.#run) return;
        // Not `stop`: what was found is not to be asked for again by the same `start`.
        this.#cancel?.();
        this.#cancel = () => undefined;
      },
      () => undefined,
    );
  }
}
