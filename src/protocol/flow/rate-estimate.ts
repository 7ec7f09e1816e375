/** What a line carries, found by trying: slowly up while nothing queues, down to what arrives when it does. */

/** What one acknowledgement tells. */
export interface RateEvidence {
  readonly nowMs: number;
  readonly delayMs: number;
  /** Delay that says nothing, milliseconds. */
  readonly jitterMs: number;
  /** Bits a second that arrived, and that were sent, of late. */
  readonly arriving: number;
  readonly sending: number;
  /** Frames were held back within the last second. */
  readonly held: boolean;
  /** What the sender was allowed, bits a second. */
  readonly allowed: number;
  /** Bits a second at which a large frame went through, when one did just now. */
  readonly burst: number | undefined;
}

const FREE_MS = 25;
const FULL_MS = 60;
/** A delay must last before it counts, and a decrease must show its effect before the next. */
const FULL_FOR_MS = 200;
/** The same while all that is sent arrives: a queue that stands is bounded by the gate, and a restless line has none. */
const STANDING_FOR_MS = 2000;
/** What arrives is less than what is sent when it is less than this part of it. */
const KEEPS_UP = 0.85;
const DECREASES_APART_MS = 300;
const DECREASE = 0.85;
/** A single measurement takes three tenths at most: what arrived just now may have been little for another reason. */
const MOST_DECREASE = 0.7;
const GROWTH_PER_S = 0.08;
/** Growth near the rate at which the line was full. */
const CAREFUL_GROWTH_PER_S = 0.01;
const NEAR = { from: 0.75, to: 1.05 };
const REMEMBERED_MS = 30_000;
/** A sender that does not use what it may have shows nothing about more. */
const USED = 0.8;
const LONGEST_STEP_MS = 200;

/** Bits a second, between the bounds of the last `bound`. */
export class RateEstimate {
  #value: number;
  #least: number;
  /** Undefined before the first `bound`. */
  #most: number | undefined;
  #fullSinceMs: number | undefined;
  #decreasedMs = Number.NEGATIVE_INFINITY;
  #lastMs: number | undefined;
  /** What arrived when the line was last full. */
  #full: number | undefined;

  constructor(start: number, least: number) {
    this.#value = start;
    this.#least = least;
  }

  get value(): number {
    return this.#value;
  }

  /** When it was last lowered, negative infinity before. */
  get decreasedMs(): number {
    return this.#decreasedMs;
  }

  /** No growth beyond `most`. Where a line has not shown its end of late, `start` is taken for granted. */
  bound(most: number, start: number, nowMs: number): void {
    const unknown = nowMs - this.#decreasedMs > REMEMBERED_MS;
    if (this.#most === undefined) this.#value = Math.max(start, this.#least);
    else if (most > this.#most && unknown) this.#value = Math.max(this.#value, start);
    this.#most = Math.max(most, this.#least);
  }

  learn(evidence: RateEvidence): void {
    const { nowMs, delayMs, jitterMs, burst } = evidence;
    const stepMs = Math.min(LONGEST_STEP_MS, nowMs - (this.#lastMs ?? nowMs));
    this.#lastMs = nowMs;
    if (burst !== undefined && this.#full !== undefined && burst > 2 * this.#full) this.#full = undefined;
    if (delayMs > FULL_MS + jitterMs) {
      this.#fullSinceMs ??= nowMs;
      const growing = evidence.held || evidence.arriving < KEEPS_UP * evidence.sending;
      const lasting = nowMs - this.#fullSinceMs >= (growing ? FULL_FOR_MS : STANDING_FOR_MS);
      if (lasting && nowMs - this.#decreasedMs >= DECREASES_APART_MS) this.#decrease(evidence);
      return;
    }
    this.#fullSinceMs = undefined;
    if (delayMs < FREE_MS + jitterMs && evidence.sending >= USED * evidence.allowed) this.#grow(stepMs, nowMs);
  }

  #decrease({ arriving, nowMs }: RateEvidence): void {
    const wanted = Math.max(this.#least, DECREASE * arriving, MOST_DECREASE * this.#value);
    if (wanted >= this.#value) return;
    this.#value = wanted;
    this.#full = arriving;
    this.#decreasedMs = nowMs;
  }

  #grow(stepMs: number, nowMs: number): void {
    const most = this.#most ?? this.#value;
    if (this.#value >= most) return;
    const rate = this.#isNearFull(nowMs) ? CAREFUL_GROWTH_PER_S : GROWTH_PER_S;
    this.#value = Math.min(most, this.#value * (1 + (rate * stepMs) / 1000));
  }

  #isNearFull(nowMs: number): boolean {
    if (this.#full === undefined || nowMs - this.#decreasedMs > REMEMBERED_MS) return false;
    return this.#value > NEAR.from * this.#full && this.#value < NEAR.to * this.#full;
  }
}
