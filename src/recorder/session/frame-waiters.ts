/** Who waits until a log has come as far as a frame. */

/** Whoever waits for frames of one session's log. */
export class FrameWaiters {
  #reached: number;
  #waiting: Array<{ readonly frame: number; readonly resolve: () => void }> = [];

  /** @param from the frame that the log has reached already */
  constructor(from: number) {
    this.#reached = from;
  }

  /** First frame that was neither written nor given up. */
  get reached(): number {
    return this.#reached;
  }

  /** Resolves when everything before `frame` was written or given up, or nothing more will be. */
  until(frame: number): Promise<void> {
    if (frame <= this.#reached) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ frame, resolve }));
  }

  /** Everything before `frame` was written or given up. */
  reach(frame: number): void {
    this.#reached = Math.max(this.#reached, frame);
    const ready = this.#waiting.filter((waiter) => waiter.frame <= this.#reached);
    if (ready.length === 0) return;
    this.#waiting = this.#waiting.filter((waiter) => waiter.frame > this.#reached);
    for (const waiter of ready) waiter.resolve();
  }

  /** Nothing more will be written: nobody waits any longer. */
  release(): void {
    for (const waiter of this.#waiting.splice(0)) waiter.resolve();
  }
}
