/**
 * Idle decoders of hidden tiles. A start costs 55 ms of processor time, which a room would otherwise have to wait for, per hidden
 * tile, when a layout shows them again.
 */
import type { Disposer } from '../util/clock.ts';
import type { StartQueue } from './start-queue.ts';
import type { VideoDecoder } from './video-decoder.ts';

/** Idle decoders per mixer, 14 MB each. */
const PLACES = 8;

/** One for a mixer. */
export class Parking {
  readonly #starts: StartQueue;
  #taken = 0;

  constructor(starts: StartQueue) {
    this.#starts = starts;
  }

  /** Starts a decoder once nothing more urgent has to be started; undefined when all places are taken. */
  park(start: () => VideoDecoder | undefined): ParkedDecoder | undefined {
    if (this.#taken === PLACES) return undefined;
    this.#taken += 1;
    return new ParkedDecoder(this.#starts, start, () => {
      this.#taken -= 1;
    });
  }
}

/** A parked decoder, or one that waits for its start; its place is free again after `take`. */
export class ParkedDecoder {
  #decoder: VideoDecoder | undefined;
  #takeBack: Disposer | undefined;
  #leave: Disposer | undefined;

  constructor(starts: StartQueue, start: () => VideoDecoder | undefined, leave: Disposer) {
    this.#leave = leave;
    // `done` is never called, so later starts wait for the queue's time limit: an idle decoder does not say when it is ready.
    this.#takeBack = starts.request({ urgent: false }, () => {
      this.#decoder = start();
    });
  }

  /** Hands the decoder over to the caller; undefined when it was not started yet, or already taken. */
  take(): VideoDecoder | undefined {
    const decoder = this.#decoder;
    this.#decoder = undefined;
    this.#takeBack?.();
    this.#takeBack = undefined;
    this.#leave?.();
    this.#leave = undefined;
    return decoder;
  }

  /** Whether `decoder` is the parked one. */
  is(decoder: VideoDecoder): boolean {
    return decoder === this.#decoder;
  }
}
