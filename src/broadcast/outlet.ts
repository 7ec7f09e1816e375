/** Sends one program track to one socket: as much as the socket can take; beyond that it skips to a key frame. */
import type { Packet } from '../media/packet.ts';
import { AckedRateController, type FlowPatience } from '../protocol/flow/acked-rate-controller.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import type { Clock } from '../util/clock.ts';
import { type ProgramConfig, configMessage, wireNumbers } from './wire-stream.ts';

/** The newest acknowledgement of a track by its receiver. */
export interface PeerAck {
  readonly seq: number;
  /** When that frame arrived, milliseconds of the peer's monotonic clock. */
  readonly receivedMs: number;
}

/** The socket as the receiver needs it; ingest provides it. */
export interface ReceiverSocket {
  sendFrame(message: Uint8Array): void;
  send(message: ServerMessage): void;
  /** Bytes accepted but not yet handed to the operating system. */
  readonly bufferedBytes: number;
  /** Undefined before the first ack; peers acknowledge every 100 ms, and one that never does is judged by its socket alone. */
  acknowledged(track: number): PeerAck | undefined;
}

/** Options of an outlet. */
export interface OutletOptions {
  readonly socket: ReceiverSocket;
  readonly track: number;
  /** How late frames may be before the outlet skips to a key frame. */
  readonly patience: FlowPatience;
  readonly clock: Clock;
}

/** No program has frames this far apart: such a pause is the server's own, and must not cost receivers their picture. */
const HICCUP_MS = 150;

/** Owned by a receiver. */
export class Outlet<C extends ProgramConfig> {
  readonly #options: OutletOptions;
  readonly #flow: AckedRateController;
  #lastMs = Number.NEGATIVE_INFINITY;
  #configId = -1;
  /** The newest number of a replay that is going out. */
  #replayUntil: number | undefined;
  #skipping = false;
  #skipped = 0;

  constructor(options: OutletOptions) {
    this.#options = options;
    this.#flow = new AckedRateController(options.patience);
  }

  /** Frames this peer did not get. */
  get skipped(): number {
    return this.#skipped;
  }

  /** What comes next is a replay that ends with `newest`: it is no sign of a slow line that it is not acknowledged at once. */
  restart(newest: Packet<C> | undefined): void {
    this.switched();
    this.#skipping = false;
    this.#replayUntil = newest && wireNumbers(newest.data).seq;
  }

  /** What comes next is numbered otherwise. */
  switched(): void {
    this.#flow.reset();
    this.#replayUntil = undefined;
  }

  /**
   * Sends it or skips it; a key frame ends skipping when the line is free. True when the line is in trouble: skipping
   * begins with this frame, or goes on over a key frame.
   */
  forward(packet: Packet<C>): boolean {
    const { socket, clock } = this.#options;
    const nowMs = clock.monotonicMs();
    if (nowMs - this.#lastMs > HICCUP_MS) this.#flow.woke(nowMs);
    this.#lastMs = nowMs;
    const { seq, configId } = wireNumbers(packet.data);
    const wasSkipping = this.#skipping;
    if (this.#congested(nowMs)) this.#skipping = true;
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
    if (!this.#isReplay(seq)) {
      const large = packet.keyframe && packet.config.codec === 'h264';
      this.#flow.sent(seq, packet.data.byteLength, large, nowMs);
    }
    return false;
  }

  #congested(nowMs: number): boolean {
    const { socket, track, patience } = this.#options;
    const ack = socket.acknowledged(track);
    if (!ack) return socket.bufferedBytes > patience.maxBufferedBytes;
    this.#flow.acked(ack.seq, ack.receivedMs, nowMs);
    return !this.#flow.mayEncode(socket.bufferedBytes, nowMs);
  }

  /** It goes out at once and is acknowledged after the fact, like as not in answer to its first sending. */
  #isReplay(seq: number): boolean {
    if (this.#replayUntil === undefined) return false;
    if (((seq - this.#replayUntil) | 0) <= 0) return true;
    this.#replayUntil = undefined;
    return false;
  }
}
