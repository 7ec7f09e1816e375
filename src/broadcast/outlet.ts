/** Where one program track leaves for one socket: sends what the socket can take, skips to a key frame beyond. */
import type { Packet } from '../media/packet.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { type ProgramConfig, configMessage, wireNumbers } from './wire-stream.ts';

/** The socket as the receiver needs it; ingest provides it. */
export interface ReceiverSocket {
  sendFrame(message: Uint8Array): void;
  send(message: ServerMessage): void;
  /** Bytes accepted but not yet handed to the operating system. */
  readonly bufferedBytes: number;
  /** Newest sequence number the peer acknowledged on a track; undefined before the first ack. */
  acknowledged(track: number): number | undefined;
}

/** Options of an outlet. */
export interface OutletOptions {
  readonly socket: ReceiverSocket;
  readonly track: number;
  /** Ticks of the stream that may be under way without acknowledgement before the outlet skips to a key frame. */
  readonly maxInFlight: number;
}

interface Sent {
  readonly seq: number;
  readonly ticks: number;
}

/** Peers acknowledge every 100 ms; one that never does is judged by its socket alone. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Frames after a (re)start and its replay during which only the socket's buffer counts. */
const GRACE_FRAMES = 60;
/** Of a peer that never acknowledges no more is remembered. */
const MOST_UNDER_WAY = 1000;
const HALF = 2 ** 31;

/** Owned by a receiver. */
export class Outlet<C extends ProgramConfig> {
  readonly #options: OutletOptions;
  #configId = -1;
  /** What was sent and not acknowledged; what was skipped in between is not under way. */
  #underWay: Sent[] = [];
  #ticksUnderWay = 0;
  /** Numbers since the last `restart` or `switched`; acknowledgements of others are from before. */
  #firstSeq: number | undefined;
  #lastSeq = 0;
  #graceUntil: number | undefined;
  #skipping = false;
  #skipped = 0;

  constructor(options: OutletOptions) {
    this.#options = options;
  }

  /** Frames this peer did not get. */
  get skipped(): number {
    return this.#skipped;
  }

  /** What comes next is a replay that ends with `newest`: it is no sign of a slow line that it is not acknowledged at once. */
  restart(newest: Packet<C> | undefined): void {
    this.switched();
    this.#skipping = false;
    this.#graceUntil = newest && graceFrom(wireNumbers(newest.data).seq);
  }

  /** What comes next is numbered otherwise. */
  switched(): void {
    this.#underWay = [];
    this.#ticksUnderWay = 0;
    this.#firstSeq = undefined;
    this.#graceUntil = undefined;
  }

  /**
   * Sends it or skips it; a key frame ends skipping when the line is free. True when the line is in trouble: skipping
   * begins with this frame, or goes on over a key frame.
   */
  forward(packet: Packet<C>): boolean {
    const { socket } = this.#options;
    const { seq, configId } = wireNumbers(packet.data);
    const wasSkipping = this.#skipping;
    if (this.#congested(seq)) this.#skipping = true;
    else if (packet.keyframe) this.#skipping = false;
    if (this.#skipping) {
      this.#skipped += 1;
      return !wasSkipping || packet.keyframe;
    }
    if (configId !== this.#configId) {
      this.#configId = configId;
      socket.send(configMessage(packet.config, configId));
    }
    socket.sendFrame(packet.data);
    this.#remember({ seq, ticks: packet.duration });
    return false;
  }

  #remember(sent: Sent): void {
    this.#firstSeq ??= sent.seq;
    this.#lastSeq = sent.seq;
    this.#underWay.push(sent);
    this.#ticksUnderWay += sent.ticks;
    if (this.#underWay.length > MOST_UNDER_WAY) this.#forgetOldest();
  }

  #forgetOldest(): void {
    this.#ticksUnderWay -= this.#underWay.shift()?.ticks ?? 0;
  }

  #congested(seq: number): boolean {
    const { socket, track, maxInFlight } = this.#options;
    if (socket.bufferedBytes > MAX_BUFFERED_BYTES) return true;
    const acknowledged = socket.acknowledged(track);
    if (acknowledged === undefined) return false;
    if (this.#isOurs(acknowledged)) {
      while (this.#underWay[0] && distance(acknowledged, this.#underWay[0].seq) < HALF) this.#forgetOldest();
    }
    // A replayed group goes out at once and is acknowledged after the fact: it is no congestion.
    this.#graceUntil ??= graceFrom(seq);
    if (distance(this.#graceUntil, seq) < HALF) return false;
    return this.#ticksUnderWay > maxInFlight;
  }

  /** Whether it can be about what was sent since the numbering changed. */
  #isOurs(acknowledged: number): boolean {
    if (this.#firstSeq === undefined) return false;
    return distance(acknowledged, this.#firstSeq) <= distance(this.#lastSeq, this.#firstSeq);
  }
}

/** The last frame that is forgiven when the newest one is `seq`. */
function graceFrom(seq: number): number {
  return (seq + GRACE_FRAMES) >>> 0;
}

/** How far `to` is ahead of `from`; sequence numbers count modulo 2^32. */
function distance(to: number, from: number): number {
  return (to - from) >>> 0;
}
