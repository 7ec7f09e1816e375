/** Bits a second over the newest stretch of time. */

const MOST_ENTRIES = 512;

/** Keeps the newest 512 entries at most. */
export class WindowedRate {
  readonly #windowMs: number;
  readonly #entries: { readonly atMs: number; readonly bytes: number }[] = [];
  #bytes = 0;

  /** @param windowMs length of the stretch, milliseconds. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  add(bytes: number, nowMs: number): void {
    this.#entries.push({ atMs: nowMs, bytes });
    this.#bytes += bytes;
    if (this.#entries.length > MOST_ENTRIES) this.#dropOldest();
  }

  /** Bits a second over the window that ends at `nowMs`. */
  bitsPerSecond(nowMs: number): number {
    while (this.#entries[0] && this.#entries[0].atMs <= nowMs - this.#windowMs) this.#dropOldest();
    return (this.#bytes * 8000) / this.#windowMs;
  }

  clear(): void {
    this.#entries.length = 0;
    this.#bytes = 0;
  }

  #dropOldest(): void {
    this.#bytes -= this.#entries.shift()?.bytes ?? 0;
  }
}
