/** The decoders of one track: the one whose pictures are shown, and beside it one of another size that will take over. */
import type { CodedFrame, VideoDecoder } from './video-decoder.ts';

/** Owns what it is given; `close` returns when every process is gone. */
export class DecoderPair {
  #active: VideoDecoder | undefined;
  /** Started beside the active one after a change of size; takes over when it has caught up. */
  #next: VideoDecoder | undefined;
  /** Decoders that have output nothing yet; the function lets the start queue proceed. */
  readonly #beginning = new Map<VideoDecoder, () => void>();
  readonly #ending = new Set<Promise<void>>();

  get active(): VideoDecoder | undefined {
    return this.#active;
  }

  get next(): VideoDecoder | undefined {
    return this.#next;
  }

  /** Adds the active one, or the next if there is an active one. `onBegun` is called once it has output something, or is ended. */
  add(decoder: VideoDecoder, onBegun: () => void = () => {}): void {
    this.#beginning.set(decoder, onBegun);
    if (this.#active) this.#next = decoder;
    else this.#active = decoder;
  }

  feed(frame: CodedFrame): void {
    this.#active?.feed(frame);
    this.#next?.feed(frame);
  }

  /** A decoder has output something. */
  begun(decoder: VideoDecoder): void {
    this.#beginning.get(decoder)?.();
    this.#beginning.delete(decoder);
  }

  /** The next one has caught up. */
  takeOver(): void {
    this.end(this.#active);
    this.#active = this.#next;
    this.#next = undefined;
  }

  /** Ends both. */
  stop(): void {
    this.end(this.#active);
    this.#active = undefined;
    this.stopNext();
  }

  stopNext(): void {
    this.end(this.#next);
    this.#next = undefined;
  }

  /** Ends a decoder, whether it belonged to the pair or not. */
  end(decoder: VideoDecoder | undefined): void {
    if (!decoder) return;
    this.begun(decoder);
    const ending = decoder.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  async close(): Promise<void> {
    this.stop();
    await Promise.all(this.#ending);
  }
}
