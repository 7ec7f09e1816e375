/** Whether the line is too slow for what is sent. */
import { Hold } from './hold.ts';

/** The last second of what is sent. */
export interface NetworkReading {
  /** How long frames wait on the way beyond the shortest way seen, milliseconds. */
  readonly queueMs: number;
  /** Pictures sent, and those left out because the way was not free. */
  readonly sent: number;
  readonly dropped: number;
}

/** As long as frames may wait before pictures are left out. */
const MOST_QUEUE_MS = 150;
const MOST_DROPPED = 0.25;
const TIMES = { onMs: 4000, offMs: 8000 };

/** Follows the line; `update` it once a second while something is sent. */
export class NetworkSignals {
  readonly #slow = new Hold(TIMES);

  /** The line is the bottleneck. */
  get slow(): boolean {
    return this.#slow.active;
  }

  update({ queueMs, sent, dropped }: NetworkReading, nowMs: number): void {
    const share = dropped / Math.max(1, sent + dropped);
    this.#slow.update(queueMs > MOST_QUEUE_MS || share > MOST_DROPPED, nowMs);
  }

  /** Another connection. */
  reset(): void {
    this.#slow.reset();
  }
}
