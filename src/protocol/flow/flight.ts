/** What was sent and not acknowledged. */

/** One frame on its way. */
export interface Sent {
  /** Counts modulo 2^32. */
  readonly seq: number;
  readonly bytes: number;
  readonly keyframe: boolean;
  readonly atMs: number;
  /** Bytes sent since nothing was under way, this frame's among them: no more can be waiting before it. */
  readonly run: number;
}

/** What an acknowledgement covers. */
export interface Arrived {
  /** The newest frame of them. */
  readonly newest: Sent;
  /** The one of them that was under way for longest. */
  readonly oldest: Sent;
  readonly bytes: number;
}

/** No more is remembered for a peer that never acknowledges. */
const MOST_FRAMES = 2048;

/** In the order of sending; numbers may leave gaps. */
export class Flight {
  readonly #frames: Sent[] = [];
  #bytes = 0;

  /** Bytes under way. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The frame that has been under way for longest. */
  get oldest(): Sent | undefined {
    return this.#frames[0];
  }

  add(seq: number, bytes: number, keyframe: boolean, atMs: number): void {
    const run = (this.#frames.at(-1)?.run ?? 0) + bytes;
    this.#frames.push({ seq, bytes, keyframe, atMs, run });
    this.#bytes += bytes;
    if (this.#frames.length > MOST_FRAMES) this.#bytes -= this.#frames.shift()?.bytes ?? 0;
  }

  /** Everything up to `seq` arrived; undefined when that is no news, or about what was never sent. */
  arrived(seq: number): Arrived | undefined {
    const last = this.#frames.at(-1);
    if (!last || ahead(seq, last.seq) > 0) return undefined;
    const [oldest] = this.#frames;
    let newest: Sent | undefined;
    let bytes = 0;
    while (this.#frames[0] && ahead(seq, this.#frames[0].seq) >= 0) {
      newest = this.#frames.shift();
      bytes += newest?.bytes ?? 0;
    }
    this.#bytes -= bytes;
    return oldest && newest && { newest, oldest, bytes };
  }

  clear(): void {
    this.#frames.length = 0;
    this.#bytes = 0;
  }
}

/** How far `a` is ahead of `b`, negative when behind; sequence numbers count modulo 2^32. */
function ahead(a: number, b: number): number {
  return (a - b) | 0;
}
