/** Decoded pictures that wait for their time, and the one that is shown. */
import type { Picture } from './picture.ts';
import type { DecodedFrame, VideoDecoder } from './video-decoder.ts';

/** 200 ms, the longest delay, at 60 frames a second, and two more. */
const MAX_WAITING = 14;

interface Entry {
  readonly frame: DecodedFrame;
  /** Gets the memory back. */
  readonly decoder: VideoDecoder;
}

/** In order of capture. */
export class PictureQueue {
  #waiting: Entry[] = [];
  #shown: Entry | undefined;

  /** The picture that was due last. */
  get current(): Picture | undefined {
    return this.#shown?.frame.picture;
  }

  /** When it was captured, microseconds. */
  get captureUs(): number | undefined {
    return this.#shown?.frame.captureUs;
  }

  /** Capture time of the newest picture, shown or waiting, microseconds. */
  get newestUs(): number {
    return (this.#waiting.at(-1) ?? this.#shown)?.frame.captureUs ?? Number.NEGATIVE_INFINITY;
  }

  /** When too many wait, the oldest is shown before its time. */
  add(frame: DecodedFrame, decoder: VideoDecoder): void {
    this.#waiting.push({ frame, decoder });
    if (this.#waiting.length > MAX_WAITING) this.#showNext();
  }

  /** Shows the newest that was captured no later than this. */
  advance(limitUs: number): void {
    while ((this.#waiting[0]?.frame.captureUs ?? Number.POSITIVE_INFINITY) <= limitUs) this.#showNext();
  }

  clear(): void {
    this.#waiting = [];
    this.#shown = undefined;
  }

  #showNext(): void {
    const next = this.#waiting.shift();
    if (this.#shown) this.#shown.decoder.release(this.#shown.frame.picture);
    this.#shown = next;
  }
}
