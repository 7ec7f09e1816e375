/**
 * Whether another picture may be encoded now. `bufferedAmount` alone cannot say: the kernel takes megabytes before it
 * rises, so the receiver's acknowledgements count. A picture skipped before the encoder breaks no reference.
 */

const CLOSE_DELAY_MS = 150;
const OPEN_DELAY_MS = 50;
const BUFFERED_BYTES = 64 * 1024;
const LEAST_IN_FLIGHT_BYTES = 96 * 1024;
const IN_FLIGHT_SECONDS = 0.4;
const BASE_BUCKET_MS = 5000;
const MOST_UNACKED = 2048;

interface Sent {
  readonly seq: number;
  readonly bytes: number;
  readonly atMs: number;
}

/** Shuts when frames queue on the way for more than 150 ms or too much is unacknowledged; opens again below 50 ms. */
export class SendGate {
  readonly #unacked: Sent[] = [];
  #inFlight = 0;
  #bitrate: number;
  #queueDelayMs = 0;
  #shut = false;
  #base = { current: Number.POSITIVE_INFINITY, previous: Number.POSITIVE_INFINITY, sinceMs: 0 };

  /** @param bitrate of the track, bits per second. */
  constructor(bitrate: number) {
    this.#bitrate = bitrate;
  }

  set bitrate(bitrate: number) {
    this.#bitrate = bitrate;
  }

  /** Bytes handed to the socket and not acknowledged. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Time frames wait on the way beyond the shortest way seen, milliseconds. */
  get queueDelayMs(): number {
    return this.#queueDelayMs;
  }

  sent(seq: number, bytes: number, nowMs: number): void {
    this.#unacked.push({ seq, bytes, atMs: nowMs });
    this.#inFlight += bytes;
    if (this.#unacked.length > MOST_UNACKED) this.#inFlight -= this.#unacked.shift()?.bytes ?? 0;
  }

  /** Everything up to `seq` (modulo 2^32) arrived. */
  acked(seq: number, nowMs: number): void {
    let newest: Sent | undefined;
    while (this.#unacked[0] && ((seq - this.#unacked[0].seq) | 0) >= 0) {
      newest = this.#unacked.shift();
      this.#inFlight -= newest?.bytes ?? 0;
    }
    if (newest) this.#measure(nowMs - newest.atMs, nowMs);
  }

  /** @param bufferedAmount bytes waiting in the WebSocket itself. */
  isOpen(bufferedAmount: number): boolean {
    const limit = Math.max(LEAST_IN_FLIGHT_BYTES, (this.#bitrate / 8) * IN_FLIGHT_SECONDS);
    if (this.#inFlight === 0) this.#shut = false;
    else if (this.#queueDelayMs > CLOSE_DELAY_MS) this.#shut = true;
    else if (this.#queueDelayMs < OPEN_DELAY_MS) this.#shut = false;
    return !this.#shut && this.#inFlight <= limit && bufferedAmount <= BUFFERED_BYTES;
  }

  /** A new connection: nothing sent before will be acknowledged. */
  reset(): void {
    this.#unacked.length = 0;
    this.#inFlight = 0;
    this.#queueDelayMs = 0;
    this.#shut = false;
    this.#base = { current: Number.POSITIVE_INFINITY, previous: Number.POSITIVE_INFINITY, sinceMs: 0 };
  }

  #measure(rttMs: number, nowMs: number): void {
    if (nowMs - this.#base.sinceMs > BASE_BUCKET_MS) {
      this.#base = { current: rttMs, previous: this.#base.current, sinceMs: nowMs };
    }
    this.#base.current = Math.min(this.#base.current, rttMs);
    this.#queueDelayMs = rttMs - Math.min(this.#base.current, this.#base.previous);
  }
}
