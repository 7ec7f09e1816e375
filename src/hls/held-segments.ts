/** Segments that have left memory, while they are being sent: each is read once, however many viewers receive it. */

/** Of one that is asked for. */
export interface WantedSegment {
  readonly number: number;
  /** Its size, known before it is read. */
  readonly bytes: number;
}

interface Held {
  readonly data: Promise<Uint8Array | undefined>;
  readonly bytes: number;
  holders: number;
}

/** One for a stream. */
export class HeldSegments {
  readonly #read: (number: number) => Promise<Uint8Array | undefined>;
  readonly #mostBytes: number;
  readonly #held = new Map<number, Held>();
  #bytes = 0;

  /** @param mostBytes of all that are held at the same time */
  constructor(read: (number: number) => Promise<Uint8Array | undefined>, mostBytes: number) {
    this.#read = read;
    this.#mostBytes = mostBytes;
  }

  /** Held at the moment. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The segment, held until the signal aborts; without a signal nobody is told to be waited for. Resolves with `full` when there is
   * no room for another one, and with undefined when it is not there. Rejects as reading does.
   */
  async take({ number, bytes }: WantedSegment, signal?: AbortSignal): Promise<Uint8Array | 'full' | undefined> {
    if (signal?.aborted) return undefined;
    const held = this.#held.get(number) ?? this.#open(number, bytes);
    if (!held) return 'full';
    held.holders += 1;
    const release = (): void => this.#release(number, held);
    signal?.addEventListener('abort', release, { once: true });
    try {
      return await held.data;
    } finally {
      if (!signal) release();
    }
  }

  #open(number: number, bytes: number): Held | undefined {
    if (this.#bytes + bytes > this.#mostBytes) return undefined;
    const held: Held = { data: this.#read(number), bytes, holders: 0 };
    this.#held.set(number, held);
    this.#bytes += bytes;
    return held;
  }

  #release(number: number, held: Held): void {
    held.holders -= 1;
    if (held.holders > 0) return;
    this.#held.delete(number);
    this.#bytes -= held.bytes;
  }
}
