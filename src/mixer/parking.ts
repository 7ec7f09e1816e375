/**
 * Decoders that have been started for tiles nobody sees, and get nothing: a start costs 55 ms of a processor, which a room that
 * waits for its new layout would have to pay for everybody who was hidden.
 */
import type { Disposer } from '../util/clock.ts';
import type { StartQueue } from './start-queue.ts';
import type { VideoDecoder } from './video-decoder.ts';

/** Places of a mixer, 14 MB each. */
const PLACES = 8;

/** One for a mixer. */
export class Parking {
  readonly #starts: StartQueue;
  #taken = 0;

  constructor(starts: StartQueue) {
    this.#starts = starts;
  }

  /** Starts one when nothing else has to be started; undefined when all places are taken. */
  park(start: () => VideoDecoder | undefined): ParkedDecoder | undefined {
    if (this.#taken === PLACES) return undefined;
    this.#taken += 1;
    return new ParkedDecoder(this.#starts, start, () => {
      this.#taken -= 1;
    });
  }
}

/** Its place is free again once it has been taken. */
export class ParkedDecoder {
  #decoder: VideoDecoder | undefined;
  #takeBack: Disposer | undefined;
  #leave: Disposer | undefined;

  constructor(starts: StartQueue, start: () => VideoDecoder | undefined, leave: Disposer) {
    this.#leave = leave;
    // Others wait for it for a while, since nobody can tell when it is ready.
    this.#takeBack = starts.request(false, () => {
      this.#decoder = start();
    });
  }

  /** The decoder is the caller's; undefined when it was not its turn yet, or it has been taken. */
  take(): VideoDecoder | undefined {
    const decoder = this.#decoder;
    this.#decoder = undefined;
    this.#takeBack?.();
    this.#takeBack = undefined;
    this.#leave?.();
    this.#leave = undefined;
    return decoder;
  }

  /** Whether it is this one. */
  is(decoder: VideoDecoder): boolean {
    return decoder === this.#decoder;
  }
}
