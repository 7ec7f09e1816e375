/**
 * When and how much to send over a line whose queues cannot be seen: the kernel takes megabytes before a socket's own
 * buffer rises, so the receiver's acknowledgements count. The same class serves both directions; time is an argument.
 */
import { ACK_EVERY_MS, DelayMeter } from './delay-meter.ts';
import { Flight, type Sent } from './flight.ts';
import { type PictureTarget, QualityLadder } from './quality-ladder.ts';
import { RateEstimate } from './rate-estimate.ts';
import { WindowedRate } from './windowed-rate.ts';

/** How patient a gate is. */
export interface FlowPatience {
  /** Milliseconds that frames may wait on the way before the gate shuts, and below which it opens again. */
  readonly shutMs: number;
  readonly openMs: number;
  /** Bytes that the socket itself may hold. */
  readonly maxBufferedBytes: number;
}

/** The largest picture worth sending, as the `target` message says it. */
export interface FlowLimit {
  readonly width: number;
  readonly height: number;
  readonly framerate: number;
  readonly maxBitrate: number;
}

/** What a person should know: nothing, that less is sent than could be, or that nothing goes through. */
export type FlowVerdict = 'good' | 'limited' | 'stalled';

/** For an encoder of pictures: skipping one before it breaks no reference. */
export const ENCODER_PATIENCE: FlowPatience = { shutMs: 150, openMs: 50, maxBufferedBytes: 64 * 1024 };

const LEAST_BITRATE = 100_000;
const START_SHARE = 0.6;
const START_BITRATE = 480_000;
/** The first acknowledgement may take so long: much can be on the way before what is counted here. */
const UNKNOWN_WAY_MS = 2000;
/** Under way at the sender's rate, beyond the way itself and the time between two acknowledgements. */
const IN_FLIGHT_MS = 200;
const LEAST_IN_FLIGHT_BYTES = 12 * 1024;
/** An acknowledgement later than this holds an encoder back until it comes: a line that just became slow says nothing else. */
const LATE_MS = 30;
/** A way that seems longer is filled no further: the first round trip may have been one through a full queue. */
const MAX_ROUND_TRIP_MS = 200;
/** Nothing arrived for so long: people are told. */
const STALL_MS = 600;
/** After a gate that was shut for so long whoever follows begins anew with a key frame. */
const RESTART_AFTER_MS = 450;
const DEAD_MS = 4000;
/** A large frame may explain so much of its own delay. */
const MAX_OWN_MS = 500;
/** A key frame at least so large tells what the line can do. */
const BURST_BYTES = 3000;
const HELD_FOR_MS = 1000;
const LIMITED_FOR_MS = 5000;
const RECONFIGURE_CHANGE = 0.15;
const RECONFIGURE_APART_MS = 1000;

/** One for each track and direction. All times are milliseconds of one monotonic clock of the sender. */
export class AckedRateController {
  readonly #patience: FlowPatience;
  readonly #flight = new Flight();
  readonly #delay = new DelayMeter();
  readonly #arriving = new WindowedRate(500);
  readonly #sending = new WindowedRate(1000);
  readonly #rate = new RateEstimate(START_BITRATE, LEAST_BITRATE);
  readonly #ladder = new QualityLadder();
  #limit: FlowLimit | undefined;
  #target: PictureTarget | undefined;
  #targetMs = Number.NEGATIVE_INFINITY;
  #shut = false;
  #heldMs = Number.NEGATIVE_INFINITY;
  #shutMs = Number.NEGATIVE_INFINITY;
  #wasShut = false;
  #shutSinceMs: number | undefined;
  #restart = false;
  #excusedUntilMs = Number.NEGATIVE_INFINITY;
  #ackMs: number | undefined;

  constructor(patience: FlowPatience = ENCODER_PATIENCE) {
    this.#patience = patience;
  }

  /** Bytes sent and not acknowledged. */
  get inFlightBytes(): number {
    return this.#flight.bytes;
  }

  /** Time that the newest acknowledged frame waited on the way, milliseconds. */
  get queueDelayMs(): number {
    return this.#delay.delayMs;
  }

  /** From the socket to the word that it has arrived, for the newest acknowledged frame; undefined before the first. */
  get ackMs(): number | undefined {
    return this.#ackMs;
  }

