/** What is shown for a moment and then goes by itself. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** One that is shown; `id` counts from 1. */
export interface Passer<T> {
  readonly id: number;
  readonly what: T;
}

/** Passing things of one host, which is drawn again when one comes or goes; when it leaves the page all are gone. */
export class Passing<T> implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #shownMs: number;
  readonly #most: number;
  readonly #timers = new Set<number>();
  #all: readonly Passer<T>[] = [];
  #count = 0;

  /** @param most beyond these, the oldest makes room */
  constructor(host: ReactiveControllerHost, shownMs: number, most: number) {
    this.#host = host;
    this.#shownMs = shownMs;
    this.#most = most;
    host.addController(this);
  }

  /** The oldest first. */
  get all(): readonly Passer<T>[] {
    return this.#all;
  }

  /** Shows one more. */
  show(what: T): void {
    this.#count += 1;
    const passer = { id: this.#count, what };
    this.#all = [...this.#all, passer].slice(-this.#most);
    const timer = window.setTimeout(() => {
      this.#timers.delete(timer);
      this.#all = this.#all.filter((other) => other !== passer);
      this.#host.requestUpdate();
    }, this.#shownMs);
    this.#timers.add(timer);
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const timer of this.#timers) window.clearTimeout(timer);
    this.#timers.clear();
    this.#all = [];
    this.#host.requestUpdate();
  }
}
