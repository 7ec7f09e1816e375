/** Decoded pictures that wait for their moment. */

/** As much of a VideoFrame as waiting needs. */
export interface TimedFrame {
  /** Microseconds of program time. */
  readonly timestamp: number;
  close(): void;
}

// Early by less than half a picture at 60 Hz is on time.
const SLACK_US = 8000;
// Sound and picture further apart than this do not belong together: a new program began.
const UNRELATED_US = 1_000_000;

/** Owns what it holds; `limit` is small because decoders own few pictures and stop when all are taken. */
export class FrameQueue<F extends TimedFrame> {
  readonly #limit: number;
  #frames: F[] = [];
  #dropped = 0;
  #due: F | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Pictures never shown because a newer one was due as well. */
  get dropped(): number {
    return this.#dropped;
  }

  get length(): number {
    return this.#frames.length;
  }

  /** Takes `frame` over; with no room left the oldest becomes due at once. */
  push(frame: F): void {
    this.#frames.push(frame);
    if (this.#frames.length > this.#limit) this.#replaceDue(this.#frames.shift());
  }

  /** The picture to show now, which the caller must close; undefined when the one shown before stays. */
  take(playheadUs: number | undefined): F | undefined {
    const newest = this.#frames.at(-1);
    const free = playheadUs === undefined || (newest && Math.abs(newest.timestamp - playheadUs) > UNRELATED_US);
    const until = free ? Number.POSITIVE_INFINITY : playheadUs + SLACK_US;
    while (this.#frames[0] && this.#frames[0].timestamp <= until) this.#replaceDue(this.#frames.shift());
    const due = this.#due;
    this.#due = undefined;
    return due;
  }

  /** Closes everything. */
  clear(): void {
    for (const frame of this.#frames) frame.close();
    this.#frames = [];
    this.#due?.close();
    this.#due = undefined;
  }

  #replaceDue(frame: F | undefined): void {
    if (this.#due) {
      this.#due.close();
      this.#dropped += 1;
    }
    this.#due = frame;
  }
}