  get jitterMs(): number {
    return this.#delay.jitterMs;
  }

  /** What the line is taken to carry of this track, bits a second. */
  get bitrate(): number {
    return Math.min(this.#rate.value, this.#limit?.maxBitrate ?? Number.POSITIVE_INFINITY);
  }

  /** A frame was handed to the socket. */
  sent(seq: number, bytes: number, keyframe: boolean, nowMs: number): void {
    this.#flight.add(seq, bytes, keyframe, nowMs);
    this.#sending.add(bytes, nowMs);
  }

  /**
   * The peer said that everything up to `seq` arrived, and when that frame did on its own monotonic clock. Bytes are
   * counted here: a peer's word on them would be its word on our rate.
   */
  acked(seq: number, receivedMs: number, nowMs: number): void {
    const arrived = this.#flight.arrived(seq);
    if (!arrived) return;
    const { newest, oldest, bytes } = arrived;
    this.#arriving.add(bytes, nowMs);
    const arriving = this.#arriving.bitsPerSecond(nowMs);
    const sentMs = newest.atMs;
    this.#ackMs = nowMs - sentMs;
    const ownMs = newest.keyframe ? this.#ownMs(newest.bytes, nowMs) : 0;
    const runMs = (newest.run * 8000) / Math.max(1, arriving);
    const steady = !this.#wasShut;
    this.#wasShut = this.#shut;
    this.#delay.add({ sentMs, oldestMs: oldest.atMs, receivedMs, nowMs, ownMs, runMs }, steady);
    this.#rate.learn({
      nowMs,
      delayMs: this.#delay.delayMs,
      jitterMs: this.#delay.jitterMs,
      arriving,
      held: nowMs - this.#heldMs < HELD_FOR_MS,
      sending: this.#sending.bitsPerSecond(nowMs),
      allowed: Math.min(this.bitrate, this.#target?.bitrate ?? this.bitrate),
      burst: newest.keyframe && newest.bytes >= BURST_BYTES ? burstRate(newest.bytes, nowMs - newest.atMs) : undefined,
    });
  }

