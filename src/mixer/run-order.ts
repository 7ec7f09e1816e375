/** Orders the packets of several encoders by their start: the packets of one wait for all from before it. */

/** Encoders at the same time: one that ends, one that runs, one that starts, and one more in a hurry. */
const MAX_RUNS = 4;
/** 16 MiB: three seconds at 40 Mbit/s. */
const MAX_HELD_BYTES = 16 * 1024 * 1024;

interface Place<R> {
  readonly run: R;
  /** What came out while an earlier run was not done. */
  held: Array<() => void>;
  heldBytes: number;
}

/** Only the oldest run's packets go out. */
export class RunOrder<R> {
  /** Oldest first. */
  #places: Place<R>[] = [];

  /** The one that all others wait for. */
  get oldest(): R | undefined {
    return this.#places[0]?.run;
  }

  get runs(): readonly R[] {
    return this.#places.map(({ run }) => run);
  }

  /** More encoders, or more bytes of media, wait for the oldest one than may. */
  get isTooLong(): boolean {
    const bytes = this.#places.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
    return this.#places.length > MAX_RUNS || bytes > MAX_HELD_BYTES;
  }

  /** Comes last, or before `follower`. */
  add(run: R, follower?: R): void {
    const at = this.#places.findIndex((place) => place.run === follower);
    this.#places.splice(at < 0 ? this.#places.length : at, 0, { run, held: [], heldBytes: 0 });
  }

  /** Something of this run, which keeps so many bytes: it goes out now, or when it is the oldest; never if that was removed. */
  give(run: R, bytes: number, emit: () => void): void {
    const place = this.#places.find((other) => other.run === run);
    if (!place) return;
    if (place === this.#places[0]) {
      emit();
      return;
    }
    place.held.push(emit);
    place.heldBytes += bytes;
  }

  /** Nothing more of it goes out; what waited for it alone does. */
  remove(run: R): void {
    this.#places = this.#places.filter((place) => place.run !== run);
    const [first] = this.#places;
    if (!first) return;
    first.heldBytes = 0;
    for (const emit of first.held.splice(0)) emit();
  }
}
