/** A small typed emitter for facts; a listener that throws cannot break the one who reports. */
import type { Disposer } from './clock.ts';

/** Event names to the value their listeners get. */
export type EventMap = Record<string, unknown>;

/** `on` returns its own undo, so that listeners need not be paired by hand. */
export class Emitter<E extends EventMap> {
  readonly #listeners = new Map<keyof E, Set<(value: never) => void>>();
  readonly #onError: (error: unknown) => void;

  /** @param onError gets whatever a listener throws; the default rethrows it outside of the emitter's stack. */
  constructor(onError: (error: unknown) => void = rethrowLater) {
    this.#onError = onError;
  }

  on<K extends keyof E>(name: K, listener: (value: E[K]) => void): Disposer {
    const set = this.#listeners.get(name) ?? new Set();
    set.add(listener);
    this.#listeners.set(name, set);
    return () => set.delete(listener);
  }

  emit<K extends keyof E>(name: K, value: E[K]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        (listener as (value: E[K]) => void)(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}

function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