  /** Whether another frame may be made. @param bufferedBytes what the socket itself holds. */
  mayEncode(bufferedBytes: number, nowMs: number): boolean {
    const { shutMs, openMs, maxBufferedBytes } = this.#patience;
    if (this.#flight.bytes === 0) this.#delay.drained();
    const lagMs = this.#lagMs(nowMs);
    const { jitterMs } = this.#delay;
    if (lagMs > shutMs + jitterMs) this.#shut = true;
    else if (lagMs < openMs + jitterMs) this.#shut = false;
    if (!this.#shut) this.#shutSinceMs = undefined;
    else if (nowMs - (this.#shutSinceMs ??= nowMs) >= RESTART_AFTER_MS) this.#restart = true;
    const fits = this.#flight.bytes <= this.#maxInFlight() && bufferedBytes <= maxBufferedBytes;
    const open = !this.#shut && fits && !this.#isLate(nowMs);
    if (!open) {
      this.#wasShut = true;
      this.#heldMs = nowMs;
      if (this.#shut) this.#shutMs = nowMs;
    }
    return open;
  }

  /** This side itself stood still until now: acknowledgements may have come that nobody has read yet. */
  woke(nowMs: number): void {
    this.#excusedUntilMs = nowMs + ACK_EVERY_MS;
  }

  /** Whether the line stood still since the last call and is free again: the next picture should be a key frame. */
  takeRestart(): boolean {
    if (!this.#restart || this.#shut) return false;
    this.#restart = false;
    return true;
  }

  /** Nothing was acknowledged for four seconds: the connection should be made anew. */
  isDead(nowMs: number): boolean {
    const { oldest } = this.#flight;
    return oldest !== undefined && nowMs - oldest.atMs > DEAD_MS;
  }

  /** For people. */
  verdict(nowMs: number): FlowVerdict {
    if (this.#lagMs(nowMs) > STALL_MS) return 'stalled';
    return nowMs - Math.max(this.#shutMs, this.#rate.decreasedMs) < LIMITED_FOR_MS ? 'limited' : 'good';
  }

  /**
   * What to encode now. Follows another limit at once, and the line only by steps of 15 % and a second: every change is
   * work for an encoder.
   */
  target(limit: FlowLimit, nowMs: number): PictureTarget {
    if (!this.#target || !this.#limit || !sameLimit(this.#limit, limit)) {
      this.#rate.bound(limit.maxBitrate, limit.maxBitrate * START_SHARE, nowMs);
      this.#limit = limit;
      return this.#retarget(limit, nowMs);
    }
    const change = Math.abs(this.bitrate / this.#target.bitrate - 1);
    const atTop = this.bitrate >= limit.maxBitrate && this.#target.bitrate < limit.maxBitrate;
    const due = nowMs - this.#targetMs >= RECONFIGURE_APART_MS && (change >= RECONFIGURE_CHANGE || atTop);
    return due ? this.#retarget(limit, nowMs) : this.#target;
  }

  /** A new connection: nothing sent before will be acknowledged. What the line carried is remembered. */
  reset(): void {
    this.#flight.clear();
    this.#delay.clear();
    this.#arriving.clear();
    this.#sending.clear();
    this.#shut = false;
    this.#wasShut = false;
    this.#shutSinceMs = undefined;
    this.#restart = false;
  }

  #retarget(limit: FlowLimit, nowMs: number): PictureTarget {
    const bitrate = Math.round(this.bitrate);
    const { width, height, framerate, maxBitrate } = limit;
    this.#target = this.#ladder.fit({ width, height, framerate, bitrate: maxBitrate }, bitrate);
    this.#targetMs = nowMs;
    return this.#target;
  }

  /** How late frames are: by the newest acknowledgement, or by how long the next one has been missing. */
  #lagMs(nowMs: number): number {
    const { oldest } = this.#flight;
    const { delayMs, ackJitterMs } = this.#delay;
    if (!oldest) return 0;
    return Math.max(delayMs, this.#missingMs(oldest, nowMs) - ackJitterMs);
  }

  /** Whether much waits for an acknowledgement that is later than they are. An encoder loses nothing by waiting, too. */
  #isLate(nowMs: number): boolean {
    const { oldest } = this.#flight;
    const { jitterMs, ackLateMs } = this.#delay;
    if (!this.#limit || !oldest || this.#flight.bytes <= LEAST_IN_FLIGHT_BYTES) return false;
    return this.#missingMs(oldest, nowMs) > LATE_MS + jitterMs + ackLateMs;
  }

  /** Since when the acknowledgement of a frame has been due, milliseconds; negative before. */
  #missingMs(oldest: Sent, nowMs: number): number {
    if (nowMs < this.#excusedUntilMs) return Number.NEGATIVE_INFINITY;
    const own = oldest.keyframe ? this.#ownMs(oldest.bytes, nowMs) : 0;
    return nowMs - oldest.atMs - own - ACK_EVERY_MS - (this.#delay.roundTripMs ?? UNKNOWN_WAY_MS);
  }

  /** What a frame of this size takes by itself at the rate at which frames arrive. */
  #ownMs(bytes: number, nowMs: number): number {
    const rate = Math.max(LEAST_BITRATE, this.#arriving.bitsPerSecond(nowMs));
    return Math.min(MAX_OWN_MS, (bytes * 8000) / rate);
  }

  /** Only an encoder that is told its rate can be held to it. */
  #maxInFlight(): number {
    if (!this.#limit) return Number.POSITIVE_INFINITY;
    const { roundTripMs, jitterMs } = this.#delay;
    if (roundTripMs === undefined) return LEAST_IN_FLIGHT_BYTES;
    const forMs = IN_FLIGHT_MS + ACK_EVERY_MS + Math.min(MAX_ROUND_TRIP_MS, roundTripMs) + jitterMs;
    return Math.max(LEAST_IN_FLIGHT_BYTES, (this.bitrate * forMs) / 8000);
  }
}

function sameLimit(a: FlowLimit, b: FlowLimit): boolean {
  return a.width === b.width && a.height === b.height && a.framerate === b.framerate && a.maxBitrate === b.maxBitrate;
}

function burstRate(bytes: number, tookMs: number): number {
  return (bytes * 8000) / Math.max(1, tookMs);
}
