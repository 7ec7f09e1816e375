/** Notices that an encoder takes pictures and gives nothing back. */
import { WatchedTime } from './watched-time.ts';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 10_000;
/** Looks are a tenth of a second apart. */
const MOST_GAP_MS = 250;

/** Times of pictures are capture times, which only grow. */
export class EncoderWatch {
  readonly #time = new WatchedTime(MOST_GAP_MS);
  #takenUs = Number.NEGATIVE_INFINITY;
  #givenUs = Number.NEGATIVE_INFINITY;
  #silentMs = 0;
  #waitMs = FIRST_WAIT_MS;

  /** The encoder has got this picture. */
  took(captureUs: number): void {
    this.#takenUs = captureUs;
  }

  /** It gave this picture back, coded: it works. Those before it will not come. */
  gave(captureUs: number): void {
    this.#givenUs = captureUs;
    this.#silentMs = 0;
    this.#waitMs = FIRST_WAIT_MS;
  }

  /** It is closed, with whatever was in it. */
  closed(): void {
    this.#givenUs = this.#takenUs;
    this.#silentMs = 0;
  }

  /** Whether another one should take its place: after 5 s in which it owed something, then after 10 s each. */
  takeOverdue(nowMs: number): boolean {
    const passedMs = this.#time.look(nowMs);
    this.#silentMs = this.#takenUs > this.#givenUs ? this.#silentMs + passedMs : 0;
    if (this.#silentMs < this.#waitMs) return false;
    this.#silentMs = 0;
    this.#waitMs = LONGEST_WAIT_MS;
    return true;
  }
}
