/** The hub: the only place where two stages meet. One writer, many bounded readers. */
import type { AppError } from '../errors.ts';
import type { CodecConfig } from './codec.ts';
import type { Packet } from './packet.ts';
import { type ReaderOptions, StreamReader } from './stream-reader.ts';

/** Options of a stream. */
export interface StreamOptions {
  /** For logs and metrics, for example `program.video`. */
  readonly label: string;
  /** Ticks per second of every packet's `pts`. */
  readonly timescale: number;
  /** Keeps the packets since the newest key frame for late subscribers, within these limits; sound needs none. */
  readonly replay?: { readonly maxItems: number; readonly maxBytes: number };
  /** How many of the newest packets `history` holds; default 0. */
  readonly history?: number;
}

/** Packets of one track. `write` never waits: each reader has its own limits and overflow policy. */
export class Stream<C extends CodecConfig = CodecConfig> {
  readonly label: string;
  readonly timescale: number;
  readonly #replayLimits: StreamOptions['replay'];
  readonly #readers = new Set<StreamReader<C>>();
  #group: Packet<C>[] = [];
  #groupBytes = 0;
  readonly #historyLength: number;
  #history: Packet<C>[] = [];
  #latest: Packet<C> | undefined;
  #closed = false;
  #reason: AppError | undefined;

  constructor(options: StreamOptions) {
    this.label = options.label;
    this.timescale = options.timescale;
    this.#replayLimits = options.replay;
    this.#historyLength = options.history ?? 0;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The packet written last. */
  get latest(): Packet<C> | undefined {
    return this.#latest;
  }

  /** The newest packets, oldest first, as many as the options say. They are not replayed to new readers. */
  get history(): readonly Packet<C>[] {
    return this.#history;
  }

  /** Gives a packet to every reader; ignored once the stream is closed. */
  write(packet: Packet<C>): void {
    if (this.#closed) return;
    this.#latest = packet;
    this.#remember(packet);
    for (const reader of this.#readers) reader.offer(packet);
  }

  /** A new reader; it gets the newest key frame group first, when the stream keeps one. */
  subscribe(options: ReaderOptions): StreamReader<C> {
    const reader = new StreamReader<C>(options, () => this.#readers.delete(reader));
    if (this.#closed) {
      reader.end(this.#reason);
      return reader;
    }
    // Before the replay, which may already overflow it: then it detaches itself again.
    this.#readers.add(reader);
    for (const packet of this.#group) reader.offer(packet);
    return reader;
  }

  /** Ends the stream: readers drain what they hold, then end, or throw `reason`. */
  close(reason?: AppError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#reason = reason;
    this.#group = [];
    this.#history = [];
    for (const reader of this.#readers) reader.end(reason);
    this.#readers.clear();
  }

  #remember(packet: Packet<C>): void {
    if (this.#historyLength > 0) {
      this.#history.push(packet);
      if (this.#history.length > this.#historyLength) this.#history.shift();
    }
    const limits = this.#replayLimits;
    if (!limits) return;
    if (packet.keyframe) {
      this.#group = [];
      this.#groupBytes = 0;
    } else if (this.#group.length === 0) {
      return;
    }
    this.#group.push(packet);
    this.#groupBytes += packet.data.byteLength;
    // A group with a hole cannot be decoded, so an overlong one is forgotten whole.
    if (this.#group.length > limits.maxItems || this.#groupBytes > limits.maxBytes) this.#group = [];
  }
}
