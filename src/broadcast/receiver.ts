/** One program track on its way to one socket: sends what the socket can take, skips to a key frame beyond. */
import { AppError } from '../errors.ts';
import type { Packet } from '../media/packet.ts';
import type { Stream } from '../media/stream.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { PROGRAM_READER_LIMITS, type ProgramConfig, configMessage, wireNumbers } from './wire-stream.ts';

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
/** Frames after a (re)start and its replay during which only the socket's buffer counts. */
const GRACE_FRAMES = 60;
/** Of a peer that never acknowledges no more is remembered. */
const MOST_UNDER_WAY = 1000;
const HALF = 2 ** 31;
const LOST = { code: 'program_lost', message: 'The program broke off; connect again.' };

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
    const reader = stream.subscribe({ label, limits: PROGRAM_READER_LIMITS, onOverflow: 'drop-to-keyframe' });
    this.#reader = reader;
    this.#skipping = false;
    this.#graceUntil = stream.latest && graceFrom(wireNumbers(stream.latest.data).seq);
    this.#underWay = [];
    void this.#pump(reader);
  }

  close(): void {
    this.#reader?.close();
  }

  async #pump(reader: StreamReader<C>): Promise<void> {
    const { socket, track } = this.#options;
    try {
      for await (const packet of reader) this.#forward(packet);
    } catch (error) {
      const { code, message } = error instanceof AppError ? error : LOST;
      socket.send({ type: 'error', code, message, track });
    }
  }

  #forward(packet: Packet<C>): void {
    const { socket } = this.#options;
    const { seq, configId } = wireNumbers(packet.data);
    if (this.#congested(seq)) this.#skipping = true;
    else if (packet.keyframe) this.#skipping = false;
    if (this.#skipping) {
      this.#skipped += 1;
      return;
    }
    if (configId !== this.#configId) {
      this.#configId = configId;
      socket.send(configMessage(packet.config, configId));
    }
    socket.sendFrame(packet.data);
    this.#underWay.push(seq);
    if (this.#underWay.length > MOST_UNDER_WAY) this.#underWay.shift();
  }

  #congested(seq: number): boolean {
    const { socket, track, maxInFlight } = this.#options;
    if (socket.bufferedBytes > MAX_BUFFERED_BYTES) return true;
    const acknowledged = socket.acknowledged(track);
    if (acknowledged === undefined) return false;
    while (this.#underWay[0] !== undefined && distance(acknowledged, this.#underWay[0]) < HALF) this.#underWay.shift();
    // A replayed group goes out at once and is acknowledged after the fact: it is no congestion.
    this.#graceUntil ??= graceFrom(seq);
    if (distance(this.#graceUntil, seq) < HALF) return false;
    return this.#underWay.length > maxInFlight;
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
