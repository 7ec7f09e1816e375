/** Which frames the server has, as it acknowledges them. */

/** What has arrived of one participant, over all connections. */
export class Delivery {
  readonly #sent = new Map<number, number>();
  readonly #acknowledged = new Map<number, number>();
  readonly #ended = Promise.withResolvers<void>();
  #waiting: (() => void)[] = [];

  /** A frame was handed to the socket. */
  sent(track: number, seq: number): void {
    this.#sent.set(track, seq);
  }

  /** The server takes no more of this track, and acknowledges nothing of it. */
  forget(track: number): void {
    this.#sent.delete(track);
    this.#look();
  }

  /** The server has everything of `track` up to `seq`. */
  acknowledged(track: number, seq: number): void {
    this.#acknowledged.set(track, seq);
    this.#look();
  }

  /** Nothing is acknowledged any more: whoever waits goes on. */
  end(): void {
    this.#ended.resolve();
  }

  /** Resolves when the server has the last frame of each track. */
  complete(): Promise<void> {
    if (this.#isComplete) return Promise.resolve();
    const complete = new Promise<void>((resolve) => this.#waiting.push(resolve));
    return Promise.race([complete, this.#ended.promise]);
  }

  #look(): void {
    if (!this.#isComplete) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  get #isComplete(): boolean {
    return [...this.#sent].every(([track, seq]) => this.#acknowledged.get(track) === seq);
  }
}
