/** One program track on its way to one socket: sends what the socket can take, skips to a key frame beyond. */
import type { Stream } from '../media/stream.ts';
import type { StreamReader } from '../media/stream-reader.ts';
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

/** Options of a receiver. */
export interface ReceiverOptions<C extends ProgramConfig> {
  readonly label: string;
  readonly stream: Stream<C>;
  readonly socket: ReceiverSocket;
  readonly track: number;
  /** Frames that may be under way without acknowledgement before the receiver skips to a key frame. */
  readonly maxInFlight: number;
}

/** Peers acknowledge every 100 ms; one that never does is judged by its socket alone. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Frames after a (re)start during which only the socket's buffer counts: one group of pictures at 30 fps. */
const GRACE_FRAMES = 60;
/** Of a peer that never acknowledges no more is remembered. */
const MOST_UNDER_WAY = 1000;
const HALF = 2 ** 31;
const LIMITS = { maxItems: 300, maxBytes: 8 * 1024 * 1024 };

/** Runs until its stream ends or `close`. */
export class Receiver<C extends ProgramConfig> {
  readonly #options: ReceiverOptions<C>;
  #reader: StreamReader<C> | undefined;
  #configId = -1;
  /** Sequence numbers sent and not acknowledged; what was skipped in between is not under way. */
  #underWay: number[] = [];
  #graceUntil: number | undefined;
  #skipping = false;
  #skipped = 0;

  constructor(options: ReceiverOptions<C>) {
    this.#options = options;
    this.restart();
  }

  /** Frames this peer did not get. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Sends the newest key frame group again and goes on from there: the answer to a lost decoder. */
  restart(): void {
    this.#reader?.close();
    const { stream, label } = this.#options;
    const reader = stream.subscribe({ label, limits: LIMITS, onOverflow: 'drop-to-keyframe' });
    this.#reader = reader;
    this.#skipping = false;
    this.#graceUntil = undefined;
    this.#underWay = [];
    void this.#pump(reader);
  }

  close(): void {
    this.#reader?.close();
  }

  async #pump(reader: StreamReader<C>): Promise<void> {
    const { socket } = this.#options;
    for await (const packet of reader) {
      const { seq, configId } = wireNumbers(packet.data);
      const congested = this.#congested(seq);
      if (congested) this.#skipping = true;
      else if (packet.keyframe) this.#skipping = false;
      if (this.#skipping) {
        this.#skipped += 1;
        continue;
      }
      if (configId !== this.#configId) {
        this.#configId = configId;
        socket.send(configMessage(packet.config, configId));
      }
      socket.sendFrame(packet.data);
      this.#underWay.push(seq);
      if (this.#underWay.length > MOST_UNDER_WAY) this.#underWay.shift();
    }
  }

  #congested(seq: number): boolean {
    const { socket, track, maxInFlight } = this.#options;
    if (socket.bufferedBytes > MAX_BUFFERED_BYTES) return true;
    const acknowledged = socket.acknowledged(track);
    if (acknowledged === undefined) return false;
    while (this.#underWay[0] !== undefined && distance(acknowledged, this.#underWay[0]) < HALF) this.#underWay.shift();
    // A replayed group goes out at once and is acknowledged after the fact: it is no congestion.
    this.#graceUntil ??= (seq + GRACE_FRAMES) >>> 0;
    if (distance(this.#graceUntil, seq) <= GRACE_FRAMES) return false;
    return this.#underWay.length > maxInFlight;
  }
}

/** How far `to` is ahead of `from`; sequence numbers count modulo 2^32. */
function distance(to: number, from: number): number {
  return (to - from) >>> 0;
}
