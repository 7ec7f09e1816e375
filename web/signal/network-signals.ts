/** Whether the line is too slow for what is sent. */
import type { FlowVerdict } from '../../src/protocol/flow/acked-rate-controller.ts';
import { Hold } from './hold.ts';

/** Every step back of a rate that was tried is `limited` for a moment: only what lasts is said. */
const LIMITED_TIMES = { onMs: 8000, offMs: 8000 };
const STALLED_TIMES = { onMs: 3000, offMs: 8000 };

/** Follows the line; `update` it once a second while something is sent. */
export class NetworkSignals {
  readonly #limited = new Hold(LIMITED_TIMES);
  readonly #stalled = new Hold(STALLED_TIMES);

  /** The line is the bottleneck. */
  get slow(): boolean {
    return this.#limited.active || this.#stalled.active;
  }

  /** @param verdict of whatever controls the rate of what is sent. */
  update(verdict: FlowVerdict, nowMs: number): void {
    this.#limited.update(verdict !== 'good', nowMs);
    this.#stalled.update(verdict === 'stalled', nowMs);
  }

  /** Another connection. */
  reset(): void {
    this.#limited.reset();
    this.#stalled.reset();
  }
}
