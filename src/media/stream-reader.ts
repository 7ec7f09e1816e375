/** One reader of a stream: a bounded queue with a stated overflow policy. */
import { type AppError, LimitError } from '../errors.ts';
import type { CodecConfig } from './codec.ts';
import type { Packet } from './packet.ts';

/** What a reader holds at most, and what happens when it overflows. */
export interface ReaderOptions {
  readonly label: string;
  readonly limits: { readonly maxItems: number; readonly maxBytes: number };
  /** `drop-to-keyframe`: empties the queue and goes on at the next key frame; `fail`: ends with a LimitError. */
  readonly onOverflow: 'drop-to-keyframe' | 'fail';
}

/** Read with `for await`; made by `Stream.subscribe`. Iteration throws the stream's reason, or a LimitError after an overflow with `fail`. */
export class StreamReader<C extends CodecConfig = CodecConfig> implements AsyncIterable<Packet<C>> {
  readonly label: string;
  readonly #options: ReaderOptions;
  readonly #detach: () => void;
  #queue: Packet<C>[] = [];
  #bytes = 0;
  #dropped = 0;
  #waitForKeyframe = false;
  #ended = false;
  #failure: AppError | undefined;
  #wake: (() => void) | undefined;

  constructor(options: ReaderOptions, detach: () => void) {
    this.label = options.label;
    this.#options = options;
    this.#detach = detach;
  }

  /** Packets lost to overflow so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Packets that have not been read yet. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Takes a packet from the stream; called by the stream only. */
  offer(packet: Packet<C>): void {
    if (this.#ended) return;
    if (this.#waitForKeyframe) {
      if (!packet.keyframe) {
        this.#dropped += 1;
        return;
      }
      this.#waitForKeyframe = false;
    }
    const { maxItems, maxBytes } = this.#options.limits;
    if (this.#queue.length >= maxItems || this.#bytes + packet.data.byteLength > maxBytes) {
      if (!this.#overflow(packet)) return;
    }
    this.#queue.push(packet);
    this.#bytes += packet.data.byteLength;
    this.#notify();
  }

  /** Ends the reader after what it holds; with a reason, iteration then throws it. */
  end(reason?: AppError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = reason;
    this.#notify();
  }

  /** Leaves the stream at once; what is queued is given up. */
  close(): void {
    this.#detach();
    this.#queue = [];
    this.#bytes = 0;
    this.end();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Packet<C>, void, undefined> {
    try {
      for (;;) {
        const packet = this.#queue.shift();
        if (packet) {
          this.#bytes -= packet.data.byteLength;
          yield packet;
          continue;
        }
        if (this.#failure) throw this.#failure;
        if (this.#ended) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.close();
    }
  }

  /** Whether `packet` may still be queued. */
  #overflow(packet: Packet<C>): boolean {
    if (this.#options.onOverflow === 'fail') {
      this.#detach();
      this.end(new LimitError('reader_overflow', `${this.label} cannot keep up with its stream`, 503));
      return false;
    }
    this.#dropped += this.#queue.length;
    this.#queue = [];
    this.#bytes = 0;
    if (packet.keyframe && packet.data.byteLength <= this.#options.limits.maxBytes) return true;
    this.#dropped += 1;
    this.#waitForKeyframe = true;
    return false;
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
