/** Keeps a component's data fresh while it is on the page. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Asks again `everyMs` after each answer, not while the page is hidden, and at once on `refresh`. */
export class Poller<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #everyMs: () => number;
  readonly #task: (signal: AbortSignal) => Promise<T>;
  #run: AbortController | undefined;
  #timer = 0;
  #value: T | undefined;
  #error: unknown;

  /** @param everyMs is asked after each answer: a busy list may be watched more closely. */
  constructor(host: ReactiveControllerHost, everyMs: () => number, task: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#everyMs = everyMs;
    this.#task = task;
    host.addController(this);
  }

  /** The newest answer; stays while newer tries fail. */
  get value(): T | undefined {
    return this.#value;
  }

  /** Why the last try failed, else undefined. */
  get error(): unknown {
    return this.#error;
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.refresh();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    window.clearTimeout(this.#timer);
    this.#run?.abort();
  }

  /** Asks now; an answer still under way is ignored. */
  refresh(): void {
    window.clearTimeout(this.#timer);
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    void this.#ask(run.signal);
  }

  async #ask(signal: AbortSignal): Promise<void> {
    try {
      const value = await this.#task(signal);
      if (signal.aborted) return;
      this.#value = value;
      this.#error = undefined;
    } catch (error) {
      if (signal.aborted) return;
      this.#error = error;
    }
    this.#timer = window.setTimeout(() => this.#again(), this.#everyMs());
    this.#host.requestUpdate();
  }

  #again(): void {
    if (!document.hidden) this.refresh();
  }

  readonly #onVisibility = (): void => {
    if (!document.hidden) this.refresh();
  };
}
