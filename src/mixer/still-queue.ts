/** Queues uploaded images for decoding. Each costs a process, and nobody may start many at a time. */
import type { ImageSlot } from './link-messages.ts';
import type { RgbaImage } from './still-image.ts';

/** Options of a queue. */
export interface StillQueueOptions {
  readonly decode: (slot: ImageSlot, data: Uint8Array) => Promise<RgbaImage>;
  /** What the slot shows from now on; undefined: nothing. */
  readonly onImage: (slot: ImageSlot, image: RgbaImage | undefined) => void;
  /** The slot goes on showing what it did. */
  readonly onFailure: (slot: ImageSlot, error: unknown) => void;
}

/** Decoded at the same time, each in another slot. */
const MAX_AT_ONCE = 2;

interface Decoding {
  readonly done: Promise<void>;
  /** Nobody wants it any more. */
  dropped: boolean;
}

/** Only the newest picture of each slot waits; slots take turns in the order in which they asked. */
export class StillQueue {
  readonly #options: StillQueueOptions;
  readonly #waiting = new Map<ImageSlot, Uint8Array>();
  readonly #decoding = new Map<ImageSlot, Decoding>();

  constructor(options: StillQueueOptions) {
    this.#options = options;
  }

  /** The slot is to show this file as soon as it is decoded; without one it shows nothing at once. */
  set(slot: ImageSlot, data: Uint8Array | undefined): void {
    if (data) {
      this.#waiting.set(slot, data);
      this.#next();
    } else {
      this.forget(slot);
      this.#options.onImage(slot, undefined);
    }
  }

  /** The slot is gone: nothing more comes for it. */
  forget(slot: ImageSlot): void {
    this.#waiting.delete(slot);
    const decoding = this.#decoding.get(slot);
    if (decoding) decoding.dropped = true;
  }

  /** Resolves when nothing is decoded any more. */
  async close(): Promise<void> {
    for (const slot of [...this.#waiting.keys(), ...this.#decoding.keys()]) this.forget(slot);
    await Promise.all([...this.#decoding.values()].map(({ done }) => done));
  }

  #next(): void {
    for (const [slot, data] of this.#waiting) {
      if (this.#decoding.size >= MAX_AT_ONCE) return;
      if (this.#decoding.has(slot)) continue;
      this.#waiting.delete(slot);
      this.#decoding.set(slot, { done: this.#decode(slot, data), dropped: false });
    }
  }

  async #decode(slot: ImageSlot, data: Uint8Array): Promise<void> {
    const { decode, onImage, onFailure } = this.#options;
    const wanted = (): boolean => this.#decoding.get(slot)?.dropped === false;
    try {
      const image = await decode(slot, data);
      if (wanted()) onImage(slot, image);
    } catch (error) {
      if (wanted()) onFailure(slot, error);
    }
    this.#decoding.delete(slot);
    this.#next();
  }
}
