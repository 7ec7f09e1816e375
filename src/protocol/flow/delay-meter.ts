/** How long frames wait on the way beyond the shortest way seen, and how much of that is the way's own restlessness. */
import { RecentMinimum } from './recent-minimum.ts';

/** A frame that arrived. */
export interface DelaySample {
  /** On the sender's clock. */
  readonly sentMs: number;
  /** The same of the oldest frame that was acknowledged with it. */
  readonly oldestMs: number;
  /** On the receiver's monotonic clock, whatever its origin. */
  readonly receivedMs: number;
  /** When the acknowledgement came, on the sender's clock. */
  readonly nowMs: number;
  /** What the frame's own size takes on this line, milliseconds. */
  readonly ownMs: number;
  /** What everything sent since the line was empty takes at most, milliseconds: longer a frame cannot wait for others. */
  readonly runMs: number;
}

/** Peers acknowledge so often, milliseconds. */
export const ACK_EVERY_MS = 100;

/** A queue that is drained by a sender below the line's rate falls slower than this, in ms per ms; what falls faster was none. */
const DRAIN_SLOPE = 0.3;
const JITTER_FACTOR = 2;
/** Share of a sample's difference to the estimate that is taken over. */
const RISE = 0.3;
const DECAY = 0.005;
/** However restless a line is, this much more delay is tolerated at most. */
const MAX_JITTER_MS = 100;
const MAX_ACK_JITTER_MS = 200;
/** Share of the largest lateness of an acknowledgement that is forgotten with each. */
const ACK_DECAY = 0.02;

/** Delay one way, by both clocks: how long the acknowledgement itself took does not matter. */
export class DelayMeter {
  readonly #oneWay = new RecentMinimum();
  readonly #roundTrip = new RecentMinimum();
  readonly #ackWay = new RecentMinimum();
  #last: { readonly sentMs: number; readonly delayMs: number } | undefined;
  #jitterMs = 0;
  #ackJitterMs = 0;
  #ackLateMs = 0;

  /** Queue delay of the newest sample, milliseconds. */
  get delayMs(): number {
    return this.#last?.delayMs ?? 0;
  }

  /** How much of a delay says nothing on this line, 0–100 ms. */
  get jitterMs(): number {
    return this.#jitterMs;
  }

  /** How much later than usual acknowledgements may come although frames are not late, 0–200 ms. */
  get ackJitterMs(): number {
    return this.#ackJitterMs;
  }

  /** How much later than it was due an acknowledgement came of late although frames are not late, 0–200 ms. */
  get ackLateMs(): number {
    return this.#ackLateMs;
  }

  /** Shortest round trip seen, milliseconds; undefined before the first sample. */
  get roundTripMs(): number | undefined {
    const { value } = this.#roundTrip;
    return Number.isFinite(value) ? value : undefined;
  }

  /** `steady`: nothing was held back since the last sample, so that a fall cannot be a queue that was left to drain. */
  add({ sentMs, oldestMs, receivedMs, nowMs, ownMs, runMs }: DelaySample, steady: boolean): void {
    const roundTrip = nowMs - sentMs;
    const shortest = this.#roundTrip.add(roundTrip, nowMs);
    const ackWay = nowMs - receivedMs;
    const ackBeyond = Math.min(roundTrip, ackWay - this.#ackWay.add(ackWay, nowMs));
    this.#ackJitterMs = Math.min(MAX_ACK_JITTER_MS, Math.max(ackBeyond, this.#ackJitterMs * (1 - ACK_DECAY)));
    const oneWay = receivedMs - sentMs;
    const beyond = oneWay - this.#oneWay.add(oneWay, nowMs);
    const ackLate = nowMs - oldestMs - shortest - ACK_EVERY_MS - Math.min(beyond, roundTrip);
    this.#ackLateMs = Math.min(MAX_ACK_JITTER_MS, Math.max(ackLate, this.#ackLateMs * (1 - ACK_DECAY)));
    // Clocks may leap, after a machine slept for example: no frame waited longer than its whole round trip.
    const delayMs = Math.max(0, Math.min(beyond, roundTrip) - ownMs);
    const fallMs = this.#last && steady ? this.#last.delayMs - DRAIN_SLOPE * (sentMs - this.#last.sentMs) - delayMs : 0;
    this.#restless(Math.max(0, JITTER_FACTOR * fallMs, Math.min(beyond, roundTrip) - runMs));
    this.#last = { sentMs, delayMs };
  }

  /** Nothing is under way any more: whatever queued is gone. */
  drained(): void {
    if (this.#last) this.#last = { ...this.#last, delayMs: 0 };
  }

  /** Another way. */
  clear(): void {
    this.#oneWay.clear();
    this.#roundTrip.clear();
    this.#ackWay.clear();
    this.#ackJitterMs = 0;
    this.#ackLateMs = 0;
    this.#last = undefined;
    this.#jitterMs = 0;
  }

  #restless(jitterMs: number): void {
    const weight = jitterMs > this.#jitterMs ? RISE : DECAY;
    this.#jitterMs = Math.min(MAX_JITTER_MS, this.#jitterMs + weight * (jitterMs - this.#jitterMs));
  }
}
